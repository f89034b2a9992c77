using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class GitHubReportTests
{
    [Fact]
    public void It_is_written_as_promised() => Golden.Matches(SampleReports.Written("github", SampleReports.Rich()), ".github");

    [Fact]
    public void Each_line_is_one_annotation_of_ours()
    {
        var lines = SampleReports.Written("github", SampleReports.Rich()).TrimEnd('\n').Split('\n');

        Assert.Equal(4 + 1 + 1, lines.Length);
        Assert.All(lines, line => Assert.Matches("^::(error|warning|notice) (file=[^:,]*,line=[0-9]+,col=[0-9]+,)?title=[^:,]*::[^\r\n]+$", line));
    }
}
