using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>
/// Which parameters of a function get to which of its nodes, and so from an argument of a call to what the call gives. It is the same for all origins, and so is
/// found once for all of them; only of what is named on the way, not every origin gets past.
/// </summary>
internal sealed class ParameterFlow
{
    private readonly FlowGraph flow;
    private readonly OriginNames names;
    private readonly NumberSets sets;
    private readonly long maximumSteps;
    private readonly List<Entered> all = [];
    private readonly Dictionary<Entered, int> numbers = [];
    private readonly Dictionary<(int Set, int Parts), int> past = [];
    private readonly int[] reached;
    private readonly int[] done;
    private readonly Queue<int> work = [];

    // By the call as well: a helper may have thousands.
    private readonly Dictionary<(int Parameter, int Site), List<int>> arguments = [];
    private readonly Dictionary<int, HashSet<OriginLink>> through = [];
    private readonly Dictionary<int, HashSet<OriginLink>> handed = [];

    public ParameterFlow(FlowGraph flow, OriginNames names, NumberSets sets, long maximumSteps)
    {
        this.flow = flow;
        this.names = names;
        this.sets = sets;
        this.maximumSteps = maximumSteps;
        reached = new int[flow.NodeCount];
        done = new int[flow.NodeCount];
        IsMet = new bool[flow.NodeCount];
        Begin();
        while (work.TryDequeue(out var node) && !GaveUp)
        {
            Advance(node);
        }
    }

    /// <summary>Whether there was too much.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>The nodes to which something leads from where an origin begins.</summary>
    public bool[] IsMet { get; }

    public long Steps { get; private set; }

    /// <summary>The parameters that get to a node: a set of <see cref="At"/>.</summary>
    public int ReachedAt(int node) => reached[node];

    public Entered At(int number) => all[number];

    /// <summary>The nodes of what a call hands over as a parameter.</summary>
    public IReadOnlyList<int> ArgumentsOf(int parameter, int site) => arguments.TryGetValue((parameter, site), out var nodes) ? nodes : [];

    /// <summary>Where an argument gets through the functions that it is handed to.</summary>
    public IReadOnlyCollection<OriginLink> ThroughFrom(int node) => through.TryGetValue(node, out var links) ? links : [];

    /// <summary>Where what came in by a parameter goes that belongs to no call: shared nodes, and the parameters of what is called with it.</summary>
    public IReadOnlyCollection<OriginLink> HandedFrom(int parameter) => handed.TryGetValue(parameter, out var links) ? links : [];

    /// <summary>The same parameters, past further names.</summary>
    public int Past(int set, int parts)
    {
        if (set == NumberSets.Empty || parts == NumberSets.Empty)
        {
            return set;
        }

        if (!past.TryGetValue((set, parts), out var result))
        {
            result = NumberSets.Empty;
            foreach (var number in sets[set].ToArray())
            {
                result = sets.Union(result, sets.Of(NumberOf(all[number] with { Parts = names.Both(all[number].Parts, parts) })));
            }

            past.Add((set, parts), result);
        }

        return result;
    }

    // Most of a program no origin gets to.
    private void Begin()
    {
        var open = new Stack<int>(names.Starts.Keys);
        while (open.TryPop(out var node))
        {
            if (IsMet[node])
            {
                continue;
            }

            IsMet[node] = true;
            for (var at = flow.FirstLinkOf(node); at != 0; at = flow.LinkAt(at).Next)
            {
                var link = flow.LinkAt(at);
                if (link.Kind == FlowLinkKind.Enter && !flow.IsShared(link.To))
                {
                    ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(arguments, (link.To, link.Origin), out _);
                    (list ??= []).Add(node);
                    Put(link.To, sets.Of(NumberOf(new(link.To, names.PartsAt(link.To)))));
                }

                if (link.Kind != FlowLinkKind.Held)
                {
                    open.Push(link.To);
                }
            }
        }
    }

    private void Advance(int node)
    {
        var (before, now) = (done[node], reached[node]);
        done[node] = now;
        for (var at = flow.FirstLinkOf(node); at != 0; at = flow.LinkAt(at).Next)
        {
            var link = flow.LinkAt(at);
            Count();
            switch (link.Kind)
            {
                case FlowLinkKind.Held:
                    break;
                case FlowLinkKind.Enter or FlowLinkKind.Outer:
                    Hand(before, now, link.To, isParameter: link.Kind == FlowLinkKind.Enter && !flow.IsShared(link.To));
                    break;
                case FlowLinkKind.Exit or FlowLinkKind.ExitDerive:
                    Leave(before, now, link);
                    break;
                default:
                    if (flow.IsShared(link.To))
                    {
                        Hand(before, now, link.To, isParameter: false);
                    }
                    else
                    {
                        Put(link.To, Past(now, names.PartsAt(link.To)));
                    }

                    break;
            }
        }

        foreach (var link in ThroughFrom(node).ToArray())
        {
            Count();
            Put(link.To, Past(now, link.Parts));
        }
    }

    private void Hand(int before, int now, int to, bool isParameter)
    {
        foreach (var number in New(before, now))
        {
            var entered = all[number];
            Add(handed, entered.Parameter, new(to, isParameter ? entered.Parts : names.Both(entered.Parts, names.PartsAt(to)), isParameter));
        }
    }

    private void Leave(int before, int now, FlowLink link)
    {
        foreach (var number in New(before, now))
        {
            var entered = all[number];
            var exit = new OriginLink(link.To, names.Both(entered.Parts, names.PartsAt(link.To)), false);
            foreach (var argument in ArgumentsOf(entered.Parameter, link.Origin))
            {
                if (Add(through, argument, exit))
                {
                    Count();
                    Put(exit.To, Past(reached[argument], exit.Parts));
                }
            }
        }
    }

    private void Put(int node, int set)
    {
        var union = sets.Union(reached[node], set);
        if (union != reached[node])
        {
            if (reached[node] == done[node])
            {
                work.Enqueue(node);
            }

            reached[node] = union;
        }
    }

    private void Count() => GaveUp |= ++Steps > maximumSteps;

    private int[] New(int before, int now)
    {
        var old = sets[before];
        return old.IsEmpty ? sets[now].ToArray() : [.. sets[now].ToArray().Except(old.ToArray())];
    }

    private int NumberOf(Entered entered)
    {
        if (!numbers.TryGetValue(entered, out var number))
        {
            numbers.Add(entered, number = all.Count);
            all.Add(entered);
        }

        return number;
    }

    private static bool Add<TKey>(Dictionary<TKey, HashSet<OriginLink>> links, TKey key, OriginLink link)
        where TKey : notnull
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(links, key, out _);
        return (list ??= []).Add(link);
    }
}

/// <summary>What came in by a parameter, as far as it gets past those names.</summary>
internal readonly record struct Entered(int Parameter, int Parts);

/// <summary>A way to a node past names; to what a parameter is ever called with, where it is one.</summary>
internal readonly record struct OriginLink(int To, int Parts, bool IsParameter);
