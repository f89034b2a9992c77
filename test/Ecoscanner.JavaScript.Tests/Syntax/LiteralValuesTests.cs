using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Syntax;

public sealed class LiteralValuesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(@"\b\f\n\r\t\v\'\""\\\q", "\b\f\n\r\t\v'\"\\q")]
    [InlineData(@"\x41\u0041\u{41}\u{0000041}", "AAAA")]
    [InlineData(@"\u{1F600}\uD83D\uDE00", "😀😀")]
    [InlineData(@"\0\00\101\377\400\0018\8\9", "\0\0A\u00ff\u00200\u00018" + "89")]
    [InlineData("a\\\r\nb\\\nc\\\rd\\\u2028e\\\u2029f", "abcdef")]
    [InlineData("a\r\nb", "a\r\nb")]
    [InlineData(@"\x4\u41\u{110000}\u{}\", @"x4u41u{110000}u{}\")]
    public void Escapes_of_strings_are_resolved(string text, string value) => Assert.Equal(value, LiteralValues.Unescape(text));

    [Fact]
    public void Half_a_pair_is_kept() => Assert.Equal("\ud800", LiteralValues.Unescape(@"\ud800"));

    [Fact]
    public void A_long_string_is_as_good_as_a_short_one() =>
        Assert.Equal(new string('A', 10_000), LiteralValues.Unescape(string.Concat(Enumerable.Repeat(@"\x41", 10_000))));

    [Theory]
    [InlineData(@"a\u{42}\0", "aB\0")]
    [InlineData("a\r\nb\rc\\\r\nd", "a\nb\ncd")]
    [InlineData(@"\01", null)]
    [InlineData(@"\1", null)]
    [InlineData(@"\8", null)]
    [InlineData(@"\xg", null)]
    [InlineData(@"\u{110000}", null)]
    public void A_templates_part_is_cooked(string text, string? value) => Assert.Equal(value, LiteralValues.Cook(text));

    [Fact]
    public void Lines_of_a_raw_template_end_with_line_feeds() => Assert.Equal("a\nb\nc\\\nd\\n", LiteralValues.Raw("a\r\nb\rc\\\r\nd\\n"));

    [Theory]
    [InlineData(@"'\07'", true)]
    [InlineData(@"'\1'", true)]
    [InlineData(@"'\8'", true)]
    [InlineData(@"'\08'", true)]
    [InlineData(@"'\0'", false)]
    [InlineData(@"'\0a\\1'", false)]
    [InlineData(@"'a'", false)]
    public void Old_octal_escapes_are_found(string literal, bool found) => Assert.Equal(found, LiteralValues.HasLegacyOctal(literal));

    [Theory]
    [InlineData(@"'\ud83d\ude00'", false)]
    [InlineData(@"'\ud83d'", true)]
    [InlineData(@"'\ude00\ud83d'", true)]
    [InlineData(@"'\u{1F600}'", false)]
    [InlineData(@"'\\ud83d'", false)]
    [InlineData("'a'", false)]
    public void Half_a_pair_is_found(string literal, bool found) => Assert.Equal(found, LiteralValues.HasLoneSurrogate(literal));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1_000.5e-1_0", 1000.5e-10)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("0xFf", 255)]
    [InlineData("0B1_01", 5)]
    [InlineData("0o17", 15)]
    [InlineData("017", 15)]
    [InlineData("089", 89)]
    [InlineData("08.5", 8.5)]
    [InlineData("0x20000000000001", 9007199254740992.0)]
    [InlineData("0x20000000000003", 9007199254740996.0)]
    [InlineData("0x2000000000000100000000000000", 9007199254740992.0 * 72057594037927936.0)]
    [InlineData("0x2000000000000100000000000001", 9007199254740994.0 * 72057594037927936.0)]
    public void Numbers_are_rounded_to_the_nearest(string literal, double value) => Assert.Equal(value, NumberValues.Of(literal));

    [Fact]
    public void The_largest_hexadecimal_numbers_are_as_large_as_numbers_get()
    {
        Assert.Equal(double.MaxValue, NumberValues.Of($"0xFFFFFFFFFFFFF8{new string('0', 242)}"));
        Assert.Equal(double.PositiveInfinity, NumberValues.Of($"0x{new string('F', 256)}"));
    }

    [Theory]
    [InlineData("1_000n", "1000")]
    [InlineData("0n", "0")]
    [InlineData("0xFFn", "255")]
    [InlineData("0b101n", "5")]
    [InlineData("0o7_7n", "63")]
    [InlineData("0xFFFFFFFFFFFFFFFFFFFFn", "1208925819614629174706175")]
    public void Big_integers_are_told_in_base_ten(string literal, string value) => Assert.Equal(value, NumberValues.OfBigInt(literal));

    [Theory]
    [InlineData("a &lt; b &amp;&amp; c", "a < b && c")]
    [InlineData("&nbsp;&yuml;&euro;&thetasym;&apos;", "\u00a0\u00ff€ϑ'")]
    [InlineData("&#65;&#x41;&#x1F600;", "AA😀")]
    [InlineData("&foo; &; & &#; &#x; &#xg; &#x110000; &amp", "&foo; &; & &#; &#x; &#xg; &#x110000; &amp")]
    [InlineData(@"\n", @"\n")]
    public void Entities_of_JSX_are_resolved(string text, string value) => Assert.Equal(value, LiteralValues.DecodeEntities(text));

    [Fact]
    public void JSX_knows_253_entities() => Assert.Equal(253, JsxEntities.Count);

    [Fact]
    public void Literals_say_their_values()
    {
        var values = SyntaxTree
            .Parse("'a\\n'; 0x10; 5n; true; /a[/]b/gi; x`a\\u{42}${0}\\u`")
            .Root.BodyItems.Select(statement => statement.Expression)
            .ToList();
        Assert.Equal("a\n", values[0].StringValue);
        Assert.Equal(16, values[1].NumberValue);
        Assert.Equal("5", values[2].BigIntValue);
        Assert.True(values[3].BooleanValue);
        Assert.Equal(("a[/]b", "gi"), (values[4].RegExpPattern, values[4].RegExpFlags));
        Assert.Equal(["aB", null], values[5].Quasi.Quasis.Select(quasi => quasi.CookedValue));
        Assert.Equal([@"a\u{42}", @"\u"], values[5].Quasi.Quasis.Select(quasi => quasi.RawValue));
    }

    [Theory]
    [InlineData("'a", "a")]
    [InlineData(@"'a\'", @"a'")]
    [InlineData("'", "")]
    public void A_string_that_does_not_end_has_the_value_so_far(string source, string value) =>
        Assert.Equal(value, SyntaxTree.Parse(source).Root.BodyItems[0].Expression.StringValue);
}
