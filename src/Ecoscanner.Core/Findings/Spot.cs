namespace Ecoscanner.Findings;

/// <summary>
/// A place as coverage and closing compare it: the file, the endpoint or the host, whatever the line, the ids in the path, the query. The places that
/// scanners cover, those of verdicts and those of findings are written in three ways, and mean one.
/// </summary>
public static class Spot
{
    /// <summary>Of where a finding is.</summary>
    public static string Of(Location location) => Of(location.Path ?? location.Url ?? location.Identity);

    /// <summary>Of a place in words: <c>GET https://…</c>, <c>https://host:443</c>, <c>src/a.ts:3:7</c>, <c>app.jar!/lib/b.jar</c>.</summary>
    public static string Of(string place)
    {
        var space = place.IndexOf(' ', StringComparison.Ordinal);
        var address = space > 0 && place.AsSpan(0, space).IndexOfAnyExceptInRange('A', 'Z') < 0 ? place[(space + 1)..] : place;
        if (address.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            return $"{url.Scheme}://{url.IdnHost}:{url.Port}{PathTemplate.Of(url.AbsolutePath)}";
        }

        var end = address.AsSpan().IndexOfAny('!', '#');
        return WithoutNumber(WithoutNumber(end > 0 ? address[..end] : address));
    }

    private static string WithoutNumber(string place)
    {
        var colon = place.LastIndexOf(':');
        return colon > 0 && colon < place.Length - 1 && place.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? place[..colon] : place;
    }
}
