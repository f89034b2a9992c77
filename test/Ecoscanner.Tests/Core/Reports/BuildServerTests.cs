using Ecoscanner.Reports;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class BuildServerTests
{
    public static TheoryData<string> Formats => [.. ReportFormats.All.Select(format => format.Name)];

    /// <summary>Azure and TeamCity look for their commands anywhere in a line of standard output.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void No_format_lets_an_app_give_the_build_server_commands(string format)
    {
        Assert.Contains("##vso[", SampleReports.Hostile, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"##[a-z]*\[", SampleReports.Written(format, SampleReports.Rich()));
    }
}
