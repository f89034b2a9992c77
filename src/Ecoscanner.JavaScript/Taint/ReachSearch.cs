using System.Collections.Immutable;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Goes back from an effect over the calls that lead there, to every entry.</summary>
internal sealed class ReachSearch(ProgramIndex index, ReachRules rules, Origins origins, ReachJudge judge, GuardSearch guards)
{
    // Calls that are followed back, for one effect.
    private const int MaximumVisits = 5_000;

    // Objects in objects that an entry gives back.
    private const int MaximumResultDepth = 4;

    private readonly Dictionary<Node, HashSet<int>> resultsOf = [];
    private readonly Dictionary<Node, List<Instance>> instancesOf = [];

    public IEnumerable<Reach> Find(ReachEffect effect)
    {
        guards.Accepted.Clear();
        var unguarded = Entered(effect, passesGuards: false);
        var accepted = guards.Accepted.Distinct().ToImmutableArray();
        var all = Entered(effect, passesGuards: true);
        foreach (var (entry, visit) in all)
        {
            var open = unguarded.GetValueOrDefault(entry);
            yield return new()
            {
                Effect = effect,
                Entry = entry,
                IsGuarded = open is null,
                Guards = open is null ? accepted : [],
                Origins = [.. (open ?? visit).Subject.Select(fact => origins.At(fact.Origin)).Distinct()],
                IsReturned = ResultsOf(entry).Any(number => origins.At(number).Call == effect.Call),
                IsMay = index.Solver.GaveUp || (open ?? visit).IsMay,
                Steps = Steps(open ?? visit, effect),
            };
        }
    }

    private Dictionary<Node, Visit> Entered(ReachEffect effect, bool passesGuards)
    {
        var work = new Queue<Visit>();
        var visited = new HashSet<(int Instance, string Subject)>();
        var entered = new Dictionary<Node, Visit>();
        foreach (var instance in InstancesWith(effect.Call))
        {
            Go(new(instance, effect.Call, [.. effect.Subjects.SelectMany(subject => judge.FactsWithin(instance, subject)).Distinct()], null));
        }

        var left = MaximumVisits;
        while (work.TryDequeue(out var visit))
        {
            if (rules.Entries.Contains(visit.Instance.Function.Node))
            {
                entered.TryAdd(visit.Instance.Function.Node, visit with { IsMay = left <= 0 });
            }

            foreach (var site in left-- > 0 ? index.CallersOf(visit.Instance) : [])
            {
                Up(visit, site);
            }
        }

        return entered;

        void Go(Visit visit)
        {
            var subject = judge.SubjectOf(visit.Subject);
            var way = passesGuards ? new FlowWitness([]) : guards.Unguarded(judge.Rule, Frame.Of(visit.Instance), visit.Place, subject);
            if (way is not null && visited.Add((visit.Instance.Index, subject)))
            {
                work.Enqueue(visit with { Way = way });
            }
        }

        void Up(Visit visit, int site)
        {
            var around = index.Solver.PlaceAt(site).Instance;
            var node = index.Program.NodeAt(site);
            if (!node.Exists || index.FlowOf(around)?.IsReached(node) == false)
            {
                return;
            }

            ImmutableArray<OriginFact> subject = [.. visit.Subject.SelectMany(fact => origins.InCaller(fact, site)).Distinct()];
            if (
                !passesGuards
                && GuardSearch.IsThen(node, visit.Instance.Function.Node)
                && guards.IsFulfilledPastGuard(judge.Rule, Frame.Of(around), node, judge.SubjectOf(subject))
            )
            {
                return;
            }

            Go(new(around, node, subject, visit));
        }
    }

    private List<Instance> InstancesWith(Node call)
    {
        if (instancesOf.Count == 0)
        {
            foreach (var (record, _) in index.Solver.ExternalCalls)
            {
                var node = index.Program.NodeAt(record.Site);
                if (node.Exists)
                {
                    (instancesOf.TryGetValue(node, out var known) ? known : instancesOf[node] = []).Add(index.Solver.PlaceAt(record.Site).Instance);
                }
            }
        }

        return instancesOf.TryGetValue(call, out var list) ? [.. list.Distinct()] : [];
    }

    // The origins of what a function gives back, with all that is in it.
    private HashSet<int> ResultsOf(Node function)
    {
        if (resultsOf.TryGetValue(function, out var known))
        {
            return known;
        }

        resultsOf.Add(function, known = []);
        var seen = new HashSet<int>();
        var waiting = new Queue<(int Node, int Depth)>();
        foreach (var instance in index.Solver.Instances.Where(instance => instance.Function.Node == function))
        {
            waiting.Enqueue((instance.NodeOf(instance.Function.Return), 0));
        }

        while (waiting.TryDequeue(out var next))
        {
            if (next.Node < 0 || !seen.Add(next.Node))
            {
                continue;
            }

            known.UnionWith(origins.FactsOf(next.Node).Select(fact => fact.Origin));
            foreach (var value in next.Depth < MaximumResultDepth ? index.Solver.Sets[index.Solver.SetOf(next.Node)].ToArray() : [])
            {
                if (index.Solver.Objects.TryGetValue(value, out var properties))
                {
                    foreach (var member in properties.Named.Values.Append(properties.Any))
                    {
                        waiting.Enqueue((member, next.Depth + 1));
                    }
                }
            }
        }

        return known;
    }

    private static ImmutableArray<TaintStep> Steps(Visit entered, ReachEffect effect)
    {
        var steps = ImmutableArray.CreateBuilder<TaintStep>();
        steps.Add(new(entered.Instance.Function.Node, TaintStepKind.Entry));
        for (var visit = entered; visit is not null; visit = visit.Inner)
        {
            foreach (var (condition, outcome) in visit.Way?.Conditions ?? [])
            {
                if (outcome is FlowEdgeKind.True or FlowEdgeKind.False)
                {
                    steps.Add(new(condition, outcome == FlowEdgeKind.True ? TaintStepKind.Holds : TaintStepKind.Fails));
                }
            }

            steps.Add(visit.Inner is null ? new(effect.Call, TaintStepKind.Flow) : new(visit.Place, TaintStepKind.Call));
        }

        return steps.ToImmutable();
    }

    /// <summary>A place on the way back.</summary>
    /// <param name="Inner">The visit that it leads to; null for the effect itself.</param>
    private sealed record Visit(Instance Instance, Node Place, ImmutableArray<OriginFact> Subject, Visit? Inner)
    {
        public FlowWitness? Way { get; init; }

        public bool IsMay { get; init; }
    }
}
