using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Versions;

public sealed class RangeTextTests
{
    [Theory]
    [InlineData("[1,2),(,3]||=1.2", ">= 1, < 2 | <= 3 | = 1.2")]
    [InlineData("[0.7.0]", "= 0.7.0")]
    [InlineData("[2.3.7][3.0.9]", "= 2.3.7 | = 3.0.9")]
    [InlineData("[,13.0.0)", "< 13.0.0")]
    [InlineData("[0,)", "every version")]
    [InlineData("(1.0,)", "> 1.0")]
    [InlineData("(2.8.11.5, 2.9.10.3) , [4.0, 4.1)", "> 2.8.11.5, < 2.9.10.3 | >= 4.0, < 4.1")]
    public void Ranges_of_Maven_are_read(string text, string expected) => Check(Ecosystem.Maven, text, expected);

    [Theory]
    [InlineData(">=1 <2 || =3.0.0 || < 0.5", ">= 1, < 2 | = 3.0.0 | < 0.5")]
    [InlineData("<=1.0.2||<2.3.10", "<= 1.0.2 | < 2.3.10")]
    [InlineData(">= 3.0.0  <3.1.0", ">= 3.0.0, < 3.1.0")]
    [InlineData(">=0", "every version")]
    [InlineData("", "every version")]
    [InlineData("*", "every version")]
    [InlineData("2.0.x || 2.x", ">= 2.0.0-0, < 2.1.0-0 | >= 2.0.0-0, < 3.0.0-0")]
    [InlineData("4.0.0", "= 4.0.0")]
    [InlineData(">1.0.0 >=1.0.0 <2.0.0 <=2", "> 1.0.0, < 2.0.0")]
    public void Ranges_of_npm_are_read(string text, string expected) => Check(Ecosystem.Npm, text, expected);

    [Theory]
    [InlineData(Ecosystem.Maven, "[1,2", "'[1,2' never ends")]
    [InlineData(Ecosystem.Maven, "[1,[2,3]", "is no range")]
    [InlineData(Ecosystem.Maven, "(.2.244]", "is no range")]
    [InlineData(Ecosystem.Maven, "[2,1]", "the range ends at '1', before it begins at '2'")]
    [InlineData(Ecosystem.Maven, "[1,1)", "the range ends at '1', before it begins at '1'")]
    [InlineData(Ecosystem.Maven, "[1] 2", "'2' does not begin with [ or (")]
    [InlineData(Ecosystem.Npm, "~1.2.3", "'~1.2.3' is no comparison that is known")]
    [InlineData(Ecosystem.Npm, ">=2 <1", "the range ends at '1', before it begins at '2'")]
    [InlineData(Ecosystem.Npm, ">=latest", "'latest' is no version")]
    public void What_is_no_range_is_refused_with_a_reason(Ecosystem ecosystem, string text, string reason)
    {
        Assert.Empty(RangeText.Parse(ecosystem, text, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_without_end_are_refused()
    {
        Assert.Empty(RangeText.Parse(Ecosystem.Maven, string.Concat(Enumerable.Repeat("[1,2],", 1001)), out var many));
        Assert.Contains("more than 1000", many, StringComparison.Ordinal);
        Assert.Empty(RangeText.Parse(Ecosystem.Npm, new string('1', 30_000), out var large));
        Assert.Contains("more than 20000 characters", large, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_given_it_is_read_or_refused() =>
        Fuzz.Run(random =>
        {
            var ecosystem = (Ecosystem)random.Next(2);
            var order = VersionOrder.Of(ecosystem);
            var ranges = RangeText.Parse(
                ecosystem,
                Fuzzing.Mutate(random.Next(2) == 0 ? "[1,2),(,3],[4]" : ">=1.0.0-a.1 <2 || =3.x || 2.0.x", random),
                out var problem
            );
            Assert.True(ranges.IsEmpty == (problem is not null) || ranges.IsEmpty);
            Assert.All(ranges, range => Assert.Null(range.Problem(order)));
        });

    private static void Check(Ecosystem ecosystem, string text, string expected)
    {
        var ranges = RangeText.Parse(ecosystem, text, out var problem);
        Assert.Null(problem);
        Assert.Equal(expected, string.Join(" | ", ranges));
    }
}
