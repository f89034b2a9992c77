using System.Text.RegularExpressions;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports.Sinks;

public sealed partial class MarkdownTextTests
{
    [Theory]
    [InlineData("no header", "no header")]
    [InlineData("TLS must be version 1.2 or higher: 1.0", "TLS must be version 1.2 or higher: 1.0")]
    [InlineData("8.8", "8.8")]
    [InlineData("日本語", "日本語")]
    [InlineData("@team", "`@team`")]
    [InlineData("#1", "`#1`")]
    [InlineData("see https://example.com", "`see https://example.com`")]
    [InlineData("at www.example.com", "`at www.example.com`")]
    [InlineData("as GH-1 said", "`as GH-1 said`")]
    [InlineData("<b>", "`<b>`")]
    [InlineData("a | b", @"`a \u{7C} b`")]
    [InlineData("a `b` c", "``a `b` c``")]
    [InlineData("`b`", "`` `b` ``")]
    [InlineData("- item", "`- item`")]
    [InlineData("1. item", "`1. item`")]
    [InlineData("2) item", "`2) item`")]
    [InlineData("", "")]
    public void Plain_words_stay_and_all_else_stands_in_code(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Of(text));

    [Fact]
    public void Any_text_is_plain_words_or_one_piece_of_code() =>
        Fuzz.Run(random =>
        {
            var text = HostileText.From(random);
            var markdown = MarkdownText.Of(text);
            HostileText.IsNotIn(markdown);
            Assert.DoesNotContain('|', markdown);
            Assert.DoesNotContain("##vso[", markdown);
            Assert.DoesNotContain("##teamcity[", markdown);
            if (!markdown.StartsWith('`'))
            {
                Assert.DoesNotMatch(Special(), markdown);
                Assert.Equal(text, markdown);
                return;
            }

            // CommonMark 6.1: code ends at the first run of backticks as long as the one it began with.
            var fence = Fence().Match(markdown).Value;
            var inside = markdown[fence.Length..^fence.Length];
            Assert.EndsWith(fence, markdown, StringComparison.Ordinal);
            Assert.DoesNotContain(fence.Length, Runs().Matches(inside).Select(run => run.Length));
            Assert.False(inside.StartsWith('`') || inside.EndsWith('`'));
            Assert.Equal(text, HostileText.Undone(inside is [' ', .., ' '] && inside.Trim(' ').Length > 0 ? inside[1..^1] : inside));
        });

    [Fact]
    public void No_line_closes_its_block() =>
        Fuzz.Run(random =>
        {
            var lines = MarkdownText.Block(HostileText.From(random), "  ").Split('\n');

            Assert.Equal(4, lines.Length);
            Assert.Matches("^  ```+$", lines[0]);
            Assert.Equal(lines[0], lines[2]);
            Assert.DoesNotContain(lines[0].Trim(), lines[1]);
            HostileText.IsNotIn(lines[1]);
        });

    // Whatever begins a construct of CommonMark or GitHub in a line or at its start.
    [GeneratedRegex(
        @"[`*_<>&\[\]\\|~#@$!^{}+=]|://|www\.|GH-|^\s*([-+*]|[0-9]+[.)])(\s|$)|:[a-z]",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Special();

    [GeneratedRegex("^`+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("`+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Runs();
}
