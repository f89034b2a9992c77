using Ecoscanner.Apps;
using Ecoscanner.Scanners.TransportSecurity;

namespace Ecoscanner.Tests.Scanners.TransportSecurity;

public sealed class AppOriginTests
{
    [Fact]
    public void Every_host_and_port_is_named_once_with_what_names_it()
    {
        var app = new ConnectApp("app", "App", new Uri("https://app.example/base"))
        {
            Source = "test",
            DescriptorUrl = new Uri("https://APP.example:443/atlassian-connect.json"),
            RegionBaseUrls = new Dictionary<string, Uri>(StringComparer.Ordinal) { ["EU"] = new("https://eu.app.example:8443/") },
            Links =
            [
                Link("page", "https://app.example/page"),
                Link("page", "https://app.example/other"),
                Link("hook", "http://app.example:8080/hook"),
                Link("six", "https://[2001:db8::1]/page"),
                Link("idn", "https://b\u00fccher.example/page"),
                Link("mail", "mailto:someone@app.example"),
                Link("docs", "https://docs.example/", LinkKind.Static),
                Link("logo", "https://app.example:444/logo.png", LinkKind.Static),
            ],
        };
        Assert.Equal(
            [
                "https://app.example:443 descriptor,baseUrl,generalPages/page",
                "https://eu.app.example:8443 region EU",
                "http://app.example:8080 generalPages/hook",
                "https://[2001:db8::1]:443 generalPages/six",
                "https://xn--bcher-kva.example:443 generalPages/idn",
                "https://app.example:444 generalPages/logo",
            ],
            AppOrigin.Of(app).Select(origin => $"{origin.Place} {string.Join(',', origin.NamedBy)}")
        );
    }

    private static ConnectLink Link(string key, string url, LinkKind kind = LinkKind.Frame) =>
        new()
        {
            Module = "generalPages",
            ModuleKey = key,
            Pointer = "/modules/generalPages/0/url",
            Template = url,
            Url = new Uri(url),
            Kind = kind,
            Audience = LinkAudience.Users,
        };
}
