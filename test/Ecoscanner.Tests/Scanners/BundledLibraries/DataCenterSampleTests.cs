using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Findings;
using Ecoscanner.Packages.Java;
using Ecoscanner.Probing;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Approval;
using Ecoscanner.Scanners.BundledLibraries;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.BundledLibraries;

/// <summary>The Data Center samples: every planted flaw is found, and nothing else.</summary>
public sealed class DataCenterSampleTests(SampleAdvisoriesFixture advisories) : IClassFixture<SampleAdvisoriesFixture>, IDisposable
{
    private static readonly IReadOnlyList<FileSample> All =
    [
        .. FileSample.All(Path.Combine(Repository.Root, "samples")).Where(sample => sample.Hosting == FileSample.DataCenter),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ecoscanner-archives-");

    public static TheoryData<string> Samples => [.. All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_fails_by_its_planted_flaws_and_by_nothing_else(string name)
    {
        var report = await ScanAsync(name);
        Assert.Equal(
            All.Single(sample => sample.Name == name).Fails.Order(StringComparer.Ordinal),
            report.Verdicts.Where(verdict => verdict.Verdict is Verdict.Fail).Select(verdict => verdict.Rule.Id).Order(StringComparer.Ordinal)
        );
        Assert.All(report.Scanners, scanner => Assert.Null(scanner.Failure));
        Assert.Empty(report.Coverage.Gaps);
    }

    [Theory]
    [InlineData("checklists", "org.yaml:snakeyaml@1.26", "checklists-1.2.0.jar!/META-INF/lib/snakeyaml-1.26.jar")]
    [InlineData("reports", "org.apache.commons:commons-text@1.9", "reports-3.0.0.obr!/dependencies/commons-text-1.9.jar")]
    public async Task A_finding_says_where_in_the_archive_the_library_lies(string name, string library, string place)
    {
        var report = await ScanAsync(name);
        var finding = report.Findings.Single(finding => finding.Rule == BundledLibrariesScanner.Vulnerable);
        Assert.Equal(library, finding.Location.Component);
        Assert.EndsWith(place, finding.Evidence.Facts.Single(fact => fact.Name == "Lies in").Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checklists", ApprovalSignal.Fail, ExitCode.Findings)]
    [InlineData("reports", ApprovalSignal.Fail, ExitCode.Findings)]
    [InlineData("checklists-mended", ApprovalSignal.Pass, ExitCode.Clean)]
    public async Task Approval_is_blocked_by_what_is_critical_or_high(string name, ApprovalSignal signal, int code)
    {
        var app = await ScanAsync(name);
        var report = new ScanReport
        {
            ToolVersion = "0",
            RunId = "0",
            Apps = [app],
        };
        var questionnaire = Assert.Single(Questionnaire.Of(report));
        Assert.Equal(signal, questionnaire.Answers[0].Signal);
        Assert.Equal(code, Questionnaire.ExitCodeOf(report));
        Assert.Contains(
            questionnaire.Tree,
            line => line.Contains("commons-lang3", StringComparison.Ordinal) || line.Contains("commons-text", StringComparison.Ordinal)
        );
        Assert.Contains(((DataCenterApp)app.App).Sha256, questionnaire.Answers[0].Evidence[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_has_a_row_for_each_sample()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "samples", "datacenter", "README.md"));
        Assert.All(All, sample => Assert.Contains($"| `{sample.Name}` |", readme, StringComparison.Ordinal));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<AppReport> ScanAsync(string name)
    {
        var archive = SampleArchive.Write(All.Single(sample => sample.Name == name).Packed!, folder.FullName);
        var app = DataCenterAppReader.Read(archive, new ArchiveReading { Groups = advisories.Index.GroupsOf }, TestContext.Current.CancellationToken);
        using var session = new ProbeSession(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);
        return await ScannerRuns.RunAsync(app, session, new ScanOptions { Advisories = advisories.Index }, new BundledLibrariesScanner());
    }
}
