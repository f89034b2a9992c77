using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>
/// Which origins get to which nodes by no parameter, and to each parameter by any call. What lies on a circle has the same origins, so each circle is worked out
/// once, after all that leads to it.
/// </summary>
internal sealed class OriginSpread
{
    private readonly OriginNames names;
    private readonly NumberSets sets;
    private readonly int[] placeOf;
    private readonly Dictionary<int, int> parameters = [];
    private readonly int[] starts;
    private readonly int[] ends;
    private readonly int[] parts;
    private readonly int[] holds;
    private readonly int[] circleOf;
    private readonly int[] circleStarts;
    private readonly int[] members;

    // What was handed on, a chain for each place.
    private readonly int[] firstGiven;
    private readonly List<(int Set, int Next)> given = [default];

    public OriginSpread(FlowGraph flow, OriginNames names, ParameterFlow entered, NumberSets sets, long maximumSize)
    {
        this.names = names;
        this.sets = sets;
        placeOf = new int[flow.NodeCount];
        var count = 0;
        for (var node = 0; node < flow.NodeCount; node++)
        {
            placeOf[node] = entered.IsMet[node] ? count++ : -1;
        }

        (starts, ends, parts) = Edges(flow, entered, count);
        count += parameters.Count;
        holds = new int[count];
        firstGiven = new int[count];
        (circleOf, circleStarts, members) = Circles.Of(starts, ends);
        foreach (var (node, set) in names.Starts)
        {
            Give(placeOf[node], set);
        }

        for (var circle = circleStarts.Length - 2; circle >= 0 && !GaveUp; circle--)
        {
            WorkOut(circle);
            GaveUp = sets.Size > maximumSize;
        }
    }

    /// <summary>Whether there was too much.</summary>
    public bool GaveUp { get; }

    /// <summary>The origins that are in a node whatever its function is called with.</summary>
    public int At(int node) => node >= 0 && node < placeOf.Length && placeOf[node] is >= 0 and var place ? holds[place] : NumberSets.Empty;

    /// <summary>The origins that are ever handed over as a parameter.</summary>
    public int HandedTo(int parameter) => parameters.TryGetValue(parameter, out var place) ? holds[place] : NumberSets.Empty;

    private (int[] Starts, int[] Ends, int[] Parts) Edges(FlowGraph flow, ParameterFlow entered, int nodes)
    {
        var from = new List<int>(nodes + 1);
        var to = new List<int>(nodes * 2);
        var past = new List<int>(nodes * 2);
        for (var node = 0; node < flow.NodeCount; node++)
        {
            if (placeOf[node] < 0)
            {
                continue;
            }

            from.Add(to.Count);
            for (var at = flow.FirstLinkOf(node); at != 0; at = flow.LinkAt(at).Next)
            {
                var link = flow.LinkAt(at);
                if (link.Kind == FlowLinkKind.Enter && !flow.IsShared(link.To))
                {
                    Add(PlaceOfParameter(link.To), NumberSets.Empty);
                }
                else if (link.Kind != FlowLinkKind.Held)
                {
                    Add(placeOf[link.To], names.PartsAt(link.To));
                }
            }

            foreach (var link in entered.ThroughFrom(node))
            {
                Add(placeOf[link.To], link.Parts);
            }
        }

        // What is handed on names further parameters.
        var known = new List<int>(parameters.Keys);
        for (var at = 0; at < known.Count; at++)
        {
            from.Add(to.Count);
            foreach (var link in entered.HandedFrom(known[at]))
            {
                var before = parameters.Count;
                Add(link.IsParameter ? PlaceOfParameter(link.To) : placeOf[link.To], link.Parts);
                if (parameters.Count > before)
                {
                    known.Add(link.To);
                }
            }
        }

        from.Add(to.Count);
        return ([.. from], [.. to], [.. past]);

        int PlaceOfParameter(int node)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(parameters, node, out var isKnown);
            return isKnown ? place : place = nodes + parameters.Count - 1;
        }

        void Add(int end, int part)
        {
            to.Add(end);
            past.Add(part);
        }
    }

    private void WorkOut(int circle)
    {
        var places = members.AsSpan(circleStarts[circle], circleStarts[circle + 1] - circleStarts[circle]);
        var all = new HashSet<int>();
        foreach (var place in places)
        {
            AddGiven(place, all);
        }

        var common = sets.Union(all);
        if (common == NumberSets.Empty)
        {
            return;
        }

        if (IsAlike(places, common))
        {
            foreach (var place in places)
            {
                holds[place] = common;
            }
        }
        else
        {
            GoRound(places, circle);
        }

        foreach (var place in places)
        {
            for (var at = starts[place]; at < starts[place + 1]; at++)
            {
                if (circleOf[ends[at]] != circle)
                {
                    Give(ends[at], names.Within(holds[place], parts[at]));
                }
            }
        }
    }

    // Whether on no way from one place of a circle to another something is told apart.
    private bool IsAlike(ReadOnlySpan<int> places, int common)
    {
        if (places.Length == 1)
        {
            return true;
        }

        foreach (var place in places)
        {
            for (var at = starts[place]; at < starts[place + 1]; at++)
            {
                if (circleOf[ends[at]] == circleOf[place] && names.Within(common, parts[at]) != common)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void GoRound(ReadOnlySpan<int> places, int circle)
    {
        var work = new Queue<int>();
        var one = new HashSet<int>();
        foreach (var place in places)
        {
            one.Clear();
            AddGiven(place, one);
            if ((holds[place] = sets.Union(one)) != NumberSets.Empty)
            {
                work.Enqueue(place);
            }
        }

        while (work.TryDequeue(out var place))
        {
            for (var at = starts[place]; at < starts[place + 1]; at++)
            {
                var to = ends[at];
                if (circleOf[to] == circle && sets.Union(holds[to], names.Within(holds[place], parts[at])) is var union && union != holds[to])
                {
                    holds[to] = union;
                    work.Enqueue(to);
                }
            }
        }
    }

    private void Give(int place, int set)
    {
        if (set != NumberSets.Empty && given[firstGiven[place]].Set != set)
        {
            given.Add((set, firstGiven[place]));
            firstGiven[place] = given.Count - 1;
        }
    }

    private void AddGiven(int place, HashSet<int> all)
    {
        for (var at = firstGiven[place]; at != 0; at = given[at].Next)
        {
            all.Add(given[at].Set);
        }
    }
}
