using Ecoscanner.Findings;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class MarkdownReportTests
{
    [Fact]
    public void It_is_written_as_promised() => Golden.Matches(SampleReports.Written("md", SampleReports.Rich(), SampleReports.WithBaseline), ".md");

    [Fact]
    public void It_fits_into_a_comment_whatever_was_found_and_says_what_it_left_out()
    {
        var app = SampleReports.Large(3_000) with
        {
            Coverage = new Coverage([], [.. Enumerable.Range(1, 5_000).Select(i => new CoverageGap("s", $"/{i}", "why"))]),
        };

        var markdown = SampleReports.Written("md", SampleReports.Of(app));

        Assert.True(markdown.Length < 65_536, $"{markdown.Length} characters");
        Assert.Contains("parts left out to fit into one comment", markdown);
        Assert.Contains("Failed: 3,000 findings", markdown);
    }

    [Fact]
    public void Rows_of_the_table_have_four_cells_whatever_stands_in_them()
    {
        var rows = SampleReports.Written("md", SampleReports.Rich()).Split('\n').Where(line => line.StartsWith('|')).ToList();

        Assert.Equal(2 * 2 + 8, rows.Count);
        Assert.All(rows, row => Assert.Equal(5, row.Count(character => character == '|')));
    }
}
