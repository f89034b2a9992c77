using System.Globalization;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Text;

public sealed class UnicodeIdentifiersTests
{
    [Theory]
    [InlineData('a')]
    [InlineData('Z')]
    [InlineData('$')]
    [InlineData('_')]
    [InlineData('é')]
    [InlineData('\u2118')] // Other_ID_Start
    [InlineData('中')]
    [InlineData('한')]
    [InlineData('\uA7F1')] // new in Unicode 17
    [InlineData(0x1D49C)]
    [InlineData(0x20BB7)]
    [InlineData(0x10940)] // Sidetic, new in Unicode 17
    [InlineData(0x323B0)] // CJK extension J, new in Unicode 17
    [InlineData(0x33479)] // its last
    public void A_letter_begins_an_identifier_and_goes_on_in_it(int codePoint)
    {
        Assert.True(UnicodeIdentifiers.IsStart(codePoint));
        Assert.True(UnicodeIdentifiers.IsPart(codePoint));
    }

    [Theory]
    [InlineData('0')]
    [InlineData('\u0301')]
    [InlineData('\u00B7')] // Other_ID_Continue
    [InlineData('\u200C')]
    [InlineData('\u200D')]
    [InlineData(0x1D7D8)]
    [InlineData(0xE0100)]
    [InlineData(0xE01EF)]
    public void A_digit_mark_or_joiner_only_goes_on_in_it(int codePoint)
    {
        Assert.False(UnicodeIdentifiers.IsStart(codePoint));
        Assert.True(UnicodeIdentifiers.IsPart(codePoint));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData('-')]
    [InlineData('\u00A0')]
    [InlineData('\u2E2F')] // a letter, but Pattern_Syntax
    [InlineData('\uD835')]
    [InlineData('\uFFFF')]
    [InlineData(0x1F600)]
    [InlineData(0x10FFFF)]
    [InlineData(int.MaxValue)]
    public void Whatever_else_is_in_no_identifier(int codePoint)
    {
        Assert.False(UnicodeIdentifiers.IsStart(codePoint));
        Assert.False(UnicodeIdentifiers.IsPart(codePoint));
    }

    [Fact]
    public void Both_sets_are_as_large_as_Unicode_says()
    {
        var all = Enumerable.Range(0, 0x110000).ToList();

        // The sizes of ID_Start and ID_Continue in Unicode 17; $ and _ come on top, and the joiners are in ID_Continue since 15.1.
        Assert.Equal(145_916 + 2, all.Count(UnicodeIdentifiers.IsStart));
        Assert.Equal(149_240 + 1, all.Count(UnicodeIdentifiers.IsPart));
        Assert.All(all.Where(UnicodeIdentifiers.IsStart), codePoint => Assert.True(UnicodeIdentifiers.IsPart(codePoint)));
    }

    [Fact]
    public void White_space_is_the_space_separators_and_five_more()
    {
        var expected = Enumerable
            .Range(0, 0x10000)
            .Where(codePoint => CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.SpaceSeparator || codePoint is '\t' or '\v' or '\f' or 0xFEFF);

        Assert.Equal(expected, Enumerable.Range(0, 0x10000).Where(UnicodeIdentifiers.IsWhiteSpace));
    }

    [Theory]
    [InlineData('\n', true)]
    [InlineData('\r', true)]
    [InlineData('\u2028', true)]
    [InlineData('\u2029', true)]
    [InlineData('\u0085', false)]
    [InlineData(' ', false)]
    public void Four_characters_end_a_line(int codePoint, bool isEnd) => Assert.Equal(isEnd, UnicodeIdentifiers.IsLineTerminator(codePoint));
}
