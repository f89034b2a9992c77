using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Service.Findings;

namespace Ecoscanner.Service.Tests.Findings;

public sealed class AppPlacesTests
{
    private const string Url = "https://app.example.com/atlassian-connect.json";

    private static readonly IReadOnlyList<string> Named =
    [
        Url,
        "https://app.example.com/base",
        "GET https://app.example.com/page/%7B%7D",
        "GET https://app.example.com/space/%7B%7D/wiki-%7B%7D/end",
        "POST https://hooks.example.com:8443/hook",
    ];

    [Theory]
    [InlineData("GET", "https://app.example.com/page/12?jwt=x", true)]
    // Another scan fills it with what its test tenant has.
    [InlineData("GET", "https://app.example.com/page/DEMO", true)]
    [InlineData("GET", "https://app.example.com/space/DEMO/wiki-7/end", true)]
    [InlineData("GET", "https://app.example.com/space/DEMO/wiki-7/other", false)]
    [InlineData("GET", "https://app.example.com/page", false)]
    [InlineData("GET", "https://app.example.com/page/12/more", false)]
    [InlineData("GET", "https://app.example.com/base", true)]
    [InlineData("GET", "https://app.example.com/", false)]
    [InlineData("GET", "https://app.example.com:8443/base", false)]
    [InlineData("GET", "http://app.example.com/base", false)]
    [InlineData("POST", "https://hooks.example.com:8443/hook", true)]
    [InlineData("GET", "https://hooks.example.com/hook", false)]
    public void An_endpoint_is_a_place_of_the_app_where_the_descriptor_names_it(string method, string url, bool isPart) =>
        Assert.Equal(isPart, Has(Location.OfEndpoint(method, new Uri(url), "generalPages/page")));

    [Theory]
    [InlineData("https", "app.example.com", 443, true)]
    [InlineData("https", "APP.example.com", 443, true)]
    [InlineData("https", "app.example.com", 8443, false)]
    [InlineData("https", "hooks.example.com", 8443, true)]
    // Whoever is named with https is asked in plain HTTP too.
    [InlineData("http", "app.example.com", 80, true)]
    [InlineData("http", "hooks.example.com", 80, true)]
    [InlineData("https", "old.example.com", 443, false)]
    [InlineData("http", "old.example.com", 80, false)]
    public void A_host_is_a_place_of_the_app_where_the_descriptor_names_it(string scheme, string host, int port, bool isPart) =>
        Assert.Equal(isPart, Has(Location.OfHost(scheme, host, port)));

    [Fact]
    public void What_lies_in_a_file_is_no_place_that_a_descriptor_names()
    {
        Assert.True(Has(Location.OfFile("atlassian-connect.json", "/authentication/type")));
        Assert.True(Has(Location.OfFile("GET /page", "x")));
        Assert.True(Has(Location.OfPackage("app.jar", "pkg:maven/a/b", "CVE-1", "a:b@1")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://app.example.com/staging/atlassian-connect.json")]
    [InlineData("http://app.example.com/atlassian-connect.json")]
    public void Another_descriptor_than_the_hostings_tells_nothing(string? served) => Assert.Null(AppPlaces.Of(new Extent(Url, Named), served));

    [Fact]
    public void An_address_that_is_written_in_another_way_is_the_same() =>
        Assert.NotNull(AppPlaces.Of(new Extent(Url, Named), "https://APP.example.com:443/atlassian-connect.json"));

    [Fact]
    public void A_descriptor_that_is_filled_everywhere_tells_nothing()
    {
        var many = Enumerable.Range(1, 200).Select(i => $"GET https://app.example.com{string.Concat(Enumerable.Repeat("/a", i))}/%7B%7D");
        Assert.Null(AppPlaces.Of(new Extent(Url, [.. Named, .. many]), Url));
    }

    private static bool Has(Location location) =>
        AppPlaces.Of(new Extent(Url, Named), Url)!.Has(new KnownFinding { PlaceIdentity = location.Identity, Spot = Spot.Of(location) });
}
