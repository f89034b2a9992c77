using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

/// <summary>The first command of the README, as a person runs it.</summary>
public sealed class ScanSamplesTests : IDisposable
{
    private readonly Desk desk = new();

    [Fact]
    public async Task The_samples_are_found_as_planted_and_the_README_shows_just_that()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Repository.Root, "samples/connect/node_modules")),
            "the samples' Node packages are not installed: ./dev test installs them"
        );
        desk.Environment["ECOSCANNER_ROOT"] = Repository.Root;
        var outcome = await desk.RunAsync("scan", "samples");
        Assert.True(outcome.ExitCode == 0, $"{outcome.ExitCode}\n{outcome.Output}\n{outcome.Error}");
        Assert.Contains($"```text\n{outcome.Output.TrimStart('\n')}```\n", File.ReadAllText(Path.Combine(Repository.Root, "README.md")));
    }

    [Fact]
    public async Task Samples_and_other_targets_do_not_mix()
    {
        var outcome = await desk.RunAsync("scan", "samples", "other.json");
        Assert.Equal((2, "ecoscanner: samples stands alone: scan it without other targets\n"), (outcome.ExitCode, outcome.Error));
    }

    public void Dispose() => desk.Dispose();
}
