using System.Xml.Linq;
using Ecoscanner.Findings;
using Ecoscanner.Reports;
using Ecoscanner.Rules;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class JUnitReportTests
{
    // Not .xml, which the formatter would lay out anew.
    [Fact]
    public void It_is_written_as_promised() => Golden.Matches(SampleReports.Written("junit", SampleReports.Rich()), ".junit");

    [Fact]
    public void Counts_agree_with_cases()
    {
        var suites = XDocument.Parse(SampleReports.Written("junit", SampleReports.Rich())).Root!.Elements("testsuite");

        Assert.All(
            suites,
            suite =>
            {
                Assert.Equal((int)suite.Attribute("tests")!, suite.Elements("testcase").Count());
                Assert.Equal((int?)suite.Attribute("failures") ?? 0, suite.Descendants("failure").Count());
                Assert.Equal((int?)suite.Attribute("errors") ?? 0, suite.Descendants("error").Count());
                Assert.Equal((int?)suite.Attribute("skipped") ?? 0, suite.Descendants("skipped").Count());
            }
        );
    }

    [Theory]
    [InlineData("context-token (Connect 1.2)", "failure")]
    [InlineData("install-unsigned (Connect 1.4)", "failure")]
    [InlineData("referrer-leak (Connect 7.2)", "skipped")]
    [InlineData("cookie-flags (Connect 7.4)", "skipped")]
    [InlineData("tls-old (Connect 3)", "error")]
    public void What_fails_is_told_from_what_was_not_decided(string name, string element) =>
        Assert.Equal(element, Case(name, new FailPolicy()).Elements().Single().Name);

    [Theory]
    [InlineData(Severity.High, "system-out")]
    [InlineData(Severity.Medium, "failure")]
    public void The_severity_that_fails_the_run_fails_the_case(Severity failOn, string element)
    {
        var app = SampleReports.Sound() with
        {
            Findings = [SampleReports.FindingOf(SampleReports.HstsMissing, Location.OfHost("https", "a.example", 443))],
            Verdicts = [SampleReports.VerdictOf(SampleReports.HstsMissing, Verdict.Fail, "https://a.example:443", "no header")],
        };
        var options = SampleReports.Options with { Policy = new FailPolicy { FailOn = failOn } };

        var xml = XDocument.Parse(SampleReports.Written("junit", SampleReports.Of(app), options));

        var outcome = xml.Descendants("testcase").Single().Elements().Single();
        Assert.Equal(element, outcome.Name);
        Assert.Contains("https://a.example:443", outcome.Value);
    }

    private static XElement Case(string name, FailPolicy policy) =>
        XDocument
            .Parse(SampleReports.Written("junit", SampleReports.Rich(), SampleReports.Options with { Policy = policy }))
            .Descendants("testcase")
            .First(element => (string?)element.Attribute("name") == name);
}
