using System.Reflection;
using Ecoscanner.Reports;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class RulePageTests
{
    [Theory]
    [InlineData("# T\n\n## How to fix\n\nSend the header. Then wait.\n", "Send the header.")]
    [InlineData("## Fix\nUse `aud`, e.g. as\n[the page](https://a.example) says.\n\nMore.", "Use aud, e.g. as the page says.")]
    [InlineData("## How to fix it\n\n1. **First** do this. Then that.\n", "First do this.")]
    [InlineData("## How to fix\n\nSend `max-age=31536000`.", "Send max-age=31536000.")]
    [InlineData("## Fix\n\nSend this,\n`always` and first:\n\n```\ncode\n```\n", "Send this, always and first …")]
    [InlineData("## Why\n\nBecause.\n", null)]
    [InlineData("## How to fix\n\n```\ncode\n```\n", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_fix_is_the_first_sentence_below_its_heading(string? page, string? fix) => Assert.Equal(fix, RulePage.Fix(page));

    [Fact]
    public void Every_rule_of_the_product_has_a_fix_to_show()
    {
        var catalog = ScannerCatalog.Of(Assembly.Load("Ecoscanner.Scanners"));

        Assert.NotEmpty(catalog.Rules);
        Assert.All(catalog.Rules, rule => Assert.False(string.IsNullOrWhiteSpace(RulePage.Fix(catalog.Page(rule))), rule.Id));
    }
}
