using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;

namespace Ecoscanner.Tests.Core.Advisories;

public sealed class VersionRangeTests
{
    private static readonly VersionOrder Order = VersionOrder.Of(Ecosystem.Maven);

    [Theory]
    [InlineData("1.0", true, "2.0", false, "1", true)]
    [InlineData("1.0", true, "2.0", false, "2-rc1", true)]
    [InlineData("1.0", true, "2.0", false, "2", false)]
    [InlineData("1.0", true, "2.0", true, "2.0.0.Final", true)]
    [InlineData("1.0", false, "2.0", true, "1", false)]
    [InlineData(null, true, "2.0", false, "0.0.1-alpha", true)]
    [InlineData("1.0", true, null, false, "99999999999999999999999", true)]
    [InlineData("1.0", true, null, false, "1.0-SNAPSHOT", false)]
    public void A_version_stands_in_a_range_by_its_order(string? from, bool includesFrom, string? to, bool includesTo, string version, bool expected) =>
        Assert.Equal(expected, new VersionRange(from, includesFrom, to, includesTo).Contains(Order.Key(version)!.Value, Order));

    [Theory]
    [InlineData("2.0", true, "1.0", true, "the range ends at '1.0', before it begins at '2.0'")]
    [InlineData("1.0", true, "1", false, "the range ends at '1', before it begins at '1.0'")]
    [InlineData("${v}", true, null, true, "'${v}' is no version")]
    [InlineData(null, true, "${v}", true, "'${v}' is no version")]
    public void A_range_that_holds_no_version_is_refused(string? from, bool includesFrom, string? to, bool includesTo, string problem)
    {
        var range = new VersionRange(from, includesFrom, to, includesTo);
        Assert.Equal(problem, range.Problem(Order));
        Assert.False(range.Contains(Order.Key("1.0")!.Value, Order) && range.Contains(Order.Key("2.0")!.Value, Order));
    }

    [Fact]
    public void A_range_of_one_version_is_none_that_is_refused() => Assert.Null(VersionRange.Only("1.0").Problem(Order));
}
