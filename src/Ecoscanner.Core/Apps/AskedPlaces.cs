using Ecoscanner.Findings;

namespace Ecoscanner.Apps;

/// <summary>The only places at which an app is asked, such as those of a ticket: nobody is sent what proves nothing of it.</summary>
public sealed class AskedPlaces
{
    private const string Filled = "{}";

    private readonly HashSet<string> spots = new(StringComparer.Ordinal);
    private readonly HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="places">As findings name them: <c>https://host/path</c> is an endpoint, <c>https://host:443</c> a host with all that it serves; files are asked nothing.</param>
    public AskedPlaces(IEnumerable<string> places)
    {
        foreach (var place in places)
        {
            if (IsHost(place) && Uri.TryCreate(place, UriKind.Absolute, out var host))
            {
                hosts.Add(host.IdnHost);
            }
            else
            {
                spots.Add(Spot.Of(place));
            }
        }
    }

    /// <summary>True where a URL is among them.</summary>
    public bool Has(Uri url) => hosts.Contains(url.IdnHost) || spots.Contains(Spot.Of(url.AbsoluteUri));

    /// <summary>The same of a link, whatever its variables were filled with when the place was named.</summary>
    public bool Has(ConnectLink link) => Has(link.Url) || (link.Template.Contains('{', StringComparison.Ordinal) && spots.Any(spot => IsFilled(link, spot)));

    // An endpoint has a path, be it "/".
    private static bool IsHost(string place)
    {
        var scheme = place.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && place.AsSpan(scheme + 3).IndexOfAny("/?# ") < 0;
    }

    private static bool IsFilled(ConnectLink link, string spot)
    {
        // From the end, since a template may be relative to the base URL.
        var written = ContextVariables.Blank(link.Template.Split('?')[0]).Split('/');
        var (own, other) = (Spot.Of(link.Url.AbsoluteUri).Split('/'), spot.Split('/'));
        if (own.Length != other.Length)
        {
            return false;
        }

        for (var i = 1; i <= own.Length; i++)
        {
            var isFilled = i <= written.Length && written[^i].Contains(Filled, StringComparison.Ordinal);
            if (!isFilled && own[^i] != other[^i])
            {
                return false;
            }
        }

        return true;
    }
}
