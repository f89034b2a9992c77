using Ecoscanner.Apps;
using Ecoscanner.Findings;

namespace Ecoscanner.Service.Findings;

/// <summary>The places that a run shows an app to have: all of them, so that what is none of them is no part of the app.</summary>
internal sealed class AppPlaces
{
    private const string Filled = "{}";

    // Paths are filled at a few positions; where they are filled at so many, what the app has not cannot be told in time.
    private const int MostShapes = 100;

    private readonly HashSet<string> places = new(StringComparer.Ordinal);
    private readonly HashSet<string> origins = new(StringComparer.Ordinal);
    private readonly HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Shape> shapes = new(StringComparer.Ordinal);

    private AppPlaces(Extent extent)
    {
        foreach (var place in extent.Places)
        {
            var spot = Spot.Of(place);
            if (OriginOf(spot) is not { } origin)
            {
                continue;
            }

            origins.Add(origin);
            hosts.Add(HostOf(origin));
            var segments = spot.Split('/').Select(segment => segment.Contains("%7B%7D", StringComparison.OrdinalIgnoreCase) ? Filled : segment).ToArray();
            places.Add(string.Join('/', segments));
            var positions = segments.Index().Where(segment => segment.Item == Filled).Select(segment => segment.Index).ToArray();
            if (positions.Length > 0)
            {
                shapes.TryAdd($"{segments.Length} {string.Join(' ', positions)}", new Shape(segments.Length, positions));
            }
        }
    }

    /// <summary>Of what the app itself serves at the address that the platform knows; null where that does not tell all of it.</summary>
    public static AppPlaces? Of(Extent? extent, string? served) =>
        extent is not null
        && Uri.TryCreate(served, UriKind.Absolute, out var url)
        && url.AbsoluteUri == extent.Document
        && new AppPlaces(extent) is { shapes.Count: <= MostShapes } places
            ? places
            : null;

    /// <summary>True where a finding is at a place of the app, or at none that its descriptor would name, as a file.</summary>
    public bool Has(KnownFinding finding)
    {
        if (OriginOf(finding.Spot) is not { } origin)
        {
            return true;
        }

        if (!IsEndpoint(finding.PlaceIdentity))
        {
            // A host that is named with https is asked in plain HTTP too, named or not.
            return origin.StartsWith("http:", StringComparison.Ordinal) ? hosts.Contains(HostOf(origin)) : origins.Contains(origin);
        }

        return places.Contains(finding.Spot) || (finding.Spot.Split('/') is var segments && shapes.Values.Any(shape => places.Contains(shape.Fill(segments))));
    }

    // "GET /page"; of a host it is the address.
    private static bool IsEndpoint(string identity) =>
        identity.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space && identity.AsSpan(0, space).IndexOfAnyExceptInRange('A', 'Z') < 0;

    private static string? OriginOf(string spot)
    {
        var scheme = spot.IndexOf("://", StringComparison.Ordinal);
        var path = scheme <= 0 ? -1 : spot.IndexOf('/', scheme + 3);
        return path < 0 ? null : spot[..path];
    }

    private static string HostOf(string origin)
    {
        var start = origin.IndexOf("://", StringComparison.Ordinal) + 3;
        return origin[start..origin.LastIndexOf(':')];
    }

    /// <summary>Where paths of so many segments are filled.</summary>
    private sealed record Shape(int Segments, int[] Positions)
    {
        /// <summary>The path as it is written before it is filled; of another length it stays what it is.</summary>
        public string Fill(string[] segments)
        {
            if (segments.Length != Segments)
            {
                return "";
            }

            var filled = (string[])segments.Clone();
            foreach (var position in Positions)
            {
                filled[position] = Filled;
            }

            return string.Join('/', filled);
        }
    }
}
