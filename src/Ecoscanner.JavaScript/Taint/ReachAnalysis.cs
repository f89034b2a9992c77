using System.Collections.Frozen;
using System.Collections.Immutable;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Which entries of a program reach which effects: each with a way that passes no guard, or with the guards that every way passes.</summary>
public sealed class ReachAnalysis
{
    // Searches that share the effects. It does not depend on the machine: each has limits of its own, and they are met at the same places everywhere.
    private const int SideBySide = 2;

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
        var index = ProgramIndex.Of(program);
        var calls = rules.Answers.Keys.Concat(rules.Effects.Select(effect => effect.Call)).ToFrozenSet();
        var origins = new Origins(index, rules.OriginOf, calls);
        var ground = new ReachGround(index, rules, origins);
        var order = program.Graph.Modules.Where(module => module.Record is not null).ToDictionary(module => module.Record!.Tree, module => module.Index);
        var searches = new ReachSearch[SideBySide];
        var reaches = new Reach[rules.Effects.Length][];
        Parallel.For(
            0,
            SideBySide,
            new() { CancellationToken = cancellation },
            number =>
            {
                var search = searches[number] = new(index, rules, origins, ground);
                for (var at = number; at < reaches.Length; at += SideBySide)
                {
                    cancellation.ThrowIfCancellationRequested();
                    reaches[at] = [.. search.Find(rules.Effects[at]).OrderBy(reach => order[reach.Entry.Tree]).ThenBy(reach => reach.Entry.Start)];
                }
            }
        );

        var gaps = program.Gaps.Select(gap => gap.Reason).ToHashSet(StringComparer.Ordinal);
        if (origins.GaveUp)
        {
            gaps.Add("there are too many values to follow where each comes from");
        }

        if (searches.Any(search => search.GaveUp))
        {
            gaps.Add("some effects have so many callers that not all were followed, so entries may be missing");
        }

        if (searches.Any(search => search.IsTooLarge))
        {
            gaps.Add("some objects or expressions are so large that not all that is in them was looked at");
        }

        if (searches.Any(search => search.HasOpenGuards))
        {
            gaps.Add("some guards call so many functions that they were not followed to their end; what they stand before is reported, and may be safe");
        }

        return new(
            [.. reaches.SelectMany(each => each)],
            [.. gaps.Order(StringComparer.Ordinal)],
            origins.GaveUp || searches.Any(search => search.GaveUp || search.IsTooLarge) || program.Gaps.Any(gap => gap.Kind == ValueGapKind.Steps)
        );
    }
}
