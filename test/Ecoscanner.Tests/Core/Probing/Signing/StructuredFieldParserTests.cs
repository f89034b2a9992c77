using Ecoscanner.Probing.Signing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class StructuredFieldParserTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a=1", "a=1")]
    [InlineData("  a=1 ,\tb=2  ", "a=1, b=2")]
    [InlineData("a;x;y=?0", "a=?1;x;y=?0")]
    [InlineData("a=( 1   2 );b", "a=(1 2);b")]
    [InlineData("a=()", "a=()")]
    [InlineData("a=-15, b=1.50, c=-0.125", "a=-15, b=1.5, c=-0.125")]
    [InlineData("a=\"say \\\"hi\\\" \\\\\"", "a=\"say \\\"hi\\\" \\\\\"")]
    [InlineData("a=*t/o:k-en", "a=*t/o:k-en")]
    [InlineData("a=:aGVsbG8=:, b=::", "a=:aGVsbG8=:, b=::")]
    [InlineData("a=1, b=2, a=3", "a=3, b=2")]
    [InlineData("a;x=1;y=2;x=3", "a=?1;x=3;y=2")]
    [InlineData("s=(\"@method\" \"f\";key=\"k\");created=1;alg=\"ed25519\"", "s=(\"@method\" \"f\";key=\"k\");created=1;alg=\"ed25519\"")]
    public void A_dictionary_is_read_and_has_one_canonical_form(string text, string canonical) => Assert.Equal(canonical, Canonical(text));

    [Theory]
    [InlineData("A=1")]
    [InlineData("a=1,")]
    [InlineData("a=1 b=2")]
    [InlineData("a=1,,b=2")]
    [InlineData("a=")]
    [InlineData("a=(1")]
    [InlineData("a=(1,2)")]
    [InlineData("a=(1\"x\")")]
    [InlineData("a=((1))")]
    [InlineData("a=\"open")]
    [InlineData("a=\"bad \\n escape\"")]
    [InlineData("a=\"caf\u00e9\"")]
    [InlineData("a=\"two\nlines\"")]
    [InlineData("a=:aGVsbG8:")]
    [InlineData("a=:a b=:")]
    [InlineData("a=:aGVsbG8=")]
    [InlineData("a=?2")]
    [InlineData("a=1234567890123456")]
    [InlineData("a=1234567890123.1")]
    [InlineData("a=1.")]
    [InlineData("a=1.2345")]
    [InlineData("a=-")]
    [InlineData("a=@1659578233")]
    [InlineData("\u0000")]
    public void What_is_no_dictionary_is_refused(string text) => Assert.Throws<FormatException>(() => StructuredFieldParser.Dictionary(text));

    [Fact]
    public void What_is_larger_than_any_field_of_ours_is_refused()
    {
        Assert.Throws<FormatException>(() => StructuredFieldParser.Dictionary($"a=\"{new string('x', 20_000)}\""));
        Assert.Throws<FormatException>(() => StructuredFieldParser.Dictionary(string.Join(',', Enumerable.Range(0, 65).Select(i => $"k{i}"))));
        Assert.Throws<FormatException>(() => StructuredFieldParser.Dictionary($"a=({string.Join(' ', Enumerable.Repeat('1', 65))})"));
        Assert.Throws<FormatException>(() => StructuredFieldParser.Dictionary($"a;{string.Join(';', Enumerable.Range(0, 33).Select(i => $"k{i}"))}"));
    }

    [Fact]
    public void Any_text_is_a_dictionary_with_a_stable_form_or_refused() =>
        Fuzz.Run(random =>
        {
            var text = Fuzzing.Mutate("sig=(\"@method\" \"a\";key=\"b\");created=1;x=1.5;y=?0, c=:aGVsbG8=:, d=*token;e=\"\\\"\"", random);
            string canonical;
            try
            {
                canonical = Canonical(text);
            }
            catch (FormatException)
            {
                return;
            }

            Assert.Equal(canonical, Canonical(canonical));
        });

    private static string Canonical(string text) => string.Join(", ", StructuredFieldParser.Dictionary(text).Select(member => $"{member.Key}={member.Value}"));
}
