using Ecoscanner.Apps;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.ResponseHeaders;

/// <summary>An answer to one of the URLs that the app names.</summary>
internal sealed record AppAnswer(Exchange Exchange, Uri Url, ConnectLink? Link)
{
    public Location Location => Location.OfEndpoint(Exchange.Method, Url, Link?.Component);

    public Location Host => Location.OfHost(Url.Scheme, Url.Host, Url.Port);

    public string Place => Location.ToString();

    public bool IsPage => MediaType is "text/html" or "application/xhtml+xml";

    public bool IsJson => MediaType == "application/json" || MediaType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>Why caches may keep it; null where they should not.</summary>
    public string? MayBeCached =>
        Link switch
        {
            { Cacheable: true } => "the descriptor declares it cacheable",
            { Audience: LinkAudience.Anyone } => "it is for anyone",
            _ => null,
        };

    private string MediaType => Values("Content-Type").FirstOrDefault("").Split(';', 2)[0].Trim().ToLowerInvariant();

    /// <summary>The values of a header, in the order of arrival.</summary>
    public IEnumerable<string> Values(string name) =>
        Exchange.Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    /// <summary>
    /// The exchanges that are answers of the app: paths of our own making say nothing about it, its descriptor is public by nature, and what failed
    /// with 404 or 5xx shows an error page.
    /// </summary>
    public static IEnumerable<AppAnswer> Of(App app, IEnumerable<Exchange> exchanges)
    {
        var links = (app.AsConnect()?.Links ?? []).ToLookup(link => WithoutQuery(link.Url), StringComparer.Ordinal);
        var bases = app.Urls.Where(named => named.Kind == AppUrlKind.Base).Select(named => WithoutQuery(named.Url)).ToHashSet(StringComparer.Ordinal);
        foreach (var exchange in exchanges.Where(exchange => exchange.Status is < 400 or 401 or 403))
        {
            if (!Uri.TryCreate(exchange.Url, UriKind.Absolute, out var url))
            {
                continue;
            }

            var place = WithoutQuery(url);
            var link = links[place].FirstOrDefault();
            if (link is not null || bases.Contains(place))
            {
                yield return new AppAnswer(exchange, url, link);
            }
        }
    }

    // Probes add tokens to the query.
    private static string WithoutQuery(Uri url) => url.GetLeftPart(UriPartial.Path);
}
