using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Values;

public sealed class FlowModelTests
{
    [Theory]
    [InlineData("f: arg0", "'arg0' is no statement")]
    [InlineData("f: x < arg0", "'x' is no place")]
    [InlineData("f: arg10 < arg0", "'arg10' is no place")]
    [InlineData("f: return < arg0(x)", "'(x)' is no step")]
    [InlineData("f: return < arg0.", "'.' is no step")]
    [InlineData("f: return < arg0.a.b.c.d.e.f.g", "has too many steps")]
    public void What_is_no_model_is_said(string line, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => FlowModel.Parse(line).ToList()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a, b.c: return < arg0", 2)]
    [InlineData("a:", 1)]
    [InlineData("a: call arg0.@@replace; convert this[]; this.%on{0} < arg1; return = Array", 1)]
    public void Models_are_read(string line, int count) => Assert.Equal(count, FlowModel.Parse(line).Count());
}
