using Ecoscanner.Apps;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>A scheme, host and port that an app's descriptor or manifest names, and by what.</summary>
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

    /// <summary>Every origin of the app, each once.</summary>
    public static IReadOnlyList<AppOrigin> Of(App app) =>
        [
            .. app
                .Urls.Where(named => named.Url.Scheme is "https" or "http")
                .GroupBy(named => (named.Url.Scheme, Host: named.Url.IdnHost.ToLowerInvariant(), named.Url.Port))
                .Select(group => new AppOrigin(
                    group.Key.Scheme,
                    group.Key.Host,
                    group.Key.Port,
                    [.. group.Select(named => named.NamedBy).Distinct(StringComparer.Ordinal)]
                )),
        ];
}
