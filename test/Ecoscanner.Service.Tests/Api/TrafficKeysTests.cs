using System.Net;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Service.Tests.Api;

public sealed class TrafficKeysTests
{
    [Fact]
    public async Task Whoever_gets_traffic_finds_the_keys_that_signed_it()
    {
        Assert.SkipWhen(Ed25519.UnavailableReason is not null, Ed25519.UnavailableReason ?? "");
        await using var site = await ApiSite.StartAsync(change: options => options with { Origin = new Uri("https://ecoscanner.example") });
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(site.Url, "/.well-known/http-message-signatures-directory"), ApiSite.Stop);
        Assert.Equal((HttpStatusCode.OK, KeyDirectory.MediaType), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        var directory = KeyDirectory.Parse(await answer.Content.ReadAsByteArrayAsync(ApiSite.Stop));
        Assert.Equal(site.Platform.TrafficKeys!.Current.KeyId, Assert.Single(directory.Keys).KeyId);
        Assert.True(answer.Headers.Contains("Signature") && answer.Headers.Contains("Signature-Input") && answer.Headers.Contains("Content-Digest"));
    }

    [Fact]
    public async Task A_service_without_an_origin_has_none()
    {
        await using var site = await ApiSite.StartAsync();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(site.Url, "/.well-known/http-message-signatures-directory"), ApiSite.Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("--origin", await answer.Content.ReadAsStringAsync(ApiSite.Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://ecoscanner.example")]
    [InlineData("https://ecoscanner.example/path")]
    public async Task An_origin_that_is_none_does_not_start(string origin)
    {
        Assert.SkipWhen(Ed25519.UnavailableReason is not null, Ed25519.UnavailableReason ?? "");
        var e = await Assert.ThrowsAsync<SiteException>(() => ApiSite.StartAsync(change: options => options with { Origin = new Uri(origin) }));
        Assert.Contains("no https origin", e.Message, StringComparison.Ordinal);
    }
}
