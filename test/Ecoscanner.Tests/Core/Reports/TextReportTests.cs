using System.Text.RegularExpressions;
using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports;

public sealed partial class TextReportTests
{
    [Fact]
    public void Everything_a_person_needs_is_in_it() => Golden.Matches(SampleReports.Written("text", SampleReports.Rich(), SampleReports.WithBaseline), ".txt");

    [Fact]
    public void A_narrow_terminal_gets_narrow_lines()
    {
        var text = SampleReports.Written("text", SampleReports.Of(SampleReports.Sound()), SampleReports.Text(style => style with { Width = 40 }));

        Assert.All(text.Split('\n').Where(line => !line.Contains("ecoscanner scan")), line => Assert.True(line.Length <= 40, line));
    }

    [Fact]
    public void Colours_change_no_word()
    {
        var plain = SampleReports.Written("text", SampleReports.Rich());
        var coloured = SampleReports.Written("text", SampleReports.Rich(), SampleReports.Text(style => style with { Colour = true }));

        Assert.Contains("\u001b[31m", coloured);
        Assert.Equal(plain, Colour().Replace(coloured, ""));
    }

    [Fact]
    public void Without_colours_no_escape_is_written() => Assert.DoesNotContain('\u001b', SampleReports.Written("text", SampleReports.Rich()));

    [Fact]
    public void Only_plain_web_addresses_become_links()
    {
        var report = SampleReports.Of(
            SampleReports.Sound() with
            {
                Findings =
                [
                    SampleReports.FindingOf(SampleReports.HstsMissing, Location.OfHost("https", "app.example.com", 443)),
                    SampleReports.FindingOf(SampleReports.HstsMissing, Location.OfFile("https://a.example/\u001b]8;;x", "/a")),
                    SampleReports.FindingOf(SampleReports.HstsMissing, Location.OfFile("javascript:alert(1)", "/b")),
                ],
            }
        );

        var text = SampleReports.Written("text", report, SampleReports.Text(style => style with { Links = true }));

        var link = Assert.Single(text.Split("\u001b]8;;", StringSplitOptions.None)[1..], part => !part.StartsWith("\u001b\\", StringComparison.Ordinal));
        Assert.StartsWith("https://app.example.com:443\u001b\\https://app.example.com:443", link, StringComparison.Ordinal);
    }

    [Fact]
    public void Quietly_it_is_a_line_a_finding_and_what_it_came_to()
    {
        var text = SampleReports.Written(
            "text",
            SampleReports.Of(SampleReports.Flawed()),
            SampleReports.Text(style => style with { Quiet = true, Width = 1000 })
        );

        Assert.Collection(
            text.TrimEnd().Split('\n'),
            line => Assert.StartsWith("high context-token https://app.example.com/issue/10001/panel?x=1 ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("high install-unsigned https://app.example.com/installed ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("medium hsts-missing https://app.example.com:443 ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("low cookie-flags https://app.example.com/login ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Failed: 2 findings at or above high (exit code 1).", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_exempted_finding_is_shown_on_demand_with_its_reason()
    {
        var report = SampleReports.Of(SampleReports.Flawed());

        Assert.DoesNotContain("Exempt    until", SampleReports.Written("text", report));
        Assert.Contains(
            "Exempt    until 2027-06-01: the page has no secrets",
            SampleReports.Written("text", report, SampleReports.Text(style => style with { ShowExempt = true }))
        );
    }

    [Fact]
    public void A_severity_hides_lesser_findings_and_says_how_many()
    {
        var text = SampleReports.Written(
            "text",
            SampleReports.Of(SampleReports.Flawed()),
            SampleReports.Text(style => style with { LeastSeverity = Severity.High })
        );

        Assert.DoesNotContain("MEDIUM", text);
        Assert.Contains("3 findings not shown", text);
    }

    [Fact]
    public void A_rule_broken_everywhere_shows_its_evidence_a_few_times_and_every_place()
    {
        var text = SampleReports.Written("text", SampleReports.Of(SampleReports.Large(30)));

        Assert.Equal(5, text.Split("Observed").Length - 1);
        Assert.Equal(30, text.Split('\n').Count(line => line.Contains(" (high confidence)  ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_in_it_is_a_command_of_a_build_server()
    {
        var text = SampleReports.Written("text", SampleReports.Rich(), SampleReports.Text(style => style with { Width = 30, ShowExempt = true }));

        Assert.DoesNotContain("##vso[", text);
        Assert.All(text.Split('\n'), line => Assert.False(line.TrimStart().StartsWith("::", StringComparison.Ordinal), line));
    }

    [GeneratedRegex(@"\x1b\[[0-9]+m", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colour();
}
