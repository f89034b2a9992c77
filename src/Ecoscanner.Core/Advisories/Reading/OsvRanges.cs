using System.Text.Json;
using Ecoscanner.Advisories.Versions;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Turns the events of an OSV range into stretches (OSV schema, "Evaluation").</summary>
internal static class OsvRanges
{
    // The most that real ones have is some 100.
    private const int MaxEvents = 10_000;

    private enum EventKind
    {
        // In the order in which they count at one version: what ends there, then what begins, then what ends after it.
        Fixed,
        Introduced,
        LastAffected,
    }

    /// <param name="lastKnown">GitHub's <c>last_known_affected_version_range</c>, such as <c>&lt;= 8.5.1</c>; ends what no event ends.</param>
    /// <param name="problem">Why the range says nothing; null where it does.</param>
    public static IReadOnlyList<VersionRange> Read(JsonElement range, string? lastKnown, VersionOrder order, out string? problem)
    {
        problem = Events(range, order, out var events, out var limit);
        if (problem is not null)
        {
            return [];
        }

        events.Sort(
            static (left, right) =>
            {
                var byVersion = left.Key.CompareTo(right.Key);
                return byVersion != 0 ? byVersion : left.Kind.CompareTo(right.Kind);
            }
        );
        var stretches = new List<VersionRange>();
        Event? open = null;
        foreach (var current in events)
        {
            if (current.Kind == EventKind.Introduced)
            {
                open ??= current;
            }
            else if (open is { } from)
            {
                stretches.Add(new(from.Version, IncludesFrom: true, current.Version, current.Kind == EventKind.LastAffected));
                open = null;
            }
            else if (stretches.Count == 0)
            {
                problem = $"the range ends at '{current.Version}', before it begins";
                return [];
            }
        }

        if (open is { } last)
        {
            stretches.Add(WithEnd(new(last.Version, IncludesFrom: true, null, IncludesTo: true), lastKnown, order));
        }

        return limit is null ? stretches : [.. stretches.Select(stretch => Limited(stretch, limit, order)).OfType<VersionRange>()];
    }

    private static string? Events(JsonElement range, VersionOrder order, out List<Event> events, out string? limit)
    {
        events = [];
        limit = null;
        foreach (var item in range.Items("events"))
        {
            if (events.Count == MaxEvents)
            {
                return $"a range of more than {MaxEvents} events";
            }

            if (item.Text("limit") is { } text)
            {
                // Of several the greatest counts; * is none.
                if (text != "*" && order.Key(text) is null)
                {
                    return $"'{text}' is no version";
                }

                limit =
                    limit == "*" || text == "*" ? "*"
                    : limit is null || order.Compare(text, limit) > 0 ? text
                    : limit;
                continue;
            }

            var found =
                item.Text("introduced") is { } introduced ? Event.Of(EventKind.Introduced, introduced, order)
                : item.Text("fixed") is { } fixedIn ? Event.Of(EventKind.Fixed, fixedIn, order)
                : item.Text("last_affected") is { } lastAffected ? Event.Of(EventKind.LastAffected, lastAffected, order)
                : null;
            if (found is not { } known)
            {
                return $"{(item.GetRawText() is { Length: < 100 } raw ? raw : "an event")} names no version";
            }

            events.Add(known);
        }

        limit = limit == "*" ? null : limit;
        return events.Exists(e => e.Kind == EventKind.Introduced) ? null : "no event says where the range begins";
    }

    private static VersionRange WithEnd(VersionRange range, string? lastKnown, VersionOrder order)
    {
        var (length, includesTo) = (lastKnown ?? "").AsSpan().TrimStart() switch
        {
            ['<', '=', ..] => (2, true),
            ['<', ..] => (1, false),
            _ => (0, false),
        };
        if (length == 0)
        {
            return range;
        }

        var ended = range with { To = lastKnown!.TrimStart()[length..].Trim(), IncludesTo = includesTo };
        return ended.Problem(order) is null ? ended : range;
    }

    private static VersionRange? Limited(VersionRange range, string limit, VersionOrder order)
    {
        var limited = range.To is null || order.Compare(range.To, limit) >= 0 ? range with { To = limit, IncludesTo = false } : range;
        return limited.Problem(order) is null ? limited : null;
    }

    /// <param name="Version">Null for the beginning of all.</param>
    private readonly record struct Event(EventKind Kind, string? Version, VersionKey Key)
    {
        public static Event? Of(EventKind kind, string version, VersionOrder order)
        {
            if (kind == EventKind.Introduced && version == "0")
            {
                return new(kind, null, default);
            }

            return order.Key(version) is { } key ? new(kind, version, key) : null;
        }
    }
}
