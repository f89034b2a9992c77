using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Finds out why sinks are safe: what would get there if it were not stopped, and what stops it.</summary>
internal sealed class SafetySearch(
    ProgramIndex index,
    TaintRules rules,
    string rule,
    GuardSearch guards,
    ValueKeys keys,
    EffectSearch effects,
    int maximumFacts
)
{
    public IEnumerable<TaintProof> Explain(IEnumerable<TaintFinding> findings)
    {
        var found = findings.Select(finding => finding.Call).ToHashSet();
        var search = new TaintSearch(index, rules, rule, guards, keys, effects, maximumFacts) { PassesGuards = true };
        _ = search.Find().Count();
        foreach (var (call, (instance, sink, argument)) in search.Sinks)
        {
            if (!found.Contains(call))
            {
                yield return Proof(search, call, instance, sink, argument);
            }
        }
    }

    private TaintProof Proof(TaintSearch search, Node call, Instance instance, TaintSink sink, int argument)
    {
        if (!search.IsAlive(instance, call))
        {
            return new(sink, call, TaintSafety.Unreachable, []);
        }

        if (search.Stopped.TryGetValue(call, out var stop))
        {
            return new(sink, call, stop.Reason, stop.By);
        }

        return new(sink, call, IsConstant(argument) ? TaintSafety.Constant : TaintSafety.NoFlow, []);
    }

    private bool IsConstant(int node)
    {
        var values = index.Solver.Sets[index.Solver.SetOf(node)].ToArray();
        return values.Length > 0 && values.All(value => index.Solver.Values.KindOf(value) is >= ValueKind.Undefined and <= ValueKind.String);
    }
}
