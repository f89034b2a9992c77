using System.Collections.Immutable;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Finds effects that are reached without a guard: back from each of them, over the calls that lead there, until every way has passed one or one has come to where the program is entered.</summary>
internal sealed class EffectSearch(ProgramIndex index, TaintRules rules, GuardSearch guards, ValueKeys keys, int maximumCallers)
{
    /// <summary>The effects that are found, and why the others are safe.</summary>
    public (List<TaintFinding> Findings, List<TaintProof> Proofs) Find()
    {
        var findings = new Dictionary<Node, TaintFinding>();
        var proofs = new Dictionary<Node, TaintProof>();
        var effects = rules.Sinks.Where(sink => sink.IsEffect).ToLookup(sink => sink.Path, StringComparer.Ordinal);
        foreach (var (record, external) in effects.Count > 0 ? index.Solver.ExternalCalls : [])
        {
            foreach (var sink in effects[index.Solver.Externals.TextOf(external)])
            {
                var call = index.Program.NodeAt(record.Site);
                guards.Accepted.Clear();
                if (Reached(sink, record.Site, call) is { } finding)
                {
                    findings.TryAdd(call, finding);
                }
                else if (!findings.ContainsKey(call))
                {
                    proofs[call] = new(sink, call, guards.Accepted.Count > 0 ? TaintSafety.Guarded : TaintSafety.Unreachable, [.. guards.Accepted.Distinct()]);
                }
            }
        }

        return ([.. findings.Values], [.. proofs.Where(proof => !findings.ContainsKey(proof.Key)).Select(proof => proof.Value)]);
    }

    private TaintFinding? Reached(TaintSink sink, int site, Node call)
    {
        var instance = index.Solver.PlaceAt(site).Instance;
        var hasArgument = sink.Argument >= 0 && call.Kind is NodeKind.CallExpression or NodeKind.NewExpression && sink.Argument < call.Arguments.Count;
        var place = hasArgument ? call.Arguments[sink.Argument] : call;
        return Reached(sink, instance, call, place, hasArgument ? keys.Of(Frame.Of(instance), place) : null);
    }

    /// <summary>How the place is reached without a guard of the value; null where it is not.</summary>
    public TaintFinding? Reached(TaintSink sink, Instance instance, Node call, Node place, string? subject)
    {
        var work = new Queue<Visit>();
        var visited = new HashSet<(int Instance, string? Subject)>();
        Go(new(instance, call, subject, null));
        var left = maximumCallers;
        while (work.TryDequeue(out var visit))
        {
            if (left-- <= 0)
            {
                return Finding(visit, isMay: true);
            }

            if (IsEntered(visit.Instance))
            {
                return Finding(visit, index.Solver.GaveUp);
            }

            foreach (var caller in index.CallersOf(visit.Instance))
            {
                Up(visit, caller);
            }
        }

        return null;

        void Go(Visit visit)
        {
            if (
                guards.Unguarded(sink.Rule, Frame.Of(visit.Instance), visit.Place, visit.Subject) is { } way
                && visited.Add((visit.Instance.Index, visit.Subject))
            )
            {
                work.Enqueue(visit with { Way = way });
            }
        }

        void Up(Visit visit, int caller)
        {
            var around = index.Solver.PlaceAt(caller).Instance;
            var node = index.Program.NodeAt(caller);
            var callee = Frame.Of(visit.Instance);
            var outer = Frame.Of(around);
            if (index.FlowOf(around)?.IsReached(node) == false)
            {
                return;
            }

            var handed = visit.Subject is { } key ? ValueKeys.InCaller(callee, key, Argument, Receiver()) : null;
            if (GuardSearch.IsThen(node, visit.Instance.Function.Node) && guards.IsFulfilledPastGuard(sink.Rule, outer, node, handed ?? visit.Subject))
            {
                return;
            }

            Go(new(around, node, handed, visit));

            // Only a call that hands over its own arguments says what the parameters are.
            string? Argument(int at) =>
                node.Kind is NodeKind.CallExpression or NodeKind.NewExpression
                && index.IsDirect(caller, visit.Instance)
                && at < node.Arguments.Count
                && node.Arguments[at].Kind != NodeKind.SpreadElement
                    ? keys.Of(outer, node.Arguments[at])
                    : null;

            string? Receiver() =>
                node.Kind == NodeKind.CallExpression && ValueKeys.Unwrapped(node.Callee) is { Kind: NodeKind.MemberExpression } member
                    ? keys.Of(outer, member.Object)
                    : null;
        }

        TaintFinding Finding(Visit visit, bool isMay) => new(sink, call, place, isMay, Steps(visit, place));
    }

    private bool IsEntered(Instance instance) => index.Solver.IsEntry(instance);

    // From where the program is entered to the effect, with what was decided on the way.
    private static ImmutableArray<TaintStep> Steps(Visit entered, Node place)
    {
        var steps = ImmutableArray.CreateBuilder<TaintStep>();
        steps.Add(new(entered.Instance.Function.Node, TaintStepKind.Entry));
        for (var visit = entered; visit is not null; visit = visit.Inner)
        {
            steps.AddRange(TaintStep.Decided(visit.Way));
            steps.Add(visit.Inner is null ? new(place, TaintStepKind.Flow) : new(visit.Place, TaintStepKind.Call));
        }

        return steps.ToImmutable();
    }

    /// <summary>A place on the way back.</summary>
    /// <param name="Inner">The visit that it leads to; null for the effect itself.</param>
    private sealed record Visit(Instance Instance, Node Place, string? Subject, Visit? Inner)
    {
        public FlowWitness? Way { get; init; }
    }
}
