using System.IO.Compression;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Scheduling;

/// <summary>The program that ships, as the platform starts it for a run.</summary>
internal static class WorkerProgram
{
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "ecoscanner.exe" : "ecoscanner");

    /// <param name="fault">What it does at its worst; null where it scans.</param>
    public static RunProgram Of(string? fault = null) =>
        new(File, ["run-worker"])
        {
            Environment = fault is null
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : new Dictionary<string, string>(StringComparer.Ordinal) { ["ECOSCANNER_WORKER_FAULT"] = fault },
        };

    /// <summary>A sample Forge app's source as a ZIP in a folder; its name there.</summary>
    public static string Zip(string folder, string sample = "leaky")
    {
        const string Name = "app.zip";
        var source = Path.Combine(Repository.Root, "samples", "forge", "apps", sample);
        ZipFile.CreateFromDirectory(source, Path.Combine(folder, Name));
        return Name;
    }
}
