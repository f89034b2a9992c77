using Ecoscanner.Findings;
using Ecoscanner.Reports;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class WordsTests
{
    [Fact]
    public void Every_verdict_has_a_word_and_a_symbol_of_its_own()
    {
        var verdicts = Enum.GetValues<Verdict>();

        Assert.Equal(["not-applicable", "pass", "exempt", "inconclusive", "fail"], verdicts.Select(Words.Of));
        Assert.Distinct(verdicts.Select(Words.Symbol));
    }

    [Theory]
    [InlineData(1, "1 finding")]
    [InlineData(12_345, "12,345 findings")]
    public void Things_are_counted_in_words(int number, string text) => Assert.Equal(text, Words.Count(number, "finding"));
}
