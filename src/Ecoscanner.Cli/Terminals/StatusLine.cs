using System.Globalization;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Cli.Terminals;

/// <summary>Says what a scan is doing while it runs: on a terminal one line that is written over, in a log a line now and then.</summary>
internal sealed class StatusLine : IProgress<ScanProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    // Build servers stop a job that is silent for minutes, and people wonder after seconds.
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly Terminal terminal;
    private readonly TimeProvider time;
    private readonly string app;
    private readonly int planned;
    private readonly Func<int> sent;
    private readonly long begun;
    private readonly bool isLive;
    private readonly CancellationTokenSource stop = new();
    private readonly Task drawing;
    private volatile string doing = "starting";

    /// <summary>Says it from now on, until disposed of.</summary>
    /// <param name="app">What is scanned.</param>
    /// <param name="planned">The most requests the scan sends.</param>
    /// <param name="sent">Requests sent so far.</param>
    public StatusLine(Terminal terminal, string app, int planned, Func<int> sent, TimeProvider time)
    {
        this.terminal = terminal;
        this.time = time;
        this.app = app;
        this.planned = planned;
        this.sent = sent;
        begun = time.GetTimestamp();
        isLive = terminal.ErrorIsTerminal && !terminal.IsDumb;
        drawing = terminal.IsQuiet ? Task.CompletedTask : DrawAsync();
    }

    public void Report(ScanProgress value) => doing = $"{value.Scanner}: {value.What}";

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
            // The scan is over.
        }
    }

    private void Draw()
    {
        var elapsed = time.GetElapsedTime(begun).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
        var line = ConsoleText.Of($"{app}  {sent()} of at most {planned} requests  {elapsed}  {doing}");
        if (isLive)
        {
            terminal.Draw(line);
        }
        else
        {
            terminal.Say(line);
        }
    }
}
