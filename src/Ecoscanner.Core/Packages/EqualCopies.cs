using System.Collections.Immutable;

namespace Ecoscanner.Packages;

/// <summary>
/// Makes one component of the copies of a package that bring the same: npm lays the same release in many folders. Copies that bring other things stay apart,
/// so that no path is shown that no copy has.
/// </summary>
internal static class EqualCopies
{
    // Copies that differ only that far below are made one; real trees are told apart after three.
    private const int MaximumRounds = 12;

    /// <param name="edges">From -1 is from the app.</param>
    public static Inventory Merged(List<Component> components, IEnumerable<(int From, int To)> edges, IReadOnlyList<InventoryGap> gaps)
    {
        var pairs = Sorted(edges);
        var classes = Classes(components, pairs);
        var order = Enumerable
            .Range(0, components.Count)
            .GroupBy(at => classes[at])
            .Select(group => (Class: group.Key, Component: Union([.. group.Select(at => components[at])])))
            .OrderBy(one => one.Component.Places[0], StringComparer.Ordinal)
            .ToArray();
        var positions = new int[order.Length];
        for (var at = 0; at < order.Length; at++)
        {
            positions[order[at].Class] = at;
        }

        var roots = new SortedSet<int>();
        var brings = new SortedSet<int>?[order.Length];
        foreach (var (from, to) in pairs)
        {
            var target = positions[classes[to]];
            if (from < 0)
            {
                roots.Add(target);
            }
            else
            {
                (brings[positions[classes[from]]] ??= []).Add(target);
            }
        }

        var graph = new DependencyGraph([.. roots], [.. brings.Select(some => some is null ? ImmutableArray<int>.Empty : [.. some])]);
        return new Inventory([.. order.Select(one => one.Component)], graph, gaps);
    }

    /// <summary>Each once, by where they begin and then by where they end. Sorted as numbers: pairs take ten times as long.</summary>
    private static (int From, int To)[] Sorted(IEnumerable<(int From, int To)> edges)
    {
        var numbers = edges.Select(edge => ((long)edge.From << 32) | (uint)edge.To).ToArray();
        Array.Sort(numbers);
        var kept = 0;
        for (var at = 0; at < numbers.Length; at++)
        {
            if (at == 0 || numbers[at] != numbers[at - 1])
            {
                numbers[kept++] = numbers[at];
            }
        }

        return Array.ConvertAll(numbers[..kept], static number => ((int)(number >> 32), (int)number));
    }

    /// <summary>Numbers from 0, the same for copies that are one: first by what they are, then again and again by what they bring.</summary>
    private static int[] Classes(List<Component> components, (int From, int To)[] edges)
    {
        var kinds = new Dictionary<object, int>();
        var classes = new int[components.Count];
        for (var at = 0; at < classes.Length; at++)
        {
            var one = components[at];
            classes[at] = Number(kinds, (one.Package, one.Placement, one.Origin, one.RelocatedTo, one.Sha256, one.IsDevelopment, one.IsOptional));
        }

        for (var (round, count) = (0, kinds.Count); round < MaximumRounds && count < components.Count; round++)
        {
            var refined = Refined(classes, edges, out var refinedCount);
            if (refinedCount == count)
            {
                break;
            }

            (classes, count) = (refined, refinedCount);
        }

        return classes;
    }

    private static int[] Refined(int[] classes, (int From, int To)[] edges, out int count)
    {
        var numbers = new Dictionary<(int, ulong, ulong), int>();
        var refined = new int[classes.Length];
        var start = 0;
        while (start < edges.Length && edges[start].From < 0)
        {
            start++;
        }

        for (var at = 0; at < classes.Length; at++)
        {
            // Two sums over the set of what it brings stand for the set: 128 bits do not collide by chance, and a copy made one too much hides nothing.
            var (first, second) = (0UL, 0UL);
            var end = start;
            while (end < edges.Length && edges[end].From == at)
            {
                end++;
            }

            foreach (var brought in edges[start..end].Select(edge => classes[edge.To]).Distinct())
            {
                first += Mixed((ulong)brought + 1);
                second += Mixed(~(ulong)brought);
            }

            start = end;
            var key = (classes[at], first, second);
            if (!numbers.TryGetValue(key, out refined[at]))
            {
                refined[at] = numbers[key] = numbers.Count;
            }
        }

        count = numbers.Count;
        return refined;
    }

    // The finalizer of SplitMix64.
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static int Number<T>(Dictionary<T, int> numbers, T key)
        where T : notnull
    {
        if (!numbers.TryGetValue(key, out var number))
        {
            number = numbers[key] = numbers.Count;
        }

        return number;
    }

    private static Component Union(IReadOnlyList<Component> copies) =>
        copies is [var only]
            ? only
            : copies[0] with
            {
                Places = [.. copies.SelectMany(copy => copy.Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Clues = [.. copies.SelectMany(copy => copy.Clues).Distinct().OrderBy(clue => clue.Kind).ThenBy(clue => clue.Says, StringComparer.Ordinal)],
                Confidence = copies.Max(copy => copy.Confidence),
            };
}
