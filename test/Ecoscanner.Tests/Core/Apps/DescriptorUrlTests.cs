using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class DescriptorUrlTests
{
    [Theory]
    // Appended to the base URL's path, as the products do it, and never resolved against it.
    [InlineData("/panel", "https://app.example.com/ctx/panel")]
    [InlineData("panel", "https://app.example.com/ctx/panel")]
    [InlineData("/", "https://app.example.com/ctx/")]
    [InlineData("?x=1", "https://app.example.com/ctx?x=1")]
    [InlineData("/panel/?x=1#top", "https://app.example.com/ctx/panel/?x=1")]
    [InlineData("#top", "https://app.example.com/ctx")]
    [InlineData("https://app.example.com/full", "https://app.example.com/full")]
    [InlineData("HTTPS://APP.example.com/Full", "https://app.example.com/Full")]
    [InlineData("https://app.example.com?x=1", "https://app.example.com/?x=1")]
    [InlineData("//app.example.com:8443/p", "https://app.example.com:8443/p")]
    // Spelled as written: a rewritten path has another hash.
    [InlineData("/a//b", "https://app.example.com/ctx/a//b")]
    [InlineData("/a/../b/./c", "https://app.example.com/ctx/a/../b/./c")]
    [InlineData("/%61%7e%2F%2e%2e", "https://app.example.com/ctx/%61%7e%2F%2e%2e")]
    [InlineData("/p?q=%41+b&r=a:b/c?d", "https://app.example.com/ctx/p?q=%41+b&r=a:b/c?d")]
    [InlineData("/it's(1)*!,;=@", "https://app.example.com/ctx/it's(1)*!,;=@")]
    // What no request line may hold is escaped.
    [InlineData("/a b?c d", "https://app.example.com/ctx/a%20b?c%20d")]
    [InlineData("/ü€😀", "https://app.example.com/ctx/%C3%BC%E2%82%AC%F0%9F%98%80")]
    [InlineData("/100%/%zz%4", "https://app.example.com/ctx/100%25/%25zz%254")]
    [InlineData("/a\\b|c\"<>^`", "https://app.example.com/ctx/a%5Cb%7Cc%22%3C%3E%5E%60")]
    [InlineData("/p?a[]=1", "https://app.example.com/ctx/p?a%5B%5D=1")]
    public void A_URL_is_joined_to_the_base_URL_and_else_left_as_it_is(string written, string url) =>
        Assert.Equal(url, Descriptors.ReadPage(written).Url.AbsoluteUri);

    [Fact]
    public void The_path_that_is_probed_is_the_path_that_is_signed()
    {
        var link = Descriptors.ReadPage("/%61/../b'?x=%41");

        Assert.Equal("/ctx/%61/../b'", link.Url.AbsolutePath);
        Assert.Equal("?x=%41", link.Url.Query);
        Assert.Equal("GET&/%61/../b%27&x=A", QueryStringHash.Canonical("GET", link.Url, new Uri("https://app.example.com/ctx")));
    }

    [Theory]
    [InlineData("/issue/{issue.id}/x", "/ctx/issue/10000/x")]
    [InlineData("/p?k={issue.key}&a={user.accountId}", "/ctx/p?k=ECO-1&a=ecoscanner-fake-user")]
    [InlineData("/p?k=${project.key}", "/ctx/p?k=ECO")]
    [InlineData("/p?admin={condition.user_is_admin}", "/ctx/p?admin=true")]
    [InlineData("/p?x={dashboardItem.viewType}", "/ctx/p?x=eco")]
    [InlineData("/{project.id}{project.id}", "/ctx/1000010000")]
    [InlineData("/p?x={a{issue.id}}", "/ctx/p?x=%7Ba10000%7D")]
    [InlineData("/p?x={issue.id", "/ctx/p?x=%7Bissue.id")]
    [InlineData("/p?x=issue.id}", "/ctx/p?x=issue.id%7D")]
    [InlineData("/p?x={}", "/ctx/p?x=%7B%7D")]
    [InlineData("/p?x={not a name}", "/ctx/p?x=%7Bnot%20a%20name%7D")]
    [InlineData("/p?cost=5$", "/ctx/p?cost=5$")]
    public void Context_variables_get_values_of_their_type(string written, string pathAndQuery)
    {
        var link = Descriptors.ReadPage(written);

        Assert.Equal(pathAndQuery, link.Url.PathAndQuery);
        Assert.Equal(written, link.Template);
    }

    [Theory]
    [InlineData("/create?issue={issue.key}&jwt={jwt}&addonkey=app", "/ctx/create?issue=ECO-1&addonkey=app")]
    [InlineData("/create?jwt=${jwt}", "/ctx/create")]
    [InlineData("/create?token={jwt}", "/ctx/create?token=")]
    [InlineData("/create?jwt=fixed", "/ctx/create?jwt=fixed")]
    public void The_token_that_the_product_fills_in_is_left_to_the_probe(string written, string pathAndQuery)
    {
        // GitHub's and GitLab's apps write "&jwt={jwt}". A made-up value would give each tokenless probe a token, and each signed one two.
        Assert.Equal(pathAndQuery, Descriptors.ReadPage(written).Url.PathAndQuery);
    }

    [Fact]
    public void Values_of_a_test_tenant_go_before_made_up_ones_and_cannot_leave_their_place()
    {
        var context = new Dictionary<string, string> { ["issue.key"] = "REAL-7", ["space.key"] = "../x?y=1&z#ü" };

        Assert.Equal("/ctx/REAL-7/..%2Fx%3Fy%3D1%26z%23%C3%BC", Descriptors.ReadPage("/{issue.key}/{space.key}", context).Url.PathAndQuery);
    }

    [Theory]
    [InlineData("javascript:alert(1)", "javascript")]
    [InlineData("JavaScript://app.example.com/%0aalert(1)", "javascript")]
    [InlineData("data:text/html,x", "data")]
    [InlineData("mailto:a@b.example", "mailto")]
    [InlineData("https:/one-slash", "//")]
    [InlineData("https:///no-host", "no host")]
    [InlineData("///no-host", "no host")]
    [InlineData("https://user:secret@app.example.com/", "user name or password")]
    [InlineData("https://app.example.com\\@evil.example/", "user name or password")]
    [InlineData("https://app.example.com\\.evil.example/", "no host")]
    [InlineData("https://app.example.com:99999/", "99999")]
    [InlineData("https://app.example.com:/", "port")]
    [InlineData("https://a..example/", "no host")]
    [InlineData("https://[::1%25eth0]/", "no host")]
    [InlineData("https://[::1/", "no host")]
    [InlineData("https://{issue.key}.example.com/", "no host")]
    [InlineData("https://аpp.example.com/", "ASCII")]
    [InlineData("/line\nbreak", "control characters")]
    [InlineData("", "empty")]
    public void A_URL_that_cannot_be_probed_is_a_gap_with_its_reason(string written, string reason)
    {
        var app = Descriptors.ReadModules($$"""{"generalPages": [{"key": "g", "url": {{System.Text.Json.JsonSerializer.Serialize(written)}}}]}""");

        Assert.Empty(app.Links);
        var problem = Assert.Single(app.Problems);
        Assert.Equal("/modules/generalPages/0/url", problem.Pointer);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Reason, StringComparison.Ordinal);
        Assert.True(problem.Reason.All(character => character is >= ' ' and <= '~'), problem.Reason);
    }

    [Fact]
    public void A_URL_longer_than_servers_take_is_a_gap()
    {
        var app = Descriptors.ReadModules($$"""{"generalPages": [{"key": "g", "url": "/{{new string('a', 9000)}}"}]}""");

        Assert.Empty(app.Links);
        Assert.Contains("8192", Assert.Single(app.Problems).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a/../b", "..")]
    [InlineData("/a/%2E%2e/b", "..")]
    [InlineData("//app.example.com/b", "//")]
    public void A_URL_that_means_different_things_to_different_readers_is_noted(string written, string reason)
    {
        var app = Descriptors.ReadModules($$"""{"generalPages": [{"key": "g", "url": "{{written}}"}]}""");

        Assert.Single(app.Links);
        Assert.Contains(reason, Assert.Single(app.Problems).Reason, StringComparison.Ordinal);
    }
}
