using Ecoscanner.Apps;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>A scheme, host and port that an app's descriptor names, and by what.</summary>
/// <param name="Scheme"><c>https</c> or <c>http</c>.</param>
/// <param name="Host">ASCII, IPv6 without brackets.</param>
/// <param name="Port">1-65535.</param>
/// <param name="NamedBy">What names it: "baseUrl", "region EU", "generalPages/start"; each once, in the order of the descriptor.</param>
internal sealed record AppOrigin(string Scheme, string Host, int Port, IReadOnlyList<string> NamedBy)
{
    public Location Location => Location.OfHost(Scheme, UrlHost, Port);

    /// <summary>The host as URLs write it.</summary>
    public string UrlHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>As findings write it: <c>https://app.example.com:443</c>.</summary>
    public string Place => Location.ToString();

    /// <summary>Whether a URL is of this origin.</summary>
    public bool Serves(Uri url) => url.Scheme == Scheme && url.Port == Port && url.IdnHost.Equals(Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Every origin of the app, each once. Pages that a browser merely opens (documentation, pictures) count only on the app's own hosts.</summary>
    public static IReadOnlyList<AppOrigin> Of(ConnectApp app) =>
        [
            .. Named(app)
                .Where(named => named.Url.Scheme is "https" or "http")
                .GroupBy(named => (named.Url.Scheme, Host: named.Url.IdnHost.ToLowerInvariant(), named.Url.Port))
                .Select(group => new AppOrigin(
                    group.Key.Scheme,
                    group.Key.Host,
                    group.Key.Port,
                    [.. group.Select(named => named.By).Distinct(StringComparer.Ordinal)]
                )),
        ];

    private static IEnumerable<(Uri Url, string By)> Named(ConnectApp app)
    {
        if (app.DescriptorUrl is { } descriptor)
        {
            yield return (descriptor, "descriptor");
        }

        yield return (app.BaseUrl, "baseUrl");
        foreach (var (region, url) in app.RegionBaseUrls)
        {
            yield return (url, $"region {region}");
        }

        foreach (var link in app.Links.Where(link => link.Kind != LinkKind.Static || IsOwn(app, link.Url)))
        {
            yield return (link.Url, link.Component);
        }
    }

    private static bool IsOwn(ConnectApp app, Uri url) =>
        app.RegionBaseUrls.Values.Append(app.BaseUrl).Append(app.DescriptorUrl ?? app.BaseUrl).Any(own => own.IdnHost == url.IdnHost);
}
