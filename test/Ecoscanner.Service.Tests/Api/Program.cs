using System.Diagnostics;
using Ecoscanner.Service.Tests.Scheduling;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>The program that ships, started as people start it.</summary>
internal static class Program
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(WorkerProgram.File, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(folder, "config");
        start.Environment["XDG_STATE_HOME"] = Path.Combine(folder, "state");
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder, "cache");
        start.Environment["XDG_DATA_HOME"] = Path.Combine(folder, "data");
        start.Environment.Remove("ECOSCANNER_TOKEN");
        start.Environment.Remove("ECOSCANNER_SERVICE");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string folder,
        IEnumerable<(string Name, string Value)> environment,
        params string[] arguments
    )
    {
        using var process = Start(folder, environment.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), arguments);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output, await error);
    }
}
