using Ecoscanner.Cli.Samples;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>Finds the sample apps, which come with the source and not with the program, and starts those that run.</summary>
internal static class SampleFolder
{
    // The launcher of the source tree says where it stands.
    private const string RootVariable = "ECOSCANNER_ROOT";

    /// <summary>The samples that are scanned from their files.</summary>
    /// <exception cref="ExitException">They are not here.</exception>
    public static IReadOnlyList<FileSample> Files()
    {
        try
        {
            return FileSample.All(Find());
        }
        catch (SampleException e)
        {
            throw new ExitException(ExitCode.Incomplete, e.Message, e);
        }
    }

    /// <summary>Whether a Connect sample has that name.</summary>
    public static bool IsConnect(string name) => File.Exists(Path.Combine(Find(), "connect", "apps", name, "app.js"));

    /// <summary>Starts the Connect samples.</summary>
    /// <param name="names">Which; null starts all.</param>
    /// <exception cref="ExitException">They are not here, or do not start.</exception>
    public static async Task<SampleFleet> StartAsync(Terminal terminal, IReadOnlyList<string>? names, CancellationToken cancellationToken)
    {
        terminal.Say("starting the Connect samples on this machine");
        try
        {
            return await SampleFleet.StartAsync(Find(), terminal.Say, names, cancellationToken);
        }
        catch (SampleException e)
        {
            throw new ExitException(ExitCode.Incomplete, e.Message, e);
        }
    }

    /// <summary>The records that the samples' libraries are held against.</summary>
    public static string Advisories() => Path.Combine(Find(), "advisories");

    /// <summary>A path as a person types it: relative to where the command runs, where that leads down.</summary>
    public static string Shown(string path) =>
        Path.GetRelativePath(Directory.GetCurrentDirectory(), path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;

    private static string Find()
    {
        var starts = new[] { Environment.GetEnvironmentVariable(RootVariable), AppContext.BaseDirectory, Directory.GetCurrentDirectory() };
        foreach (var start in starts.OfType<string>())
        {
            for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "samples/connect/start.js")))
                {
                    return Path.Combine(folder, "samples");
                }
            }
        }

        throw new ExitException(ExitCode.Usage, $"the sample apps are not here; run ./ecoscanner in a checkout of the source, or set {RootVariable} to one");
    }
}
