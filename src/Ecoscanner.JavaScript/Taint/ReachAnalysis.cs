using System.Collections.Frozen;
using System.Collections.Immutable;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Which entries of a program reach which effects: each with a way that passes no guard, or with the guards that every way passes.</summary>
public sealed class ReachAnalysis
{
    private ReachAnalysis(ImmutableArray<Reach> reaches, ImmutableArray<string> gaps, bool isCutShort)
    {
        Reaches = reaches;
        Gaps = gaps;
        IsCutShort = isCutShort;
    }

    /// <summary>One for each effect, each entry, and each thing with which the entry does it; effects in the order in which they were asked for, entries in that of the sources.</summary>
    public ImmutableArray<Reach> Reaches { get; }

    /// <summary>Whether it did not come to its end, so that there may be ways which it has not seen.</summary>
    public bool IsCutShort { get; }

    /// <summary>What was given up, each a sentence.</summary>
    public ImmutableArray<string> Gaps { get; }

    public static ReachAnalysis Of(ProgramValues program, ReachRules rules, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(rules);
        var index = new ProgramIndex(program);
        var calls = rules.Answers.Keys.Concat(rules.Effects.Select(effect => effect.Call)).ToFrozenSet();
        var origins = new Origins(index, rules.OriginOf, calls);
        var judge = new ReachJudge(index, rules, origins);
        var guards = new GuardSearch(index, new(), new ValueKeys(index), judge);
        var search = new ReachSearch(index, rules, origins, judge, guards);
        var order = program.Graph.Modules.Where(module => module.Record is not null).ToDictionary(module => module.Record!.Tree, module => module.Index);
        var reaches = ImmutableArray.CreateBuilder<Reach>();
        foreach (var effect in rules.Effects)
        {
            cancellation.ThrowIfCancellationRequested();
            reaches.AddRange(search.Find(effect).OrderBy(reach => order[reach.Entry.Tree]).ThenBy(reach => reach.Entry.Start));
        }

        var gaps = program.Gaps.Select(gap => gap.Reason).ToHashSet(StringComparer.Ordinal);
        if (origins.GaveUp)
        {
            gaps.Add("there are too many values to follow where each comes from");
        }

        if (search.GaveUp)
        {
            gaps.Add("some effects have so many callers that not all were followed, so entries may be missing");
        }

        if (judge.GaveUp)
        {
            gaps.Add("some objects or expressions are so large that not all that is in them was looked at");
        }

        if (guards.GaveUp)
        {
            gaps.Add("some guards call so many functions that they were not followed to their end; what they stand before is reported, and may be safe");
        }

        return new(
            reaches.ToImmutable(),
            [.. gaps.Order(StringComparer.Ordinal)],
            origins.GaveUp || search.GaveUp || program.Gaps.Any(gap => gap.Kind == ValueGapKind.Steps)
        );
    }
}
