using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>
/// Follows tainted values from their sources, as far as no sanitizer or guard stops them. A fact says that a node is tainted, and by which parameter the taint came into
/// the function: so what goes into a function by one call comes out of it by that call. What is kept in an object comes out anywhere.
/// </summary>
internal sealed partial class TaintSearch(
    ProgramIndex index,
    TaintRules rules,
    string rule,
    GuardSearch guards,
    ValueKeys keys,
    EffectSearch effects,
    int maximumFacts
)
{
    // The taint was there when the function was entered by nobody in particular.
    private const int Anywhere = -1;

    // Objects in objects that are handed to a sink.
    private const int MaximumSinkDepth = 4;

    // Sources are told apart, so that a finding names each; those beyond are taken together.
    private const int MaximumSources = 256;

    // A way that goes through one helper again and again may be longer than there are facts.
    private const int MaximumSteps = 10_000;

    // Operands stand within few nodes of what takes them.
    private const int MaximumOperandNodes = 64;

    private readonly List<Fact> facts = [];
    private readonly Dictionary<(int Source, int Entry, int Node), int> numbers = [];
    private readonly Queue<int> work = [];
    private readonly Dictionary<(int Source, int Node), List<(int Entry, int Site, int Fact)>> entries = [];
    private readonly Dictionary<(int Source, int Node), List<(int To, int Site, int Fact)>> exits = [];
    private readonly Dictionary<int, List<SinkPlace>> sinks = [];
    private readonly HashSet<(int Site, int Target)> clean = [];
    private readonly Dictionary<(int Place, int Node), TaintStop?> stops = [];
    private readonly Dictionary<Node, TaintFinding> findings = [];
    private readonly List<Node> sourceNodes = [];
    private readonly HashSet<(Node Call, int Source)> reported = [];
    private readonly Dictionary<Node, bool> isReachedUnguarded = [];
    private readonly Dictionary<int, bool> isFilter = [];
    private readonly Dictionary<(int Place, int Node), bool> harmless = [];

    // The nodes from which something may get to a sink; null where taint is followed everywhere. Guards take most of the time, and need not be asked elsewhere.
    private bool[]? within;

    /// <summary>Whether there was too much, so that some findings may be missing.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>Whether taint goes on behind guards and sanitizers, to see what they are good for. Nothing is found then.</summary>
    public bool PassesGuards { get; init; }

    /// <summary>Of calls of sinks, what stopped the taint that would have got there.</summary>
    public Dictionary<Node, TaintStop> Stopped { get; } = [];

    /// <summary>All calls of sinks.</summary>
    public Dictionary<Node, (Instance Instance, TaintSink Sink, int Argument)> Sinks { get; } = [];

    public IEnumerable<TaintFinding> Find()
    {
        FindSinks();
        if (sinks.Count == 0)
        {
            return [];
        }

        within = PassesGuards ? null : index.LeadsBack.WaysTo(sinks.Keys);
        FindSources();
        while (work.TryDequeue(out var fact))
        {
            if (facts.Count > maximumFacts)
            {
                GaveUp = true;
                break;
            }

            Advance(fact);
        }

        return findings.Values;
    }

    private void FindSinks()
    {
        var calls = rules.Sinks.Where(sink => !sink.IsEffect && sink.Rule == rule && !sink.Place.Exists).ToLookup(sink => sink.Path, StringComparer.Ordinal);
        foreach (var (call, external) in calls.Count > 0 ? index.Solver.ExternalCalls : [])
        {
            foreach (var sink in calls[index.Solver.Externals.TextOf(external)])
            {
                AddSink(call, sink);
            }
        }

        foreach (var sink in rules.Sinks.Where(sink => sink.Rule == rule && sink.Place.Exists))
        {
            AddSink(sink);
        }
    }

    private void FindSources()
    {
        var given = rules.Sources.Where(source => !source.IsValue).Select(source => source.Path).ToHashSet(StringComparer.Ordinal);
        var cleaning = rules.Sanitizers.Concat(rules.Guards.Select(guard => guard.Path)).ToHashSet(StringComparer.Ordinal);
        var starts = new List<(int Node, int Site)>();
        foreach (var (call, external) in index.Solver.ExternalCalls)
        {
            var path = index.Solver.Externals.TextOf(external);
            if (cleaning.Contains(path))
            {
                clean.Add((call.Site, call.Target));
            }

            if (given.Contains(path) && call.Target >= 0)
            {
                starts.Add((call.Target, call.Site));
            }
        }

        foreach (var (node, external, site) in index.Solver.HandedOver)
        {
            if (given.Contains(index.Solver.Externals.TextOf(external)))
            {
                starts.Add((node, site));
            }
        }

        foreach (var (node, site) in starts)
        {
            Begin(node, site, index.Program.NodeAt(site));
        }

        foreach (var source in rules.Sources)
        {
            foreach (var (node, site, place) in index.PlacesOf(source))
            {
                Begin(node, site, place);
            }
        }
    }

    private void Begin(int node, int site, Node place)
    {
        if (sourceNodes.Count < MaximumSources)
        {
            sourceNodes.Add(place);
        }

        Taint(new(node, Anywhere, -1, site, FlowLinkKind.Copy, -1, null, sourceNodes.Count));
    }

    private void AddSink(TaintSink sink)
    {
        foreach (var (instance, node) in index.SlotsOf(sink.Place))
        {
            Sinks.TryAdd(sink.Place, (instance, sink, node));
            AddSink(node, new(instance, sink.Place, sink.Place, sink), MaximumSinkDepth, isSpread: false);
        }
    }

    private void AddSink(CallRecord call, TaintSink sink)
    {
        var (instance, place) = (index.Solver.PlaceAt(call.Site).Instance, index.Program.NodeAt(call.Site));
        var given =
            place.Kind is NodeKind.CallExpression or NodeKind.NewExpression && sink.Argument < place.Arguments.Count ? place.Arguments[sink.Argument] : place;
        var node = sink.Argument < call.Arguments.Length ? call.Arguments[sink.Argument] : -1;
        Sinks.TryAdd(place, (instance, sink, node < 0 ? ~node : node));
        for (var at = 0; at < call.Arguments.Length && at <= sink.Argument; at++)
        {
            var argument = call.Arguments[at];
            if (argument < 0 || at == sink.Argument)
            {
                AddSink(argument < 0 ? ~argument : argument, new(instance, place, given, sink), MaximumSinkDepth, argument < 0);
            }
        }
    }

    // What an object holds gets to the sink with it.
    private void AddSink(int node, SinkPlace place, int depth, bool isSpread)
    {
        if (!sinks.TryGetValue(node, out var list))
        {
            sinks.Add(node, list = []);
        }

        if (list.Contains(place))
        {
            return;
        }

        list.Add(place);
        foreach (var value in index.Solver.Sets[index.Solver.SetOf(node)].ToArray())
        {
            if ((depth > 0 || isSpread) && index.Solver.Values.KindOf(value) == ValueKind.Object && index.Solver.Objects.TryGetValue(value, out var properties))
            {
                foreach (var member in properties.Named.Values.Append(properties.Any).Where(member => member >= 0))
                {
                    AddSink(member, place, depth - 1, isSpread: false);
                }
            }
        }
    }

    private void Advance(int number)
    {
        var fact = facts[number];
        var flow = index.Solver.Flow;
        var isShared = flow.IsShared(fact.Node);
        for (var at = flow.FirstLinkOf(fact.Node); at != 0; at = flow.LinkAt(at).Next)
        {
            var link = flow.LinkAt(at);
            if (link.Kind == FlowLinkKind.Held || within?[link.To] == false)
            {
                continue;
            }

            var stop = fact.Stop ?? StopOf(fact.Node, isShared, link);
            if (stop is not null && !PassesGuards)
            {
                continue;
            }

            var next = new Fact(link.To, fact.Entry, number, link.Origin, link.Kind, -1, stop, fact.Source);
            switch (link.Kind)
            {
                case FlowLinkKind.Enter:
                    Enter(number, next, link);
                    break;
                case FlowLinkKind.Exit or FlowLinkKind.ExitDerive:
                    Leave(number, next, link);
                    break;
                case FlowLinkKind.Outer:
                    Taint(next with { Entry = Anywhere });
                    break;
                default:
                    var entry = flow.IsShared(link.To) ? Anywhere : fact.Entry;
                    Taint(next with { Entry = entry });
                    break;
            }
        }
    }

    private void Enter(int number, Fact next, FlowLink link)
    {
        var parameter = link.To;
        if (index.Solver.Flow.IsShared(parameter))
        {
            Taint(next with { Entry = Anywhere });
            return;
        }

        var key = (next.Source, parameter);
        if (!entries.TryGetValue(key, out var list))
        {
            entries.Add(key, list = []);
        }

        list.Add((next.Entry, link.Origin, number));
        Taint(next with { Entry = parameter });
        foreach (var (to, site, exit) in exits.TryGetValue(key, out var known) ? known.ToArray() : [])
        {
            if (site == link.Origin)
            {
                Taint(new(to, next.Entry, exit, site, FlowLinkKind.Exit, number, next.Stop ?? facts[exit].Stop, next.Source));
            }
        }
    }

    private void Leave(int number, Fact next, FlowLink link)
    {
        if (next.Entry == Anywhere)
        {
            Taint(next);
            return;
        }

        var key = (next.Source, next.Entry);
        if (!exits.TryGetValue(key, out var list))
        {
            exits.Add(key, list = []);
        }

        list.Add((link.To, link.Origin, number));
        foreach (var (entry, site, caller) in entries[key].ToArray())
        {
            if (site == link.Origin)
            {
                Taint(new(link.To, entry, number, site, link.Kind, caller, next.Stop, next.Source));
            }
        }
    }

    private void Taint(Fact fact)
    {
        if (numbers.TryAdd((fact.Source, fact.Entry, fact.Node), facts.Count))
        {
            facts.Add(fact);
            work.Enqueue(facts.Count - 1);
            if (sinks.TryGetValue(fact.Node, out var places))
            {
                places.ForEach(place => Report(facts.Count - 1, place));
            }
        }
    }

    private void Report(int fact, SinkPlace place)
    {
        var (instance, call, argument, sink) = place;
        if (!IsAlive(instance, call))
        {
            return;
        }

        if ((facts[fact].Stop ?? GuardBefore(instance, call, argument) ?? GuardOfCallers(place)) is { } stop)
        {
            Stopped.TryAdd(call, stop);
            return;
        }

        if (PassesGuards || !reported.Add((call, facts[fact].Source)))
        {
            return;
        }

        var steps = Steps(fact, argument);
        var source = sourceNodes[facts[fact].Source - 1];
        findings[call] = findings.TryGetValue(call, out var finding)
            ? finding with
            {
                Sources = finding.Sources.Contains(source) ? finding.Sources : finding.Sources.Add(source),
            }
            : new(sink, call, argument, IsMay: index.Solver.GaveUp, steps) { Sources = [source] };
    }

    // From the source to the sink, with each call left that was entered.
    private ImmutableArray<TaintStep> Steps(int last, Node sink)
    {
        var steps = new List<TaintStep> { new(sink, TaintStepKind.Flow) };
        var callers = new Stack<int>();
        var at = last;
        for (var left = MaximumSteps; at >= 0 && left > 0; left--)
        {
            var fact = facts[at];
            var node = fact.Origin >= 0 ? index.Program.NodeAt(fact.Origin) : default;
            node = node.Exists || fact.Previous >= 0 ? node : sourceNodes[fact.Source - 1];
            if (node.Exists)
            {
                steps.Add(new(node, KindOf(fact)));
            }

            if (fact.Caller >= 0)
            {
                callers.Push(fact.Caller);
            }

            var isEntry = fact.Entry == fact.Node;
            at = isEntry && callers.TryPop(out var caller) ? caller : fact.Previous;
        }

        steps.Reverse();
        return [.. steps.Where((step, number) => number == 0 || step.Node != steps[number - 1].Node)];
    }

    private TaintStepKind KindOf(Fact fact) =>
        fact.Previous < 0
            ? TaintStepKind.Source
            : fact.Kind switch
            {
                FlowLinkKind.Enter => TaintStepKind.Call,
                FlowLinkKind.Exit or FlowLinkKind.ExitDerive => TaintStepKind.Return,
                _ when index.Solver.Flow.IsShared(fact.Node) => TaintStepKind.Member,
                _ => TaintStepKind.Flow,
            };

    /// <summary>A node that is tainted.</summary>
    /// <param name="Entry">The parameter by which the taint came into the function, or <see cref="Anywhere"/>.</param>
    /// <param name="Previous">The fact that it comes of, or -1.</param>
    /// <param name="Origin">The place that handed it on.</param>
    /// <param name="Caller">The fact at the call that was entered, where it comes out of a function; else -1.</param>
    /// <param name="Stop">What would have stopped it before, where guards are passed; else null.</param>
    /// <param name="Source">The number of the source.</param>
    private readonly record struct Fact(int Node, int Entry, int Previous, int Origin, FlowLinkKind Kind, int Caller, TaintStop? Stop, int Source);

    private readonly record struct SinkPlace(Instance Instance, Node Call, Node Argument, TaintSink Sink);
}

/// <summary>What stops taint.</summary>
internal sealed record TaintStop(TaintSafety Reason, ImmutableArray<Node> By);
