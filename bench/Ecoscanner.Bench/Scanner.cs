using System.Diagnostics;
using System.Globalization;

namespace Ecoscanner.Bench;

/// <summary>The published program, run as a person runs it.</summary>
/// <param name="Root">The checkout.</param>
/// <param name="Path">The executable.</param>
internal sealed record Scanner(string Root, string Path)
{
    // Reads of a process's peak memory and processor time; the kernel keeps both, so the last one before the end tells nearly all.
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(20);

    public static Scanner Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Ecoscanner.slnx")))
        {
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("run inside the checkout");
        }

        var path = System.IO.Path.Combine(folder, "artifacts/ecoscanner/ecoscanner");
        return File.Exists(path) ? new Scanner(folder, path) : throw new InvalidOperationException($"{path} is missing; run ./ecoscanner --version once");
    }

    /// <summary>The fastest of several runs.</summary>
    public async Task<Run> BestAsync(int rounds, params string[] arguments)
    {
        Run? best = null;
        for (var round = 0; round < rounds; round++)
        {
            var run = await RunAsync(arguments);
            best = best is null || run.Elapsed < best.Elapsed ? run : best;
        }

        return best!;
    }

    /// <summary>Runs it to its end and measures the whole process.</summary>
    public async Task<Run> RunAsync(params string[] arguments)
    {
        var state = Directory.CreateTempSubdirectory("ecoscanner-bench-");
        var start = new ProcessStartInfo(Path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = state.FullName,
        };
        start.Environment["XDG_STATE_HOME"] = state.FullName;
        start.Environment["NO_COLOR"] = "1";
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var end = process.WaitForExitAsync();
        var peak = 0L;
        var processor = TimeSpan.Zero;
        while (await Task.WhenAny(end, Task.Delay(Sampling)) != end)
        {
            peak = Math.Max(peak, Peak(process.Id));
            processor = Processor(process) ?? processor;
        }

        var elapsed = watch.Elapsed;
        var run = new Run(process.ExitCode, elapsed, processor, peak, await output, await errors);
        state.Delete(recursive: true);
        return run;
    }

    private static TimeSpan? Processor(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static long Peak(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

/// <summary>One run of the program.</summary>
/// <param name="Processor">What all its threads together took.</param>
/// <param name="PeakBytes">Largest resident memory; 0 where the process was too short to be seen.</param>
internal sealed record Run(int ExitCode, TimeSpan Elapsed, TimeSpan Processor, long PeakBytes, string Output, string Errors);
