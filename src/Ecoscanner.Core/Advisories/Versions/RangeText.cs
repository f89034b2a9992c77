using System.Collections.Immutable;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Versions;

/// <summary>Reads ranges as people write them: Maven's <c>[1,2),(,3]</c>, and npm's <c>&gt;=1 &lt;2 || =3</c>. GitLab's advisories have both.</summary>
public static class RangeText
{
    // The longest real one has some 30 ranges in 600 characters.
    private const int MaxLength = 20_000;
    private const int MaxRanges = 1000;

    /// <summary>Empty where the text is wrong; <paramref name="problem"/> then says why, for a person.</summary>
    public static ImmutableArray<VersionRange> Parse(Ecosystem ecosystem, string text, out string? problem)
    {
        problem = null;
        if (text.Length > MaxLength)
        {
            problem = $"a range of more than {MaxLength} characters";
            return [];
        }

        var order = VersionOrder.Of(ecosystem);
        var ranges = ImmutableArray.CreateBuilder<VersionRange>();
        foreach (var alternative in text.Split("||"))
        {
            problem = alternative.AsSpan().TrimStart() is ['[' or '(', ..] ? Intervals(alternative, ranges) : Comparators(alternative, order, ranges);
            if (problem is not null)
            {
                return [];
            }

            if (ranges.Count > MaxRanges)
            {
                problem = $"more than {MaxRanges} ranges";
                return [];
            }
        }

        problem = ranges.Select(range => range.Problem(order)).FirstOrDefault(found => found is not null);
        return problem is null ? ranges.DrainToImmutable() : [];
    }

    // Of Maven's version range specification; [1][2] without a comma is met in the wild.
    private static string? Intervals(ReadOnlySpan<char> text, ImmutableArray<VersionRange>.Builder ranges)
    {
        while ((text = text.TrimStart(" ,\t\r\n")) is not [])
        {
            if (text is not ['[' or '(', ..])
            {
                return $"'{Start(text)}' does not begin with [ or (";
            }

            var end = text.IndexOfAny(')', ']');
            if (end < 0)
            {
                return $"'{Start(text)}' never ends";
            }

            var includesFrom = text[0] == '[';
            var includesTo = text[end] == ']';
            var bounds = text[1..end];
            var comma = bounds.IndexOf(',');
            if (bounds.ContainsAny('[', '(') || bounds[(comma + 1)..].Contains(',') || (comma < 0 && !(includesFrom && includesTo)))
            {
                return $"'{Start(text)}' is no range";
            }

            var from = Bound(comma < 0 ? bounds : bounds[..comma]);
            var to = Bound(bounds[(comma + 1)..]);
            if (comma < 0 && from is null)
            {
                return "[] names no version";
            }

            ranges.Add(new(FromText(from, includesFrom), includesFrom, to, includesTo));
            if (ranges.Count > MaxRanges)
            {
                return null;
            }

            text = text[(end + 1)..];
        }

        return null;
    }

    private static string? Bound(ReadOnlySpan<char> text) => text.Trim() is { IsEmpty: false } bound ? bound.ToString() : null;

    // What begins with 0 begins with the first pre-release of all.
    private static string? FromText(string? from, bool includesFrom) => includesFrom && from is "0" or "0.0.0" ? null : from;

    // All of them must hold; none, and *, hold for every version.
    private static string? Comparators(string alternative, VersionOrder order, ImmutableArray<VersionRange>.Builder ranges)
    {
        var range = VersionRange.All;
        var rest = alternative.AsSpan().Trim(" ,\t\r\n");
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAnyExcept("<>=~^");
            var comparator = length < 0 ? rest : rest[..length];
            rest = rest[comparator.Length..].TrimStart();
            var end = rest.IndexOfAny(" ,\t\r\n");
            var version = end < 0 ? rest : rest[..end];
            rest = rest[version.Length..].TrimStart(" ,\t\r\n");
            if (Single(comparator, version.ToString()) is not { } single)
            {
                return $"'{Start($"{comparator}{version}")}' is no comparison that is known";
            }

            if (single.Problem(order) is { } problem)
            {
                return problem;
            }

            range = Both(range, single, order);
        }

        ranges.Add(range);
        return null;
    }

    private static VersionRange? Single(ReadOnlySpan<char> comparator, string version) =>
        comparator switch
        {
            "" or "=" or "==" when version is "*" or "x" => VersionRange.All,
            "" or "=" when Wildcard(version) is { } range => range,
            "" or "=" or "==" => VersionRange.Only(version),
            ">" => new(version, IncludesFrom: false, null, IncludesTo: true),
            ">=" => new(FromText(version, includesFrom: true), IncludesFrom: true, null, IncludesTo: true),
            "<" => new(null, IncludesFrom: true, version, IncludesTo: false),
            "<=" => new(null, IncludesFrom: true, version, IncludesTo: true),
            _ => null,
        };

    // 2.0.x, and every pre-release of it, since advisories order them in.
    private static VersionRange? Wildcard(string version)
    {
        if (version is not [.. var fixedPart, '.', 'x' or 'X' or '*'])
        {
            return null;
        }

        var dot = fixedPart.LastIndexOf('.');
        return int.TryParse(fixedPart.AsSpan(dot + 1), System.Globalization.NumberStyles.None, null, out var last) && last < int.MaxValue
            ? new(
                $"{fixedPart}{(dot < 0 ? ".0.0" : ".0")}-0",
                IncludesFrom: true,
                $"{fixedPart.AsSpan(0, dot + 1)}{last + 1}{(dot < 0 ? ".0.0" : ".0")}-0",
                IncludesTo: false
            )
            : null;
    }

    private static VersionRange Both(VersionRange left, VersionRange right, VersionOrder order)
    {
        var (from, to) = (Nearer(left.From, right.From, order, 1), Nearer(left.To, right.To, order, -1));
        return new(
            from,
            (from is null || Compare(from, left.From, order) != 0 || left.IncludesFrom)
                && (from is null || Compare(from, right.From, order) != 0 || right.IncludesFrom),
            to,
            (to is null || Compare(to, left.To, order) != 0 || left.IncludesTo) && (to is null || Compare(to, right.To, order) != 0 || right.IncludesTo)
        );
    }

    private static string? Nearer(string? left, string? right, VersionOrder order, int direction) =>
        (left, right) switch
        {
            (null, _) => right,
            (_, null) => left,
            _ => order.Compare(left, right) * direction >= 0 ? left : right,
        };

    private static int? Compare(string bound, string? other, VersionOrder order) => other is null ? null : order.Compare(bound, other);

    private static string Start(ReadOnlySpan<char> text)
    {
        const int Enough = 40;
        return text.Length <= Enough ? text.ToString() : $"{text[..Enough]}…";
    }
}
