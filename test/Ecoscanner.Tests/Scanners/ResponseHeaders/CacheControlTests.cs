using Ecoscanner.Scanners.ResponseHeaders;

namespace Ecoscanner.Tests.Scanners.ResponseHeaders;

public sealed class CacheControlTests
{
    [Theory]
    [InlineData("no-store", true)]
    [InlineData("No-Store", true)]
    [InlineData("private, no-store, max-age=0", true)]
    [InlineData("max-age=0,no-store", true)]
    [InlineData("no-cache=\"a, b\", no-store", true)]
    [InlineData("x=\"a\\\", no-store\", no-store", true)]
    [InlineData("no-cache", false)]
    [InlineData("private, max-age=0, must-revalidate", false)]
    [InlineData("private=\"x, no-store\"", false)]
    [InlineData("x=\"unclosed, no-store", false)]
    [InlineData("no-storefront", false)]
    [InlineData("", false)]
    public void Only_no_store_forbids_storing(string header, bool forbids) => Assert.Equal(forbids, CacheControl.ForbidsStoring([header]));

    [Fact]
    public void Several_headers_are_one_list() => Assert.True(CacheControl.ForbidsStoring(["private", "no-store"]));
}
