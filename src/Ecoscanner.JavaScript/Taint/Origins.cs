using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Where a value comes from.</summary>
/// <param name="Name">What it is called: a path from outside, or that of the function that gave it.</param>
/// <param name="Call">The call that gave it; none where it comes by another way.</param>
public readonly record struct Origin(string Name, Node Call);

/// <summary>
/// Where the values of a program come from, through all that is made of them. A fact says that something of an origin is in a node, and by which parameter it came into
/// the function, so what one call hands over does not come out of another.
/// </summary>
internal sealed class Origins
{
    // It was there when the function was entered by nobody in particular.
    private const int Anywhere = -1;

    // An app of 300 files has a quarter of a million, and of 3,000 ten times that, which take 200 MB.
    private const int MaximumFacts = 3_000_000;

    private readonly ProgramIndex index;
    private readonly List<Origin> origins = [];
    private readonly Dictionary<Origin, int> numbers = [];
    private readonly HashSet<(int Origin, int Entry, int Node)> known = [];
    private readonly List<OriginFact>?[] factsOf;
    private readonly Dictionary<int, List<int>> namedAt = [];
    private readonly Queue<(int Node, OriginFact Fact)> work = [];

    // By the call as well: a helper may have thousands.
    private readonly Dictionary<(int Origin, int Node, int Site), List<int>> entries = [];
    private readonly Dictionary<(int Origin, int Node, int Site), List<int>> exits = [];

    /// <param name="nameOf">What something external is called by its path; null where it is no origin.</param>
    /// <param name="calls">The calls whose results have an origin of their own.</param>
    public Origins(ProgramIndex index, Func<string, string?> nameOf, IReadOnlySet<Node> calls)
    {
        this.index = index;
        factsOf = new List<OriginFact>?[index.Solver.Flow.NodeCount];
        FindNamed(nameOf);
        foreach (var (call, external) in index.Solver.ExternalCalls)
        {
            if (call.Target >= 0 && index.Program.NodeAt(call.Site) is { Exists: true } node && calls.Contains(node))
            {
                Put(call.Target, new(NumberOf(new(index.Solver.Externals.TextOf(external), node)), Anywhere));
            }
        }

        while (work.TryDequeue(out var next))
        {
            if (known.Count > MaximumFacts)
            {
                GaveUp = true;
                break;
            }

            Advance(next.Node, next.Fact);
        }
    }

    /// <summary>Whether there was too much, so that some are missing.</summary>
    public bool GaveUp { get; }

    public Origin At(int number) => origins[number];

    public IReadOnlyList<OriginFact> FactsOf(int node) => node >= 0 && node < factsOf.Length && factsOf[node] is { } facts ? facts : [];

    /// <summary>What a fact of a function is where it is called: what came in by a parameter is what that call handed over.</summary>
    public IEnumerable<OriginFact> InCaller(OriginFact fact, int site) =>
        fact.Entry == Anywhere ? [fact]
        : entries.TryGetValue((fact.Origin, fact.Entry, site), out var list) ? list.Select(entry => fact with { Entry = entry })
        : [];

    // Where what is external first turns up: as a member of something external, as what it gives, as what it hands over.
    private void FindNamed(Func<string, string?> nameOf)
    {
        var solver = index.Solver;
        var numberOf = new Dictionary<int, int>();
        foreach (var (node, external, _) in solver.HandedOver)
        {
            PutNamed(node, external);
        }

        foreach (var (call, external) in solver.ExternalCalls.Where(call => call.Call.Target >= 0))
        {
            PutNamed(call.Target, call.IsNew ? solver.Externals.Instance(external) : solver.Externals.Result(external));
        }

        foreach (var instance in solver.Instances)
        {
            foreach (ref readonly var step in index.ModuleOf(instance).InstructionsOf(instance.Function))
            {
                if (step.Opcode is Opcode.Load or Opcode.Iterate)
                {
                    PutMembers(instance.NodeOf(step.T), instance.NodeOf(step.A));
                }
            }
        }

        void PutMembers(int member, int owner)
        {
            var owners = solver.Sets[solver.SetOf(owner)].ToArray();
            foreach (var value in solver.Sets[solver.SetOf(member)].ToArray())
            {
                if (
                    solver.Values.KindOf(value) == ValueKind.External
                    && (owners.Contains(value) || (solver.Externals.ParentOf(value) is >= 0 and var parent && owners.Contains(parent)))
                )
                {
                    PutNamed(member, value);
                }
            }
        }

        void PutNamed(int node, int external)
        {
            if (!numberOf.TryGetValue(external, out var number))
            {
                var name = solver.Values.KindOf(external) == ValueKind.External ? nameOf(solver.Externals.TextOf(external)) : null;
                numberOf.Add(external, number = name is null ? -1 : NumberOf(new(name, default)));
            }

            if (number >= 0)
            {
                (namedAt.TryGetValue(node, out var names) ? names : namedAt[node] = []).Add(number);
                Put(node, new(number, Anywhere));
            }
        }
    }

    // `request.id` is no more of `request` than that.
    private bool IsPartAt(int node, int origin) =>
        namedAt.TryGetValue(node, out var names)
        && !origins[origin].Call.Exists
        && names.Exists(name => name != origin && origins[name].Name.StartsWith(origins[origin].Name, StringComparison.Ordinal));

    private int NumberOf(Origin origin)
    {
        if (!numbers.TryGetValue(origin, out var number))
        {
            numbers.Add(origin, number = origins.Count);
            origins.Add(origin);
        }

        return number;
    }

    private void Advance(int node, OriginFact fact)
    {
        var flow = index.Solver.Flow;
        for (var at = flow.FirstLinkOf(node); at != 0; at = flow.LinkAt(at).Next)
        {
            var link = flow.LinkAt(at);
            switch (link.Kind)
            {
                case FlowLinkKind.Held:
                    break;
                case FlowLinkKind.Enter when !flow.IsShared(link.To):
                    Enter(fact, link);
                    break;
                case FlowLinkKind.Exit or FlowLinkKind.ExitDerive when fact.Entry != Anywhere:
                    Leave(fact, link);
                    break;
                case FlowLinkKind.Outer or FlowLinkKind.Enter:
                    Put(link.To, fact with { Entry = Anywhere });
                    break;
                default:
                    Put(link.To, flow.IsShared(link.To) ? fact with { Entry = Anywhere } : fact);
                    break;
            }
        }
    }

    private void Enter(OriginFact fact, FlowLink link)
    {
        var key = (fact.Origin, link.To, link.Origin);
        Add(entries, key, fact.Entry);
        Put(link.To, fact with { Entry = link.To });
        // What is put grows no list, so they can be walked meanwhile.
        foreach (var to in exits.TryGetValue(key, out var known) ? known : [])
        {
            Put(to, fact);
        }
    }

    private void Leave(OriginFact fact, FlowLink link)
    {
        var key = (fact.Origin, fact.Entry, link.Origin);
        Add(exits, key, link.To);
        foreach (var entry in entries.TryGetValue(key, out var known) ? known : [])
        {
            Put(link.To, fact with { Entry = entry });
        }
    }

    private void Put(int node, OriginFact fact)
    {
        if (!IsPartAt(node, fact.Origin) && known.Add((fact.Origin, fact.Entry, node)))
        {
            (factsOf[node] ??= []).Add(fact);
            work.Enqueue((node, fact));
        }
    }

    private static void Add(Dictionary<(int Origin, int Node, int Site), List<int>> lists, (int Origin, int Node, int Site) key, int item)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _);
        (list ??= []).Add(item);
    }
}

/// <summary>Something of an origin is in a node.</summary>
/// <param name="Origin">The number of the origin.</param>
/// <param name="Entry">The parameter by which it came into the function, or -1.</param>
internal readonly record struct OriginFact(int Origin, int Entry);
