using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Probing;
using Ecoscanner.Reports;
using Ecoscanner.Scanners.ForgeAuthorization;
using Ecoscanner.Scanners.ForgeCode;
using Ecoscanner.Scanners.ForgeManifest;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners;

/// <summary>The Forge samples: every planted flaw is found, and nothing else.</summary>
public sealed class ForgeSampleTests(SampleAdvisoriesFixture advisories) : IClassFixture<SampleAdvisoriesFixture>
{
    // Offline they have gaps, which say so, and most samples have no lockfile; of the source nothing may be left out.
    private static readonly string[] AskingServers =
    [
        "connect-authentication",
        "forge-dependencies",
        "forge-remotes",
        "response-headers",
        "transport-security",
    ];

    private static readonly IReadOnlyList<FileSample> All =
    [
        .. FileSample.All(Path.Combine(Repository.Root, "samples")).Where(sample => sample.Hosting == FileSample.Forge),
    ];

    public static TheoryData<string> Samples => [.. All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_fails_by_its_planted_flaws_and_by_nothing_else(string name)
    {
        var sample = All.Single(sample => sample.Name == name);
        var app = ReadApp(sample);
        using var session = new ProbeSession(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);
        var scanners = ScannerCatalog.Of(typeof(ForgeManifestScanner).Assembly).Scanners.Where(scanner => scanner.AppliesTo(app)).ToList();
        var report = await ScannerRuns.RunAsync(app, session, new ScanOptions { Advisories = advisories.Index }, scanners);
        Assert.Equal(
            sample.Fails.Order(StringComparer.Ordinal),
            report
                .Findings.Where(finding => finding.ExemptedBy is null)
                .Select(finding => finding.Rule.Id)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
        Assert.All(report.Scanners, scanner => Assert.Null(scanner.Failure));
        Assert.DoesNotContain(report.Coverage.Gaps, gap => !AskingServers.Contains(gap.Scanner, StringComparer.Ordinal));
        Assert.Equal(0, report.Traffic.Requests);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_handler_of_a_sample_is_found(string name)
    {
        var app = ReadApp(All.Single(sample => sample.Name == name));
        var program = ForgeProgram.Of(app.Manifest, ForgeProgram.FilesOf(app), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(app.Manifest.Problems, problem => problem.Kind is ManifestProblemKind.NotRead);
        Assert.All(
            program.Entries.Where(entry => entry.Reason is not ForgeEntryReason.Elsewhere),
            entry => Assert.True(entry is { IsResolved: true, Problem: "" }, $"{entry.Point} {entry.Key}: {entry.Problem}")
        );
    }

    [Fact]
    public void Every_rule_about_code_is_planted_somewhere()
    {
        IScanner[] scanners = [new ForgeAuthorizationScanner(), new ForgeCodeScanner()];
        Assert.Empty(
            scanners.SelectMany(scanner => scanner.Rules).Select(rule => rule.Id).Except(All.SelectMany(sample => sample.Fails), StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_README_has_a_row_for_each_sample()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "samples", "forge", "README.md"));
        Assert.All(All, sample => Assert.Contains($"| `{sample.Name}` |", readme, StringComparison.Ordinal));
    }

    private static ForgeApp ReadApp(FileSample sample) => ForgeAppReader.Read(Path.Combine(sample.Folder, "manifest.yml"));
}
