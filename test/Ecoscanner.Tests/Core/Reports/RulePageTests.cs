using Ecoscanner.Reports;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class RulePageTests
{
    [Theory]
    [InlineData("# T\n\n## How to fix\n\nSend the header. Then wait.\n", "Send the header.")]
    [InlineData("## Fix\nUse `aud`, e.g. as\n[the page](https://a.example) says.\n\nMore.", "Use aud, e.g. as the page says.")]
    [InlineData("## How to fix it\n\n1. **First** do this. Then that.\n", "First do this.")]
    [InlineData("## How to fix\n\nSend `max-age=31536000`.", "Send max-age=31536000.")]
    [InlineData("## Why\n\nBecause.\n", null)]
    [InlineData("## How to fix\n\n```\ncode\n```\n", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_fix_is_the_first_sentence_below_its_heading(string? page, string? fix) => Assert.Equal(fix, RulePage.Fix(page));
}
