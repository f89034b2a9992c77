using System.Globalization;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Terminals;

/// <summary>Says what is being done while it is: on a terminal one line that is written over, in a log a line now and then.</summary>
internal sealed class ActivityLine : IAsyncDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    // Build servers stop a job that is silent for minutes, and people wonder after seconds.
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly Terminal terminal;
    private readonly TimeProvider time;
    private readonly Func<string, string> line;
    private readonly long begun;
    private readonly bool isLive;
    private readonly CancellationTokenSource stop = new();
    private readonly Task drawing;

    /// <summary>Says it from now on, until disposed of.</summary>
    /// <param name="line">What to say, given the time since the beginning; it may quote strangers.</param>
    public ActivityLine(Terminal terminal, TimeProvider time, Func<string, string> line)
    {
        this.terminal = terminal;
        this.time = time;
        this.line = line;
        begun = time.GetTimestamp();
        isLive = terminal.ErrorIsTerminal && !terminal.IsDumb;
        drawing = terminal.IsQuiet ? Task.CompletedTask : DrawAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await drawing;
        terminal.Wipe();
        stop.Dispose();
    }

    private async Task DrawAsync()
    {
        using var timer = new PeriodicTimer(isLive ? Redraw : LogInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                Draw();
            }
        }
        catch (OperationCanceledException)
        {
            // It is done.
        }
    }

    private void Draw()
    {
        var text = ConsoleText.Of(line(time.GetElapsedTime(begun).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)));
        if (isLive)
        {
            terminal.Draw(text);
        }
        else
        {
            terminal.Say(text);
        }
    }
}
