using Ecoscanner.Findings;
using Ecoscanner.Reports;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class FindingsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "using", "findings.md"));

    [Fact]
    public void The_page_explains_every_format_verdict_cause_and_code()
    {
        Assert.All(ReportFormats.All, format => Assert.Contains($"| `{format.Name}` |", Page));
        Assert.All(Enum.GetValues<Verdict>(), verdict => Assert.Contains($"| {Words.Symbol(verdict)} | `{Words.Of(verdict)}` |", Page));
        Assert.All(Enum.GetValues<InconclusiveCause>(), cause => Assert.Contains($"| `{Words.Of(cause)}` |", Page));
        Assert.All(
            [ExitCode.Clean, ExitCode.Findings, ExitCode.NothingToScan, ExitCode.Incomplete, ExitCode.Interrupted],
            code => Assert.Contains($"\n| {code} |", Page)
        );
    }
}
