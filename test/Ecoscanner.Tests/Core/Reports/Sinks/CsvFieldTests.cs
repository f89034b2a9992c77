using Ecoscanner.Reports.Sinks;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports.Sinks;

public sealed class CsvFieldTests
{
    [Theory]
    [InlineData("plain, words", "\"plain, words\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("  -2", "\"'  -2\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("\t=1", @"""\u{9}=1""")]
    [InlineData("a=b", "\"a=b\"")]
    public void A_field_is_quoted_and_no_formula(string text, string field) => Assert.Equal(field, CsvField.Of(text));

    [Fact]
    public void No_text_leaves_its_field_or_begins_a_formula() =>
        Fuzz.Run(random =>
        {
            var text = HostileText.From(random);
            var field = CsvField.Of(text);
            HostileText.IsNotIn(field);
            var inside = field[1..^1];
            Assert.DoesNotContain('"', inside.Replace("\"\"", "", StringComparison.Ordinal));
            Assert.False(inside.TrimStart() is ['=' or '+' or '-' or '@' or '\t' or '\r', ..], field);
            var read = HostileText.Undone(inside.Replace("\"\"", "\"", StringComparison.Ordinal));
            Assert.Equal(text, read == text ? read : read[1..]);
        });
}
