using Ecoscanner.Findings;
using Ecoscanner.Reports;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class ExitCodeTests
{
    private static readonly FailPolicy Default = new();

    [Theory]
    [InlineData(Severity.Critical, ExitCode.Clean)]
    [InlineData(Severity.High, ExitCode.Findings)]
    [InlineData(Severity.Low, ExitCode.Findings)]
    [InlineData(null, ExitCode.Clean)]
    public void Findings_at_or_above_the_severity_fail(Severity? failOn, int code) =>
        Assert.Equal(code, ExitCode.Of(WithFinding(), new FailPolicy { FailOn = failOn }));

    [Fact]
    public void An_exempted_finding_does_not_fail()
    {
        var report = WithFinding();
        var exemption = new Exemption
        {
            Source = ExemptionSource.Desk,
            Reason = "known",
            Expires = new DateOnly(2027, 1, 1),
        };
        var app = report.Apps[0];

        Assert.Equal(
            ExitCode.Clean,
            ExitCode.Of(report with { Apps = [app with { Findings = [.. app.Findings.Select(finding => finding with { ExemptedBy = exemption })] }] }, Default)
        );
    }

    [Fact]
    public void With_only_new_ones_asked_for_old_findings_do_not_fail()
    {
        var report = WithFinding();

        Assert.Equal(ExitCode.Clean, ExitCode.Of(report, new FailPolicy { OnlyNew = true, Baseline = Baseline.Of(report) }));
        Assert.Equal(ExitCode.Findings, ExitCode.Of(report, new FailPolicy { OnlyNew = false, Baseline = Baseline.Of(report) }));
        Assert.Equal(ExitCode.Findings, ExitCode.Of(report, new FailPolicy { OnlyNew = true, Baseline = Baseline.Of(SampleReports.Of()) }));
        Assert.Equal(ExitCode.Findings, ExitCode.Of(report, new FailPolicy { OnlyNew = true }));
    }

    [Theory]
    [InlineData(InconclusiveCause.CutShort, ExitCode.Incomplete)]
    [InlineData(InconclusiveCause.NeedsOperator, ExitCode.Clean)]
    [InlineData(InconclusiveCause.Ambiguous, ExitCode.Clean)]
    public void Only_a_check_that_was_cut_short_makes_a_scan_incomplete(InconclusiveCause cause, int code)
    {
        var app = SampleReports.Sound() with
        {
            Verdicts = [SampleReports.VerdictOf(SampleReports.HstsMissing, Verdict.Inconclusive, place: null, "why", cause)],
        };

        Assert.Equal(code, ExitCode.Of(SampleReports.Of(app), Default));
    }

    [Fact]
    public void A_scanner_that_failed_makes_the_scan_incomplete()
    {
        var app = SampleReports.Sound();

        Assert.Equal(ExitCode.Incomplete, ExitCode.Of(SampleReports.Of(app with { Scanners = [app.Scanners[0] with { Failure = "crashed" }] }), Default));
    }

    [Fact]
    public void A_target_that_could_not_be_read_makes_the_scan_incomplete_even_alone()
    {
        FailedTarget[] failed = [new("https://gone.example", "no answer")];

        Assert.Equal(ExitCode.Incomplete, ExitCode.Of(SampleReports.Of() with { FailedTargets = failed }, Default));
        Assert.Equal(ExitCode.Incomplete, ExitCode.Of(SampleReports.Of(SampleReports.Sound()) with { FailedTargets = failed }, Default));
    }

    [Fact]
    public void Findings_win_over_an_incomplete_scan() =>
        Assert.Equal(ExitCode.Findings, ExitCode.Of(WithFinding() with { FailedTargets = [new("https://gone.example", "no answer")] }, Default));

    [Fact]
    public void A_scan_that_a_person_stopped_says_so_whatever_it_found() =>
        Assert.Equal(ExitCode.Interrupted, ExitCode.Of(WithFinding() with { Cancelled = true }, Default));

    [Fact]
    public void Without_a_target_or_a_scanner_that_applies_there_is_nothing_to_scan()
    {
        Assert.Equal(ExitCode.NothingToScan, ExitCode.Of(SampleReports.Of(), Default));
        Assert.Equal(ExitCode.NothingToScan, ExitCode.Of(SampleReports.Of(SampleReports.Sound() with { Scanners = [] }), Default));
        Assert.Equal(ExitCode.Clean, ExitCode.Of(SampleReports.Of(SampleReports.Sound(), SampleReports.Sound() with { Scanners = [] }), Default));
    }

    private static ScanReport WithFinding() => SampleReports.Of(SampleReports.Large(1));
}
