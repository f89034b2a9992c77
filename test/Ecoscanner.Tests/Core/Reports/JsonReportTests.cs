using System.Text;
using System.Text.Json;
using Ecoscanner.Findings;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class JsonReportTests
{
    [Fact]
    public void It_is_written_as_promised() => Golden.Matches(SampleReports.Written("json", SampleReports.Rich(), SampleReports.WithBaseline), ".json");

    [Fact]
    public void It_holds_to_the_published_schema()
    {
        WithSchema(path => NodeSchemas.Validate(path, SampleReports.Written("json", SampleReports.Rich(), SampleReports.WithBaseline)));
        WithSchema(path => NodeSchemas.Validate(path, SampleReports.Written("json", SampleReports.Rich())));
        WithSchema(path => NodeSchemas.Validate(path, SampleReports.Written("json", SampleReports.Of())));
    }

    [Fact]
    public void Each_line_of_jsonl_is_a_finding_of_the_schema()
    {
        var lines = SampleReports.Written("jsonl", SampleReports.Rich(), SampleReports.WithBaseline);

        Golden.Matches(lines, ".jsonl");
        WithSchema(path => NodeSchemas.Validate(path, lines, "#/$defs/finding", ".jsonl"));
    }

    [Fact]
    public void A_report_read_back_is_written_the_same()
    {
        var first = SampleReports.Written("json", SampleReports.Rich());
        var read = ReportReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(first)));

        Assert.Equal(first, SampleReports.Written("json", read));
        Assert.All(
            ["html", "sarif", "md", "junit", "github"],
            format => Assert.Equal(SampleReports.Written(format, SampleReports.Rich()), SampleReports.Written(format, read))
        );
    }

    [Fact]
    public void Text_of_the_app_comes_back_character_by_character_but_for_halves_of_characters()
    {
        var finding = SampleReports.FindingOf(
            SampleReports.HstsMissing,
            Location.OfHost("https", "a.example", 443),
            $"{SampleReports.Hostile}\uD800 and \uDC00"
        );
        using var json = JsonDocument.Parse(SampleReports.Written("jsonl", SampleReports.Of(SampleReports.Sound() with { Findings = [finding] })));

        var observed = json.RootElement.GetProperty("evidence").GetProperty("observed").GetString();

        Assert.Equal($"{SampleReports.Hostile}\uFFFD and \uFFFD", observed);
    }

    [Fact]
    public void The_order_in_which_scanners_spoke_changes_nothing()
    {
        var report = SampleReports.Rich();
        var shuffled = report with
        {
            Apps =
            [
                .. report
                    .Apps.Reverse()
                    .Select(app =>
                        app with
                        {
                            Scanners = [.. app.Scanners.Reverse()],
                            Findings = [.. app.Findings.Reverse()],
                            Verdicts = [.. app.Verdicts.Reverse().Select(verdict => verdict with { Places = [.. verdict.Places.Reverse()] })],
                            Coverage = new([.. app.Coverage.Covered.Reverse()], [.. app.Coverage.Gaps.Reverse()]),
                        }
                    ),
            ],
        };

        Assert.All(ReportFormats.All, format => Assert.Equal(SampleReports.Written(format.Name, report), SampleReports.Written(format.Name, shuffled)));
    }

    private static void WithSchema(Action<string> use)
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var file = File.Create(path))
            using (var schema = JsonReport.Schema())
            {
                schema.CopyTo(file);
            }

            use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
