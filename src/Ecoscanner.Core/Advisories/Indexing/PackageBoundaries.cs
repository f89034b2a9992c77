using System.Runtime.InteropServices;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>The versions of one package at which a range begins or ends, in their order, and each range as a stretch among them.</summary>
internal sealed class PackageBoundaries
{
    private readonly VersionOrder order;
    private readonly List<(VersionKey Key, string Text)> ordered;

    public PackageBoundaries(Ecosystem ecosystem, IReadOnlyList<AffectedPackage> affected)
    {
        order = VersionOrder.Of(ecosystem);
        var all = affected.SelectMany(one => one.Ranges).SelectMany(range => (string?[])[range.From, range.To]).OfType<string>();
        ordered = Distinct(all);
        // A list of versions mostly repeats what the ranges say.
        var listed = affected.SelectMany(one => one.Versions.Where(version => !Covers(one, version))).ToList();
        if (listed.Count > 0)
        {
            ordered = Distinct([.. ordered.Select(boundary => boundary.Text), .. listed]);
        }
    }

    public IReadOnlyList<(VersionKey Key, string Text)> All => ordered;

    /// <summary>The affected versions as stretches, joined where they meet.</summary>
    public List<Stretch> Stretches(AffectedPackage affected)
    {
        var stretches = affected.Ranges.Select(Of).OfType<Stretch>().ToList();
        foreach (var version in affected.Versions)
        {
            if (order.Key(version) is { } key && Find(key) is >= 0 and var at)
            {
                var point = Stretch.At(at);
                if (!stretches.Exists(stretch => stretch.Has(point)))
                {
                    stretches.Add(new Stretch(point, point));
                }
            }
        }

        return stretches;
    }

    /// <summary>Null for a range that has nothing in it.</summary>
    private Stretch? Of(VersionRange range)
    {
        var from = range.From is { } lower && At(lower) is { } first ? first + (range.IncludesFrom ? 0u : 1u) : 0;
        var to = range.To is { } upper && At(upper) is { } last ? last - (range.IncludesTo ? 0u : 1u) : IndexFormat.NoEnd;
        return from <= to ? new Stretch(from, to) : null;
    }

    // A bound that is no version of its ecosystem bounds nothing: to call too much affected is the lesser mistake.
    private uint? At(string version) => order.Key(version) is { } key && Find(key) is >= 0 and var at ? Stretch.At(at) : null;

    private bool Covers(AffectedPackage affected, string version)
    {
        if (order.Key(version) is not { } key)
        {
            return true;
        }

        var at = Find(key);
        var position = at >= 0 ? Stretch.At(at) : 2 * (uint)~at;
        return affected.Ranges.Any(range => Of(range) is { } stretch && stretch.Has(position));
    }

    private int Find(VersionKey key)
    {
        var (low, high) = (0, ordered.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var sign = ordered[middle].Key.CompareTo(key);
            if (sign == 0)
            {
                return middle;
            }

            (low, high) = sign < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private List<(VersionKey Key, string Text)> Distinct(IEnumerable<string> texts)
    {
        var keys = new List<(VersionKey Key, string Text)>();
        foreach (var text in texts.Distinct(StringComparer.Ordinal))
        {
            if (order.Key(text) is { } key)
            {
                keys.Add((key, text));
            }
        }

        // Of several spellings of one version the shortest is kept, and of those the first: the same whatever the order of coming.
        keys.Sort(
            static (a, b) =>
                a.Key.CompareTo(b.Key) is not 0 and var sign ? sign
                : a.Text.Length != b.Text.Length ? a.Text.Length.CompareTo(b.Text.Length)
                : string.CompareOrdinal(a.Text, b.Text)
        );
        var kept = 0;
        foreach (var key in CollectionsMarshal.AsSpan(keys))
        {
            if (kept == 0 || keys[kept - 1].Key.CompareTo(key.Key) != 0)
            {
                keys[kept++] = key;
            }
        }

        keys.RemoveRange(kept, keys.Count - kept);
        return keys;
    }
}
