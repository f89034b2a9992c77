using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class ForgeServersTests
{
    private const string Remotes = """
        remotes:
          - key: main
            baseUrl: {EU: 'https://eu.example.com/app', default: 'https://example.com/app/'}
          - key: other
            baseUrl: https://other.example.com
          - key: later
            baseUrl: https://${HOST}
          - key: bad
            baseUrl: 'javascript:alert(1)'
        environment: {variables: [HOST]}

        """;

    [Fact]
    public void Remotes_are_reached_at_each_of_their_base_URLs()
    {
        var servers = Read(Remotes);
        Assert.Equal(
            ["https://example.com/app/ remote main", "https://eu.example.com/app remote main, region EU", "https://other.example.com/ remote other"],
            servers.Urls.Select(url => $"{url.Url.AbsoluteUri} {url.NamedBy}")
        );
        Assert.All(servers.Urls, url => Assert.Equal(AppUrlKind.Base, url.Kind));
        Assert.Collection(
            servers.Problems,
            problem => Assert.Contains("is known at deployment only", problem.Reason, StringComparison.Ordinal),
            problem => Assert.Contains("has the scheme javascript", problem.Reason, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("remote: main, route: {path: /notes}", "https://example.com/app/notes")]
    [InlineData("remote: main, route: {path: notes?x=1}", "https://example.com/app/notes?x=1")]
    [InlineData("remote: other", "https://other.example.com/")]
    [InlineData("remote: other, route: {path: 'https://evil.example/x'}", null)]
    [InlineData("remote: other, route: {path: '//evil.example/x'}", null)]
    [InlineData("remote: other, route: {path: '/${HOST}'}", null)]
    [InlineData("remote: later, route: {path: /x}", null)]
    [InlineData("remote: nowhere, route: {path: /x}", null)]
    [InlineData("service: box, route: {path: /x}", null)]
    public void A_route_stands_below_the_base_URL_of_no_region(string endpoint, string? url) =>
        Assert.Equal(url, Read($"{Remotes}modules: {{endpoint: [{{key: e, {endpoint}}}]}}\n").Routes.SingleOrDefault()?.Url.AbsoluteUri);

    [Fact]
    public void Connect_modules_are_the_Connect_app_that_the_platform_makes_of_them()
    {
        var servers = Read(
            Remotes,
            """
            connect: {key: com.example.notes, remote: main, authentication: jwt}
            """,
            """
            connectModules:
              jira:lifecycle:
                - key: lifecycle
                  installed: /installed
                  uninstalled: /uninstalled
              jira:generalPages:
                - key: notes
                  url: /notes?issue={issue.key}
                  name: {value: Notes}
              jira:adminPages:
                - key: settings
                  url: /settings
              jira:webItems:
                - key: manual
                  url: /manual
                  location: system.top.navigation.bar
                  cacheable: true
              confluence:webhooks:
                - key: hook
                  event: page_created
                  url: /hook
              jira:webhooks:
                - key: hook2
                  event: jira:issue_created
                  url: /hook2
              confluence:lifecycle:
                - {key: l2, event: enabled, remote: main, url: /enabled}
            """
        );
        var app = servers.Connect!;
        Assert.Equal(("com.example.notes", "jwt", "https://example.com/app/"), (app.Key, app.AuthenticationType, app.BaseUrl.AbsoluteUri));
        Assert.Equal("https://eu.example.com/app", app.RegionBaseUrls["EU"].AbsoluteUri);
        Assert.Equal(
            [
                "Install lifecycle/installed Product /app/installed",
                "Install lifecycle/uninstalled Product /app/uninstalled",
                "Lifecycle lifecycle/enabled Product /app/enabled",
                "Frame generalPages/notes Users /app/notes",
                "Frame adminPages/settings Administrators /app/settings",
                "Frame webItems/manual Anyone /app/manual",
                "Webhook webhooks/page_created Product /app/hook",
                "Webhook webhooks/jira:issue_created Product /app/hook2",
            ],
            app.Links.Select(link => $"{link.Kind} {link.Component} {link.Audience} {link.Url.AbsolutePath}")
        );
        Assert.Contains(servers.Urls, url => url is { NamedBy: "generalPages/notes", Kind: AppUrlKind.Other });
    }

    [Theory]
    [InlineData("", "app.connect names no remote")]
    [InlineData("connect: {key: c, remote: later}", "has no base URL that is known")]
    [InlineData("connect: {key: c, remote: nowhere}", "has no base URL that is known")]
    [InlineData("connect: {key: 'c d', remote: main}", "key is not 1 to 100 letters")]
    public void Connect_modules_without_a_known_address_are_a_gap(string connect, string reason)
    {
        var servers = Read(Remotes, connect, "connectModules: {'jira:generalPages': [{key: a, url: /a}]}");
        Assert.Null(servers.Connect);
        Assert.Contains(servers.Problems, problem => problem.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_hostile_module_ends_in_a_problem()
    {
        var deep = string.Concat(Enumerable.Repeat("{a: ", 50)) + "1" + new string('}', 50);
        var servers = Read(
            Remotes,
            "connect: {key: c, remote: main}",
            $"connectModules: {{'jira:generalPages': [{{key: a, url: 'https://', x: {deep}, x: 2, y: ~}}]}}"
        );
        Assert.NotEmpty(servers.Problems);
    }

    private static ForgeServers Read(string rest, string connect = "", string modules = "") =>
        ForgeServers.Of(Manifests.Read($"app:\n  id: ari:cloud:ecosystem::app/1\n  {connect}\n{rest}\n{modules}\n"), "Notes");
}
