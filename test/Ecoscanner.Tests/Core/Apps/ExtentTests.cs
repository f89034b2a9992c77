using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class ExtentTests
{
    private static readonly Uri Url = new("https://app.example.com/atlassian-connect.json");

    [Fact]
    public void It_has_every_place_that_the_descriptor_names_and_leaves_open_what_is_filled()
    {
        var extent = Read(
            """
            {"key": "a", "name": "A", "baseUrl": "https://app.example.com/base", "authentication": {"type": "jwt"},
             "regionBaseUrls": {"EU": "https://eu.example.com/base"}, "lifecycle": {"installed": "/installed"},
             "modules": {
               "generalPages": [{"key": "a", "url": "/space/{space.key}/page-${page.id}?user={user.id}"}, {"key": "b", "url": "https://other.example.com/b#c"}],
               "webhooks": [{"event": "jira:issue_updated", "url": "/hook?key={issue.key}"}],
               "jiraProjectTabPanels": [{"key": "c", "url": "/icon", "icon": {"url": "https://cdn.example.net/picture.png"}}]
             }}
            """
        );
        Assert.Equal(Url.AbsoluteUri, extent!.Document);
        Assert.Equal(
            [
                "GET https://app.example.com/base/icon",
                "GET https://app.example.com/base/space/%7B%7D/page-%7B%7D",
                "GET https://other.example.com/b",
                "POST https://app.example.com/base/hook",
                "POST https://app.example.com/base/installed",
                "https://app.example.com/atlassian-connect.json",
                "https://app.example.com/base",
                "https://eu.example.com/base",
            ],
            extent.Places.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("""{"key": "a", "baseUrl": "https://app.example.com", "modules": {"generalPages": [{"key": "a", "url": "/a"}]}}""", true)]
    [InlineData("""{"key": "a", "baseUrl": "https://app.example.com", "scopes": 1, "authentication": {}}""", true)]
    [InlineData("""{"key": "a", "baseUrl": "https://app.example.com", "modules": {"generalPages": [{"key": "a", "url": "/a/../b"}]}}""", true)]
    [InlineData("""{"key": "a", "baseUrl": "https://app.example.com", "modules": {"generalPages": [{"key": "a", "url": "ftp://a/"}]}}""", false)]
    [InlineData("""{"key": "a", "baseUrl": "https://app.example.com", "modules": {"generalPages": [{"key": "a", "url": ""}]}}""", false)]
    [InlineData("""{"key": "a", "baseUrl": "https://app.example.com", "modules": {"generalPages": 1}}""", false)]
    [InlineData("""{"key": "a", "baseUrl": "https://app.example.com", "modules": []}""", false)]
    [InlineData("""{"key": "a", "baseUrl": "https://app.example.com", "lifecycle": 1}""", false)]
    [InlineData("""{"key": "a", "baseUrl": "https://app.example.com", "regionBaseUrls": {"EU": "?"}}""", false)]
    public void It_is_told_where_no_URL_was_left_out(string descriptor, bool isTold) => Assert.Equal(isTold, Read(descriptor) is not null);

    [Fact]
    public void A_descriptor_of_more_links_than_are_read_tells_none()
    {
        var links = string.Join(", ", Enumerable.Range(0, ConnectLinks.MaximumLinks + 1).Select(i => $$"""{"key": "k{{i}}", "url": "/p{{i}}"}"""));
        Assert.Null(Read($$$"""{"key": "a", "baseUrl": "https://app.example.com", "modules": {"generalPages": [{{{links}}}]}}"""));
    }

    [Fact]
    public void A_file_tells_none() => Assert.Null(Descriptors.Read("""{"key": "a", "baseUrl": "https://app.example.com"}""").Extent);

    private static Extent? Read(string descriptor) => ConnectDescriptorReader.Read(System.Text.Encoding.UTF8.GetBytes(descriptor), Url.AbsoluteUri, Url).Extent;
}
