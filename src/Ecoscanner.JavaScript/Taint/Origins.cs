using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Where a value comes from.</summary>
/// <param name="Name">What it is called: a path from outside, or that of the function that gave it.</param>
/// <param name="Call">The call that gave it; none where it comes by another way.</param>
public readonly record struct Origin(string Name, Node Call);

/// <summary>
/// Where the values of a program come from, through all that is made of them; also by which parameters they came into the function, so that what one call hands over
/// does not come out of another. May be asked by several threads. First is found which parameters get where, for all origins at once, then which origins get to what belongs to no call.
/// </summary>
internal sealed class Origins
{
    // Ways that parameters take within functions: an app of 3,000 files has some millions.
    private const long MaximumSteps = 60_000_000;

    // Numbers in sets; an app of 3,000 files has a million.
    private const long MaximumSize = 30_000_000;

    private readonly NumberSets sets = new();
    private readonly OriginNames names;
    private readonly ParameterFlow entered;
    private readonly OriginSpread spread;
    private readonly Dictionary<(int Entered, int Site), OriginSet> inCaller = [];
    private readonly Dictionary<int, int> handedBy = [];
    private readonly Dictionary<int, ImmutableArray<Origin>> listed = [];

    /// <param name="nameOf">What something external is called by its path; null where it is no origin.</param>
    /// <param name="calls">The calls whose results have an origin of their own.</param>
    public Origins(ProgramIndex index, Func<string, string?> nameOf, IReadOnlySet<Node> calls)
    {
        names = new(index, sets, nameOf, calls);
        entered = new(index.Solver.Flow, names, sets, MaximumSteps);
        spread = new(index.Solver.Flow, names, entered, sets, MaximumSize);
    }

    /// <summary>Whether there was too much, so that some are missing.</summary>
    public bool GaveUp => entered.GaveUp || spread.GaveUp;

    /// <summary>What is in a node.</summary>
    public OriginSet Of(int node) => node < 0 ? default : new(spread.At(node), entered.ReachedAt(node));

    /// <summary>Whether an origin gets to something of a function.</summary>
    public bool IsMetIn(Instance instance)
    {
        for (var node = instance.FirstNode; node < instance.FirstNode + instance.Function.SlotCount; node++)
        {
            if (entered.IsMet[node] && NumbersOf(Of(node)) != NumberSets.Empty)
            {
                return true;
            }
        }

        return false;
    }

    public OriginSet Union(OriginSet left, OriginSet right)
    {
        if (left == right || right == default)
        {
            return left;
        }

        lock (sets)
        {
            return left == default ? right : new(sets.Union(left.Always, right.Always), sets.Union(left.Entered, right.Entered));
        }
    }

    /// <summary>The numbers of all origins, a set that is equal where they are.</summary>
    public int NumbersOf(OriginSet set)
    {
        if (set.Entered == NumberSets.Empty)
        {
            return set.Always;
        }

        lock (sets)
        {
            return sets.Union(set.Always, HandedBy(set.Entered));
        }
    }

    public ImmutableArray<Origin> Of(OriginSet set)
    {
        lock (sets)
        {
            var numbers = NumbersOf(set);
            if (!listed.TryGetValue(numbers, out var list))
            {
                listed.Add(numbers, list = [.. sets[numbers].ToArray().Select(names.At)]);
            }

            return list;
        }
    }

    /// <summary>What something of a function is where it is called: what came in by a parameter is what that call handed over.</summary>
    public OriginSet InCaller(OriginSet set, int site)
    {
        if (set.Entered == NumberSets.Empty)
        {
            return set;
        }

        lock (sets)
        {
            return Union(EnteredAt(set.Entered, site), new(set.Always, NumberSets.Empty));
        }
    }

    private OriginSet EnteredAt(int set, int site)
    {
        var key = (set, site);
        if (!inCaller.TryGetValue(key, out var there))
        {
            foreach (var number in sets[set].ToArray())
            {
                var way = entered.At(number);
                foreach (var argument in entered.ArgumentsOf(way.Parameter, site))
                {
                    there = Union(there, new(names.Within(spread.At(argument), way.Parts), entered.Past(entered.ReachedAt(argument), way.Parts)));
                }
            }

            inCaller.Add(key, there);
        }

        return there;
    }

    private int HandedBy(int set)
    {
        if (!handedBy.TryGetValue(set, out var numbers))
        {
            var all = new HashSet<int>();
            foreach (var number in sets[set].ToArray())
            {
                all.Add(names.Within(spread.HandedTo(entered.At(number).Parameter), entered.At(number).Parts));
            }

            handedBy.Add(set, numbers = sets.Union(all));
        }

        return numbers;
    }
}

/// <summary>Where a value comes from: whatever its function is called with, and by which parameters; both are sets by their numbers.</summary>
internal readonly record struct OriginSet(int Always, int Entered);
