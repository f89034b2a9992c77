using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Text;

public sealed class TextSpanTests
{
    [Fact]
    public void A_span_is_as_long_as_its_ends_are_apart() => Assert.Equal(3, new TextSpan(4, 7).Length);
}
