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
    public const int MaximumFunctions = 96;

    // Objects of so many places in one variable: no two of their members are told apart any more.
    public const int MaximumObjects = 32;

    // What may be more than these things from outside is like anything at all.
    public const int MaximumExternals = 12;

    private const int FirstBuckets = 1 << 12;
    private const int RecentUnions = 1 << 14;

    private readonly List<int[]> sets =
    [
        [],
    ];

    // Sets by the hash of what is in them: the first of each bucket plus one, and after each set the next one plus one.
    private int[] buckets = new int[FirstBuckets];
    private readonly List<int> nextInBucket = [0];
    private readonly Dictionary<int, int> singletons = [];
    private readonly PairTable unions = new();

    // Most unions are of the same few pairs as just before.
    private readonly long[] recentPairs = new long[RecentUnions];
    private readonly int[] recentUnions = new int[RecentUnions];
    private int[] scratch = new int[256];

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
        var recent = (int)(((ulong)key * 0x9E3779B97F4A7C15) >> 50);
        if (recentPairs[recent] == key)
        {
            return recentUnions[recent];
        }

        var union = unions.Find(key);
        if (union < 0)
        {
            union = sets[one].Length >= sets[other].Length ? Merge(one, other) : Merge(other, one);
            unions.Add(key, union);
        }

        recentPairs[recent] = key;
        recentUnions[recent] = union;
        return union;
    }

    private int Merge(int larger, int smaller)
    {
        var (large, small) = (sets[larger], sets[smaller]);
        if (scratch.Length < large.Length + small.Length)
        {
            scratch = new int[(large.Length + small.Length) * 2];
        }

        var merged = scratch.AsSpan();
        var (length, a, b) = (0, 0, 0);
        while (a < large.Length && b < small.Length)
        {
            var (one, other) = (large[a], small[b]);
            merged[length++] = Math.Min(one, other);
            a += one <= other ? 1 : 0;
            b += other <= one ? 1 : 0;
        }

        large.AsSpan(a).CopyTo(merged[length..]);
        length += large.Length - a;
        small.AsSpan(b).CopyTo(merged[length..]);
        length += small.Length - b;
        return length == large.Length ? larger : Bounded(merged[..length]);
    }

    private int Bounded(Span<int> merged)
    {
        var (strings, numbers, functions, objects, externals) = (0, 0, 0, 0, 0);
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
                case ValueKind.Object:
                    objects++;
                    break;
                case >= ValueKind.Function:
                    functions++;
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
        var dropsReferences = functions > MaximumFunctions || objects > MaximumObjects || (hasReferences && functions + objects > 0);
        var dropsExternals = externals > MaximumExternals || (hasReferences && externals > 0);
        if (!dropsStrings && !dropsNumbers && !dropsReferences && !dropsExternals)
        {
            return Intern(merged);
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

        return Intern([.. kept]);
    }

    private int Intern(ReadOnlySpan<int> sorted)
    {
        var hash = HashOf(sorted);
        for (var set = buckets[hash & (buckets.Length - 1)]; set != 0; set = nextInBucket[set - 1])
        {
            if (sets[set - 1].AsSpan().SequenceEqual(sorted))
            {
                return set - 1;
            }
        }

        if (sets.Count == buckets.Length)
        {
            Grow();
        }

        sets.Add(sorted.ToArray());
        nextInBucket.Add(0);
        Enter(sets.Count - 1, hash);
        return sets.Count - 1;
    }

    private void Grow()
    {
        buckets = new int[buckets.Length * 2];
        for (var set = 1; set < sets.Count; set++)
        {
            Enter(set, HashOf(sets[set]));
        }
    }

    private void Enter(int set, int hash)
    {
        ref var first = ref buckets[hash & (buckets.Length - 1)];
        nextInBucket[set] = first;
        first = set + 1;
    }

    private static int HashOf(ReadOnlySpan<int> sorted)
    {
        var hash = 0UL;
        foreach (var value in sorted)
        {
            hash = (hash + (uint)value) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return (int)(hash >> 17);
    }
}
