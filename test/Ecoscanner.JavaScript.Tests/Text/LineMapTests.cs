using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Text;

public sealed class LineMapTests
{
    [Theory]
    [InlineData("", 0, 1, 1)]
    [InlineData("ab", 1, 1, 2)]
    [InlineData("a\nb", 1, 1, 2)]
    [InlineData("a\nb", 2, 2, 1)]
    [InlineData("a\r\nb", 3, 2, 1)]
    [InlineData("a\rb", 2, 2, 1)]
    [InlineData("a\u2028b\u2029c", 4, 3, 1)]
    [InlineData("a\n", 2, 2, 1)]
    [InlineData("🙂a", 2, 1, 3)]
    public void A_place_has_a_line_and_a_column_from_one(string text, int offset, int line, int column) =>
        Assert.Equal(new LinePosition(line, column), new SourceText(text).Lines.PositionOf(offset));

    [Fact]
    public void Each_line_has_a_start() => Assert.Equal([0, 2, 5], Enumerable.Range(1, 3).Select(new SourceText("a\nb\r\nc").Lines.StartOf));
}
