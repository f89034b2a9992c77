using System.Text.Json;
using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class SarifReportTests
{
    [Fact]
    public void It_is_written_as_promised() => Golden.Matches(SampleReports.Written("sarif", SampleReports.Rich(), SampleReports.WithBaseline), ".sarif");

    [Fact]
    public void It_holds_to_the_standards_schema()
    {
        NodeSchemas.Validate(NodeSchemas.Sarif, SampleReports.Written("sarif", SampleReports.Rich(), SampleReports.WithBaseline));
        NodeSchemas.Validate(NodeSchemas.Sarif, SampleReports.Written("sarif", SampleReports.Rich()));
        NodeSchemas.Validate(NodeSchemas.Sarif, SampleReports.Written("sarif", SampleReports.Of()));
    }

    [Fact]
    public void Every_result_has_what_GitHub_asks_for()
    {
        using var sarif = Parsed(SampleReports.Rich());
        var runs = sarif.RootElement.GetProperty("runs").EnumerateArray().ToList();
        var results = runs.SelectMany(run => run.GetProperty("results").EnumerateArray()).ToList();

        Assert.Equal(5, results.Count);
        Assert.All(
            results,
            result =>
            {
                Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
                var physical = result.GetProperty("locations")[0].GetProperty("physicalLocation");
                Assert.Equal("atlassian-connect.json", physical.GetProperty("artifactLocation").GetProperty("uri").GetString());
                Assert.All(
                    ["startLine", "startColumn", "endLine", "endColumn"],
                    name => Assert.True(physical.GetProperty("region").GetProperty(name).GetInt32() >= 1)
                );
                Assert.Matches("^[0-9a-f]{32}:1$", result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString());
            }
        );
        Assert.All(
            runs.SelectMany(run => run.GetProperty("tool").GetProperty("driver").TryGetProperty("rules", out var rules) ? rules.EnumerateArray() : []),
            rule =>
            {
                Assert.All(
                    [rule.GetProperty("shortDescription"), rule.GetProperty("fullDescription"), rule.GetProperty("help")],
                    message => Assert.InRange(message.GetProperty("text").GetString()!.Length, 1, 1024)
                );
                var tags = rule.GetProperty("properties").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).ToList();
                Assert.Contains("security", tags);
                Assert.InRange(tags.Count, 1, 10);
                Assert.Equal(JsonValueKind.String, rule.GetProperty("properties").GetProperty("security-severity").ValueKind);
            }
        );
    }

    [Fact]
    public void Each_scanner_has_a_category_of_its_own_without_a_version()
    {
        using var sarif = Parsed(SampleReports.Rich());

        Assert.Equal(
            [
                "ecoscanner/com.example.checklists/connect-authentication/",
                "ecoscanner/com.example.checklists/transport-security/",
                "ecoscanner/com.example.sound/transport-security/",
                "ecoscanner/targets/",
            ],
            sarif.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("automationDetails").GetProperty("id").GetString())
        );
    }

    [Fact]
    public void Only_a_run_that_reached_its_end_may_close_alerts()
    {
        using var sarif = Parsed(SampleReports.Rich());

        Assert.Equal(
            [true, false, true, false],
            sarif
                .RootElement.GetProperty("runs")
                .EnumerateArray()
                .Select(run => run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean())
        );
    }

    [Theory]
    [InlineData(9.0, "9.0", "error")]
    [InlineData(8.8, "8.8", "error")]
    [InlineData(5.0, "5.0", "warning")]
    [InlineData(3.1, "3.1", "note")]
    public void Scores_are_texts_and_nine_is_an_error(double cvss, string severity, string level)
    {
        var rule = new Rule("domain-expired", "Domains must be the app's", Requirement.Connect3, cvss, 350);
        var app = SampleReports.Sound() with
        {
            Scanners = [new ScannerRun("domain-ownership", 1, [rule], TimeSpan.Zero, Failure: null)],
            Findings = [SampleReports.FindingOf(rule, Location.OfHost("https", "a.example", 443))],
        };

        using var sarif = Parsed(SampleReports.Of(app));

        var run = sarif.RootElement.GetProperty("runs")[0];
        Assert.Equal(
            severity,
            run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0].GetProperty("properties").GetProperty("security-severity").GetString()
        );
        Assert.Equal(level, run.GetProperty("results")[0].GetProperty("level").GetString());
    }

    [Theory]
    [InlineData("config/atlassian-connect.json", "config/atlassian-connect.json")]
    [InlineData("my app.json", "my%20app.json")]
    [InlineData("../elsewhere.json", "atlassian-connect.json")]
    [InlineData("/srv/app.json", "atlassian-connect.json")]
    [InlineData("https://app.example.com/atlassian-connect.json", "atlassian-connect.json")]
    public void A_finding_about_a_URL_points_to_the_descriptor_in_the_repository(string source, string uri)
    {
        var app = SampleReports.Flawed();

        using var sarif = Parsed(SampleReports.Of(app with { App = app.App with { Source = source } }));

        var location = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0];
        Assert.Equal(uri, location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
    }

    [Fact]
    public void More_results_than_GitHub_takes_are_left_out_in_words()
    {
        var large = SampleReports.Large(25_002);
        var bare = new Evidence("200", "401");

        using var sarif = Parsed(SampleReports.Of(large with { Findings = [.. large.Findings.Select(finding => finding with { Evidence = bare })] }));

        var run = sarif.RootElement.GetProperty("runs")[0];
        Assert.Equal(25_000, run.GetProperty("results").GetArrayLength());
        Assert.Contains(
            "2 less severe results are left out",
            run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString()
        );
    }

    private static JsonDocument Parsed(ScanReport report) => JsonDocument.Parse(SampleReports.Written("sarif", report));
}
