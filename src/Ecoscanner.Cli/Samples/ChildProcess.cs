using System.ComponentModel;
using System.Diagnostics;

namespace Ecoscanner.Cli.Samples;

/// <summary>A program that this one started; it ends with this object.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    // Enough for an error and where it comes from, short enough for a message on one line.
    private const int KeptLines = 4;
    private const int KeptCharacters = 400;

    // What a program that was asked to stop gets before it is killed.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(3);

    private readonly Process process;
    private readonly Task<string> complaints;

    private ChildProcess(Process process)
    {
        this.process = process;
        complaints = LastLinesAsync(process.StandardError);
    }

    /// <summary>Starts a program that the path of this one finds.</summary>
    /// <param name="environment">Set beside what this program inherited.</param>
    /// <exception cref="SampleException">There is no such program.</exception>
    public static ChildProcess Start(string program, string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new ChildProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new SampleException(
                $"{program} could not be started in {folder}: {e.Message}; the samples need Node.js 18 or newer with npm, for example apt-get install nodejs npm",
                e
            );
        }
    }

    /// <summary>The next line of its output, or null at the end.</summary>
    public ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Waits for its end, ignores its output, and gives its exit code.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken) is not null) { }
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>The last lines of its standard error as one line, once it has ended.</summary>
    public Task<string> ComplaintsAsync(CancellationToken cancellationToken) => complaints.WaitAsync(cancellationToken);

    /// <summary>Closes its input, and kills it with its children where that does not end it in time.</summary>
    public async ValueTask DisposeAsync()
    {
        using (process)
        {
            using var patience = new CancellationTokenSource(StopTime, TimeProvider.System);
            try
            {
                process.StandardInput.Close();
                await process.WaitForExitAsync(patience.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static async Task<string> LastLinesAsync(StreamReader reader)
    {
        var last = new Queue<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            last.Enqueue(line.Trim());
            if (last.Count > KeptLines)
            {
                last.Dequeue();
            }
        }

        var text = string.Join(" ", last.Where(line => line.Length > 0));
        return text.Length > KeptCharacters ? text[..KeptCharacters] : text;
    }
}
