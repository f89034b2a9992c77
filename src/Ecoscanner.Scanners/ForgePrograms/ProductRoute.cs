using System.Collections.Immutable;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>A route, as far as it is known.</summary>
/// <param name="Segments">Those of the path, <c>*</c> for what is only known when it runs: of a segment, or a part of it.</param>
/// <param name="Parameters">Names of the query's parameters, with <c>*</c> likewise.</param>
/// <param name="IsWhole">Whether no segments may follow.</param>
public sealed record ProductRoute(ImmutableArray<string> Segments, ImmutableArray<string> Parameters, bool IsWhole)
{
    private const char Hole = '\uFFFC';
    private const char Wildcard = '*';

    // What stands before the name of a resource. What follows it there, and is not known, may be any path.
    private static readonly ImmutableHashSet<string> Prefixes =
    [
        .. "rest wiki api ex jira confluence 1.0 2.0 1 2 3 v1 v2 latest agile servicedeskapi 2.0".Split(' '),
    ];

    public static ProductRoute Anything { get; } = new([], [], IsWhole: false);

    public bool Equals(ProductRoute? other) =>
        other is not null
        && IsWhole == other.IsWhole
        && Segments.SequenceEqual(other.Segments, StringComparer.Ordinal)
        && Parameters.SequenceEqual(other.Parameters, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Segments.Length, Segments.LastOrDefault(), Parameters.Length, IsWhole);

    public override string ToString() =>
        $"/{string.Join('/', Segments)}{(IsWhole ? "" : "/…")}{(Parameters.IsEmpty ? "" : "?" + string.Join('&', Parameters))}";

    /// <summary>What a value says of the route; null where it says nothing.</summary>
    internal static ProductRoute? Of(Value value) => value.Pieces is { Count: > 0 } pieces ? Of(string.Join(Hole, pieces)) : null;

    private static ProductRoute? Of(string text)
    {
        if (text.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme && !text[..scheme].Contains('/', StringComparison.Ordinal))
        {
            text = text.IndexOf('/', scheme + 3) is > 0 and var slash ? text[slash..] : "";
        }

        if (text is [Hole, ..])
        {
            return null;
        }

        var end = text.AsSpan().IndexOfAny('?', '#');
        var (path, query) = end < 0 ? (text, "") : (text[..end], text[end] == '?' ? text[(end + 1)..].Split('#')[0] : "");
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Shown).ToImmutableArray();
        // Text with something at its end: a query, an id or more of the path.
        var isWhole = !path.EndsWith(Hole) || segments[^1] is "*";
        if (isWhole && segments is [.. var before, "*"] && before.All(Prefixes.Contains))
        {
            (segments, isWhole) = (before, false);
        }

        return new(
            segments,
            [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => Shown(part.Split('=')[0])).Distinct(StringComparer.Ordinal)],
            isWhole
        );
    }

    private static string Shown(string text)
    {
        var shown = text.Replace(Hole, Wildcard);
        return shown.AsSpan().ContainsAnyExcept(Wildcard) ? shown : shown[..1];
    }
}
