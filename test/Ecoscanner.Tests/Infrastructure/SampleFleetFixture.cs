using System.Runtime.CompilerServices;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(SampleFleetFixture))]

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>All samples, started when a test first asks for them, and stopped when the run ends.</summary>
public sealed class SampleFleetFixture : IAsyncLifetime
{
    private readonly Lazy<Task<SampleFleet>> fleet = new(() => SampleFleet.StartAsync(Folder, line => Console.Error.WriteLine(line)));

    /// <summary>The repository's <c>samples</c>.</summary>
    internal static string Folder { get; } = Path.GetFullPath(Path.Combine(ThisFile(), "../../../../samples"));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The running samples; skips the test where there is no Node.js to run them on.</summary>
    internal Task<SampleFleet> FleetAsync()
    {
        SkipWithoutNode();
        return fleet.Value;
    }

    internal async Task<Sample> SampleAsync(string name) => (await FleetAsync()).Samples.Single(sample => sample.Name == name);

    public async ValueTask DisposeAsync()
    {
        if (fleet.IsValueCreated && fleet.Value.IsCompletedSuccessfully)
        {
            await (await fleet.Value).DisposeAsync();
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    internal static void SkipWithoutNode()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, "node"))), "the samples run on Node.js, which ./dev test installs");
    }
}
