using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ecoscanner.Service.Scheduling;

/// <summary>
/// Scans in a process of its own, which gets the request and nothing else: no environment, no database, no keys. Whatever it does, the platform goes on,
/// and the run has an outcome.
/// </summary>
public sealed class RunProcess(RunProgram program, RunLimits limits, TimeProvider time)
{
    // What its end may take after it was killed, or its pipes after its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Processor time ends with a signal that tells so, and five seconds later with one that nothing can catch. Each limit that the shell of this machine has; a file's size counts in blocks of 512 bytes (POSIX ulimit), memory in KiB.
    private const string Limits =
        "ulimit -c 0; ulimit -H -t $(($1 + 5)) 2>/dev/null; ulimit -S -t \"$1\" 2>/dev/null; ulimit -v \"$2\" 2>/dev/null; ulimit -f \"$3\" 2>/dev/null; shift 3; exec \"$@\"";

    private const string Shell = "/bin/sh";

    /// <summary>Signs what runs send; null where nothing is signed.</summary>
    public RunSigner? Signer { get; init; }

    /// <summary>Runs it to its end and reads what it left.</summary>
    /// <param name="folder">The run's own: the artifact lies in it, and the report will.</param>
    /// <param name="progress">Told what it does; null where nobody asks.</param>
    public async Task<RunOutcome> RunAsync(RunInput request, string folder, IProgress<RunEvent>? progress, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new RunOutcome(RunOutcomeKind.Cancelled, "the run was cancelled before it began");
        }

        var begun = time.GetTimestamp();
        using var process = new Process { StartInfo = Start(folder) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new RunOutcome(RunOutcomeKind.Crashed, $"the scanner could not be started: {e.Message}");
        }

        using var wall = new CancellationTokenSource(limits.Wall, time);
        using var flood = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(wall.Token, flood.Token, cancellationToken);
        var errors = new RunErrors(process.StandardError.BaseStream);
        var told = TellAsync(process, (request with { SignedAs = Signer?.SignedAs }).ToJson(), stop.Token);
        var output = new RunOutput(process.StandardOutput.BaseStream, limits.OutputBytes, progress, SignAsync, flood.Cancel);
        try
        {
            await told;
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Told apart below.
        }

        var ended = process.HasExited && !stop.IsCancellationRequested;
        await EndAsync(process);
        await Task.WhenAny(Task.WhenAll(output.Ended, errors.Ended), Task.Delay(Patience, time, CancellationToken.None));
        var duration = time.GetElapsedTime(begun);
        var outcome =
            cancellationToken.IsCancellationRequested ? new RunOutcome(RunOutcomeKind.Cancelled, "the run was cancelled")
            : flood.IsCancellationRequested
                ? new RunOutcome(RunOutcomeKind.Stopped, $"the scanner wrote more than {limits.OutputBytes / 1024} KiB of progress and was stopped")
            : !ended ? new RunOutcome(RunOutcomeKind.Stopped, $"the scan did not end within {Words(limits.Wall)} and was stopped")
            : process.ExitCode != 0 || output.Done is null ? Broken(process.ExitCode, errors.Text)
            : RunResult.Read(request, folder, output.Done);
        return outcome with
        {
            Duration = duration,
            Processor =
                output.Done is { ProcessorMs: > 0 } done && outcome.Kind == RunOutcomeKind.Reported
                    ? Least(TimeSpan.FromMilliseconds(Math.Min(done.ProcessorMs, (long)limits.Processor.TotalMilliseconds)), limits.Processor)
                    : duration,
        };

        async Task SignAsync(RunEvent asked)
        {
            if (Signer is null)
            {
                return;
            }

            try
            {
                await told;
                await TellAsync(process, Signer.Answer(request, asked).ToJson(), stop.Token);
            }
            catch (OperationCanceledException)
            {
                // It is being ended.
            }
        }
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static async Task TellAsync(Process process, string line, CancellationToken stop)
    {
        try
        {
            // Left open: its end tells the process that the platform is gone.
            await process.StandardInput.WriteLineAsync(line.AsMemory(), stop);
            await process.StandardInput.FlushAsync(stop);
        }
        catch (IOException)
        {
            // It ended without reading; its exit says why.
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It waits in the kernel; nobody waits for it.
        }
    }

    private ProcessStartInfo Start(string folder)
    {
        var temporary = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;
        string[] limited = OperatingSystem.IsWindows()
            ? [program.File]
            :
            [
                Shell,
                "-c",
                Limits,
                "sh",
                ((long)limits.Processor.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                (limits.AddressBytes / 1024).ToString(CultureInfo.InvariantCulture),
                (limits.FileBytes / 512).ToString(CultureInfo.InvariantCulture),
                program.File,
            ];
        var start = new ProcessStartInfo(limited[0], [.. limited[1..], .. program.Arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Variables(folder, temporary).Concat(program.Environment))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private Dictionary<string, string> Variables(string folder, string temporary) =>
        new(StringComparer.Ordinal)
        {
            ["PATH"] = "/usr/bin:/bin",
            ["HOME"] = folder,
            ["TMPDIR"] = temporary,
            ["LANG"] = "C.UTF-8",
            // Three folders above the framework that this program runs on.
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
            ["DOTNET_GCHeapHardLimit"] = limits.HeapBytes.ToString("x", CultureInfo.InvariantCulture),
            // No socket for debuggers in the folder for temporary files.
            ["DOTNET_EnableDiagnostics"] = "0",
            // Its double mapping is a file larger than a run may write.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        };

    private RunOutcome Broken(int code, string errors) =>
        (code, errors) switch
        {
            (_, var text) when text.Contains("Stack overflow", StringComparison.Ordinal) => Crashed("the scanner's stack overflowed"),
            (_, var text) when text.Contains("OutOfMemory", StringComparison.Ordinal) || text.Contains("Out of memory", StringComparison.Ordinal) =>
                new RunOutcome(RunOutcomeKind.Stopped, $"the scan needed more than {limits.HeapBytes / (1024 * 1024)} MB of memory and was stopped"),
            // 128 + SIGXCPU.
            (152, _) => new RunOutcome(RunOutcomeKind.Stopped, $"the scan used its {Words(limits.Processor)} of processor time and was stopped"),
            (137, _) => Crashed("the scanner was killed, by the system or by a person"),
            (134 or 139 or 132 or 135, _) => Crashed($"the scanner crashed (signal {code - 128})"),
            (0, _) => Crashed("the scanner ended without saying that it was done"),
            _ => Crashed($"the scanner ended with exit code {code}"),
        };

    private static RunOutcome Crashed(string reason) => new(RunOutcomeKind.Crashed, reason);

    private static string Words(TimeSpan span) => span.TotalMinutes >= 2 ? $"{span.TotalMinutes:0.#} minutes" : $"{span.TotalSeconds:0.#} s";
}
