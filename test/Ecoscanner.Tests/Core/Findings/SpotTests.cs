using Ecoscanner.Findings;

namespace Ecoscanner.Tests.Core.Findings;

public sealed class SpotTests
{
    [Theory]
    [InlineData("GET https://App.example.com/page/12?x=1", "https://app.example.com/page/77")]
    [InlineData("https://app.example.com:443", "https://app.example.com/")]
    [InlineData("src/index.ts:3:7", "src/index.ts")]
    [InlineData("src/index.ts:3", "src/index.ts:99:1")]
    [InlineData("app.jar!/lib/a.jar", "app.jar")]
    [InlineData("package-lock.json#node_modules/a", "package-lock.json")]
    public void Places_that_mean_one_are_one(string one, string other) => Assert.Equal(Spot.Of(one), Spot.Of(other));

    [Theory]
    [InlineData("https://app.example.com/a", "https://app.example.com/b")]
    [InlineData("https://app.example.com:443", "https://app.example.com:8443")]
    [InlineData("http://app.example.com", "https://app.example.com")]
    [InlineData("src/a.ts", "src/b.ts")]
    public void Places_that_differ_are_not(string one, string other) => Assert.NotEqual(Spot.Of(one), Spot.Of(other));

    [Fact]
    public void A_finding_is_where_its_scanner_covers() =>
        Assert.Equal(
            Spot.Of("POST https://app.example.com/installed"),
            Spot.Of(Location.OfEndpoint("POST", new Uri("https://app.example.com/installed?a=b"), null))
        );
}
