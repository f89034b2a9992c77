using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Values;

/// <summary>
/// Sets of abstract values, each of them once, by number; most variables of a program share few of them. A set that grows too large keeps what is no text,
/// number or reference, and says that it had too many.
/// </summary>
internal sealed class SetTable(ValueTable values)
{
    public const int Empty = 0;

    // Tables of routes and of messages have some dozens.
    public const int MaximumStrings = 64;
    public const int MaximumNumbers = 16;

    // A call with more targets is a dispatcher about which nothing precise can be said.
    public const int MaximumReferences = 64;

    // What may be more than these things from outside is like anything at all.
    public const int MaximumExternals = 12;

    private readonly List<int[]> sets =
    [
        [],
    ];
    private readonly Dictionary<int, List<int>> byHash = [];
    private readonly Dictionary<int, int> singletons = [];
    private readonly Dictionary<long, int> unions = [];

    public int Count => sets.Count;

    /// <summary>How often a set had too many values.</summary>
    public int Overflows { get; private set; }

    public ReadOnlySpan<int> this[int set] => sets[set];

    public int Of(int value)
    {
        ref var set = ref CollectionsMarshal.GetValueRefOrAddDefault(singletons, value, out var isThere);
        if (!isThere)
        {
            set = Intern([value]);
        }

        return set;
    }

    public bool Contains(int set, int value) => Array.BinarySearch(sets[set], value) >= 0;

    public int Union(int one, int other)
    {
        if (one == other || other == Empty)
        {
            return one;
        }

        if (one == Empty)
        {
            return other;
        }

        var key = one < other ? ((long)one << 32) | (uint)other : ((long)other << 32) | (uint)one;
        ref var union = ref CollectionsMarshal.GetValueRefOrAddDefault(unions, key, out var isThere);
        if (!isThere)
        {
            union =
                Merge(sets[one], sets[other]) is { } merged ? Intern(merged)
                : sets[one].Length >= sets[other].Length ? one
                : other;
        }

        return union;
    }

    // Null where the larger one has all of it.
    private int[]? Merge(int[] one, int[] other)
    {
        var (large, small) = one.Length >= other.Length ? (one, other) : (other, one);
        Span<int> merged = new int[one.Length + other.Length];
        var (length, a, b) = (0, 0, 0);
        while (a < large.Length || b < small.Length)
        {
            var next =
                b == small.Length ? large[a++]
                : a == large.Length ? small[b++]
                : large[a] < small[b] ? large[a++]
                : small[b++];
            if (length == 0 || merged[length - 1] != next)
            {
                merged[length++] = next;
            }
        }

        if (length == large.Length)
        {
            return null;
        }

        return Bounded(merged[..length]);
    }

    private int[] Bounded(Span<int> merged)
    {
        var (strings, numbers, references, externals) = (0, 0, 0, 0);
        var (hasStrings, hasNumbers, hasReferences) = (false, false, false);
        foreach (var value in merged)
        {
            switch (values.KindOf(value))
            {
                case ValueKind.String or ValueKind.Pattern:
                    strings++;
                    break;
                case ValueKind.Number or ValueKind.BigInt:
                    numbers++;
                    break;
                case ValueKind.External:
                    externals++;
                    break;
                case >= ValueKind.Function:
                    references++;
                    break;
                default:
                    hasStrings |= value == values.ManyStrings;
                    hasNumbers |= value == values.ManyNumbers;
                    hasReferences |= value == values.Overflow;
                    break;
            }
        }

        var dropsStrings = strings > MaximumStrings || (hasStrings && strings > 0);
        var dropsNumbers = numbers > MaximumNumbers || (hasNumbers && numbers > 0);
        var dropsReferences = references > MaximumReferences || (hasReferences && references > 0);
        var dropsExternals = externals > MaximumExternals || (hasReferences && externals > 0);
        if (!dropsStrings && !dropsNumbers && !dropsReferences && !dropsExternals)
        {
            return merged.ToArray();
        }

        var kept = new SortedSet<int>();
        foreach (var value in merged)
        {
            var (isDropped, instead) = values.KindOf(value) switch
            {
                ValueKind.String or ValueKind.Pattern => (dropsStrings, values.ManyStrings),
                ValueKind.Number or ValueKind.BigInt => (dropsNumbers, values.ManyNumbers),
                ValueKind.External => (dropsExternals, values.Overflow),
                >= ValueKind.Function => (dropsReferences, values.Overflow),
                _ => (false, value),
            };
            Overflows += isDropped && kept.Add(instead) && instead == values.Overflow ? 1 : 0;
            if (!isDropped)
            {
                kept.Add(value);
            }
        }

        return [.. kept];
    }

    private int Intern(int[] sorted)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(sorted.AsSpan()));
        ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(byHash, hash.ToHashCode(), out _);
        bucket ??= [];
        foreach (var set in bucket)
        {
            if (sets[set].AsSpan().SequenceEqual(sorted))
            {
                return set;
            }
        }

        bucket.Add(sets.Count);
        sets.Add(sorted);
        return sets.Count - 1;
    }
}
