using System.Collections.Immutable;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>What of a program rules find: tainted values that get where they must not, effects that are reached unguarded; and why other sinks are safe.</summary>
public sealed class TaintAnalysis
{
    private TaintAnalysis(ImmutableArray<TaintFinding> findings, ImmutableArray<TaintProof> safe, ImmutableArray<string> gaps)
    {
        Findings = findings;
        Safe = safe;
        Gaps = gaps;
    }

    /// <summary>What was found, in the order of the modules and of their sources.</summary>
    public ImmutableArray<TaintFinding> Findings { get; }

    /// <summary>The sinks of which nothing was found, in that order.</summary>
    public ImmutableArray<TaintProof> Safe { get; }

    /// <summary>What was given up, each a sentence; findings may be missing then.</summary>
    public ImmutableArray<string> Gaps { get; }

    public static TaintAnalysis Of(ProgramValues program, TaintRules rules, TaintOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(rules);
        options ??= new();
        var index = new ProgramIndex(program);
        var keys = new ValueKeys(index);
        var guards = new GuardSearch(index, rules, keys);
        var effectSearch = new EffectSearch(index, rules, guards, keys, options.MaximumCallers);
        var gaps = program.Gaps.Select(gap => gap.Reason).ToHashSet(StringComparer.Ordinal);
        var findings = new List<TaintFinding>();
        var safe = new List<TaintProof>();
        foreach (var rule in rules.Sinks.Where(sink => !sink.IsEffect).Select(sink => sink.Rule).Distinct(StringComparer.Ordinal))
        {
            var search = new TaintSearch(index, rules, rule, guards, keys, effectSearch, options.MaximumFacts);
            var found = search.Find().ToList();
            findings.AddRange(found);
            safe.AddRange(new SafetySearch(index, rules, rule, guards, keys, effectSearch, options.MaximumFacts).Explain(found));
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

        var order = program.Graph.Modules.Where(module => module.Record is not null).ToDictionary(module => module.Record!.Tree, module => module.Index);
        return new(
            [.. findings.Concat(effects).OrderBy(finding => order[finding.Call.Tree]).ThenBy(finding => finding.Call.Start)],
            [.. safe.Concat(proofs).OrderBy(proof => order[proof.Call.Tree]).ThenBy(proof => proof.Call.Start)],
            [.. gaps.Order(StringComparer.Ordinal)]
        );
    }
}
