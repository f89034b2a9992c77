using System.Text.RegularExpressions;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports.Sinks;

public sealed partial class SarifTextTests
{
    [Theory]
    [InlineData("[a](javascript:b)", "[a] (javascript:b)")]
    [InlineData("{0}", "{ 0}")]
    [InlineData("{\"name\": 1}", "{\"name\": 1}")]
    [InlineData("a\u202E", @"a\u{202E}")]
    public void Links_and_placeholders_are_broken(string text, string safe) => Assert.Equal(safe, SarifText.Of(text));

    [Fact]
    public void No_text_is_a_link_or_a_placeholder() =>
        Fuzz.Run(random =>
        {
            var safe = SarifText.Of(HostileText.From(random));
            HostileText.IsNotIn(safe);
            Assert.DoesNotContain("](", safe);
            Assert.DoesNotMatch(Placeholder(), safe);
        });

    // Not those of our own visible escapes.
    [GeneratedRegex(@"(?<!\\u)\{[0-9]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
