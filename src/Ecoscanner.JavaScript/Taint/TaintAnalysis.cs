using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>What of a program rules find: tainted values that get where they must not, effects that are reached unguarded; and why other sinks are safe.</summary>
public sealed class TaintAnalysis
{
    private readonly Lazy<ImmutableArray<TaintProof>> safe;

    private TaintAnalysis(
        ImmutableArray<TaintFinding> findings,
        ImmutableArray<Node> sinks,
        Func<ImmutableArray<TaintProof>> explain,
        ImmutableArray<string> gaps
    )
    {
        Findings = findings;
        Sinks = sinks;
        safe = new(explain);
        Gaps = gaps;
    }

    /// <summary>What was found, in the order of the modules and of their sources.</summary>
    public ImmutableArray<TaintFinding> Findings { get; }

    /// <summary>The calls and places of all sinks that the program has, in that order.</summary>
    public ImmutableArray<Node> Sinks { get; }

    /// <summary>The sinks of which nothing was found, in that order. Worked out when first asked for, which takes as long as the analysis.</summary>
    public ImmutableArray<TaintProof> Safe => safe.Value;

    /// <summary>What was given up, each a sentence; findings may be missing then.</summary>
    public ImmutableArray<string> Gaps { get; }

    public static TaintAnalysis Of(ProgramValues program, TaintRules rules, TaintOptions? options = null) => OfAll(program, [rules], options)[0];

    /// <summary>One for each of the rules; what they need of the program is worked out once.</summary>
    public static ImmutableArray<TaintAnalysis> OfAll(ProgramValues program, IReadOnlyList<TaintRules> rules, TaintOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(rules);
        var index = ProgramIndex.Of(program);
        var keys = new ValueKeys(index);
        return [.. rules.Select(each => Of(index, keys, each, options ?? new()))];
    }

    private static TaintAnalysis Of(ProgramIndex index, ValueKeys keys, TaintRules rules, TaintOptions options)
    {
        var guards = new GuardSearch(index, rules, keys);
        var effectSearch = new EffectSearch(index, rules, guards, keys, options.MaximumCallers);
        var gaps = index.Program.Gaps.Select(gap => gap.Reason).ToHashSet(StringComparer.Ordinal);
        var findings = new List<TaintFinding>();
        var sinks = new List<Node>();
        var explanations = new List<Func<IEnumerable<TaintProof>>>();
        foreach (var rule in rules.Sinks.Where(sink => !sink.IsEffect).Select(sink => sink.Rule).Distinct(StringComparer.Ordinal))
        {
            var search = new TaintSearch(index, rules, rule, guards, keys, effectSearch, options.MaximumFacts);
            var found = search.Find().ToList();
            findings.AddRange(found);
            sinks.AddRange(search.Sinks.Keys);
            explanations.Add(() => new SafetySearch(index, rules, rule, guards, keys, effectSearch, options.MaximumFacts).Explain(found));
            if (search.GaveUp)
            {
                gaps.Add($"more than {options.MaximumFacts} values are tainted for {rule}; the rest was not followed");
            }
        }

        var (effects, proofs) = effectSearch.Find();
        if (guards.GaveUp)
        {
            gaps.Add("some guards call so many functions that they were not followed to their end; what they stand before is reported, and may be safe");
        }

        var graph = index.Program.Graph;
        return new(
            [.. findings.Concat(effects).OrderBy(finding => OrderOf(finding.Call)).ThenBy(finding => finding.Call.Start)],
            [
                .. sinks
                    .Concat(effects.Select(effect => effect.Call))
                    .Concat(proofs.Select(proof => proof.Call))
                    .Distinct()
                    .OrderBy(OrderOf)
                    .ThenBy(sink => sink.Start),
            ],
            () => [.. explanations.SelectMany(explain => explain()).Concat(proofs).OrderBy(proof => OrderOf(proof.Call)).ThenBy(proof => proof.Call.Start)],
            [.. gaps.Order(StringComparer.Ordinal)]
        );

        int OrderOf(Node node) => graph.ModuleOf(node.Tree)!.Index;
    }
}
