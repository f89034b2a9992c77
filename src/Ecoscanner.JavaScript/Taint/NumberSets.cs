using System.Diagnostics.CodeAnalysis;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Sets of numbers, each kept once and known by a number of its own; the empty one is 0.</summary>
internal sealed class NumberSets
{
    public const int Empty = 0;

    private readonly List<int[]> sets =
    [
        [],
    ];
    private readonly Dictionary<int[], int> known = new(new Contents()) { [[]] = Empty };
    private readonly Dictionary<(int, int), int> unions = [];

    /// <summary>How many numbers are kept in all.</summary>
    public long Size { get; private set; }

    public ReadOnlySpan<int> this[int set] => sets[set];

    public int Of(int number) => Intern([number]);

    /// <param name="numbers">In ascending order, each once.</param>
    public int Intern(int[] numbers)
    {
        if (!known.TryGetValue(numbers, out var set))
        {
            set = sets.Count;
            sets.Add(numbers);
            known.Add(numbers, set);
            Size += numbers.Length;
        }

        return set;
    }

    public int Union(int left, int right)
    {
        if (left == right || right == Empty)
        {
            return left;
        }

        if (left == Empty)
        {
            return right;
        }

        var key = left < right ? (left, right) : (right, left);
        if (!unions.TryGetValue(key, out var union))
        {
            union = Merge(sets[left], sets[right]);
            unions.Add(key, union);
        }

        return union;
    }

    /// <summary>The union of many, without those that come up in between.</summary>
    public int Union(HashSet<int> all)
    {
        if (all.Count <= 2)
        {
            return all.Aggregate(Empty, Union);
        }

        var gathered = new int[all.Sum(set => sets[set].Length)];
        var count = 0;
        foreach (var set in all)
        {
            sets[set].CopyTo(gathered, count);
            count += sets[set].Length;
        }

        Array.Sort(gathered);
        var kept = 0;
        foreach (var number in gathered)
        {
            if (kept == 0 || gathered[kept - 1] != number)
            {
                gathered[kept++] = number;
            }
        }

        return Intern(gathered[..kept]);
    }

    private int Merge(int[] left, int[] right)
    {
        var merged = new int[left.Length + right.Length];
        var (l, r, count) = (0, 0, 0);
        while (l < left.Length || r < right.Length)
        {
            var next = r == right.Length || (l < left.Length && left[l] <= right[r]) ? left[l] : right[r];
            l += l < left.Length && left[l] == next ? 1 : 0;
            r += r < right.Length && right[r] == next ? 1 : 0;
            merged[count++] = next;
        }

        return Intern(merged[..count]);
    }

    private sealed class Contents : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] int[] obj)
        {
            var hash = new HashCode();
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
