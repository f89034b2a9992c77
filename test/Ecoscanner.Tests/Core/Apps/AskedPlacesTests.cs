using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class AskedPlacesTests
{
    private static readonly ConnectApp App = Descriptors.Read(
        """
        {"key": "k", "name": "n", "baseUrl": "https://app.example.com/base", "authentication": {"type": "jwt"},
         "lifecycle": {"installed": "/installed"},
         "modules": {
           "generalPages": [
             {"key": "a", "url": "/page?issue={issue.id}", "name": {"value": "A"}},
             {"key": "b", "url": "/of/{space.key}/page", "name": {"value": "B"}},
             {"key": "c", "url": "/other", "name": {"value": "C"}}],
           "webhooks": [{"event": "jira:issue_created", "url": "/hook"}]}}
        """
    );

    [Theory]
    [InlineData("GET https://app.example.com/base/page", "a")]
    [InlineData("https://app.example.com/base/page?issue=17", "a")]
    [InlineData("https://app.example.com/", "")]
    [InlineData("GET https://app.example.com/base/of/ECO/page", "b")]
    [InlineData("GET https://app.example.com/base/of/OWN/page", "b")]
    [InlineData("GET https://app.example.com/base/of/OWN/other", "")]
    [InlineData("GET https://app.example.com/base/deeper/of/OWN/page", "")]
    [InlineData("POST https://app.example.com/base/hook", "jira:issue_created")]
    [InlineData("https://app.example.com:443", "a b c installed jira:issue_created")]
    [InlineData("https://other.example.com:443", "")]
    [InlineData("GET https://other.example.com/base/page", "")]
    [InlineData("atlassian-connect.json", "")]
    public void An_app_is_asked_at_these_places_and_at_no_other(string place, string links) =>
        Assert.Equal(links, string.Join(' ', App.Only(new AskedPlaces([place])).Links.Select(link => link.ModuleKey).Order(StringComparer.Ordinal)));

    [Fact]
    public void What_else_is_known_of_the_app_stays() =>
        Assert.Equal(App, App.Only(new AskedPlaces(["GET https://app.example.com/"])) with { Links = App.Links, RegionBaseUrls = App.RegionBaseUrls });
}
