using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Reports;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class BaselineTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("sarif")]
    public void Any_earlier_report_tells_old_from_new(string format)
    {
        var baseline = Read(SampleReports.Written(format, SampleReports.Earlier()));
        var app = SampleReports.Flawed();

        Assert.Equal(
            [SampleReports.HstsMissing],
            app.Findings.Where(finding => baseline.StateOf(SampleReports.AppKey, finding) is BaselineState.Unchanged).Select(finding => finding.Rule)
        );
        Assert.Equal([Fingerprint.Of(SampleReports.AppKey, SampleReports.TlsOld, Location.OfHost("https", "old.example.com", 443))], baseline.Absent(app));
    }

    [Fact]
    public void What_one_app_had_is_new_in_another()
    {
        var baseline = Baseline.Of(SampleReports.Earlier());

        Assert.All(SampleReports.Flawed().Findings, finding => Assert.Equal(BaselineState.New, baseline.StateOf("com.example.other", finding)));
        Assert.Empty(baseline.Absent(SampleReports.Sound()));
    }

    [Theory]
    [InlineData("""{"version": "2.1.0", "runs": [{"results": [{"ruleId": "x"}]}]}""")]
    [InlineData("""{"version": "2.1.0", "runs": [{"results": ["x"]}]}""")]
    [InlineData("""{"version": "2.1.0", "runs": [{"properties": {"app": 1}, "results": [{"fingerprints": {"ecoscanner/v1": "x"}}]}]}""")]
    [InlineData("""{"vulnerabilities": []}""")]
    public void A_report_of_another_tool_is_refused(string text) => Assert.Throws<ReportFormatException>(() => Read(text));

    [Fact]
    public void SARIF_without_results_is_an_empty_baseline() => Assert.Empty(Read("""{"version": "2.1.0", "runs": [{}, 1]}""").Absent(SampleReports.Flawed()));

    private static Baseline Read(string text) => Baseline.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
