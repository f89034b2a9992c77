using System.Collections.Frozen;
using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>An entry that reaches an effect, judged.</summary>
internal sealed record JudgedReach(ForgeEntry Entry, ForgeEffect Effect, Reach Reach, Audience Audience, ReachVerdict Verdict)
{
    /// <summary>Other entries with the same function, of which the same is to be said.</summary>
    public ImmutableArray<ForgeEntry> Others { get; init; } = [];
}

/// <summary>Everything that entries of an app do with its rights.</summary>
internal sealed record AuthorizationAnalysis(ImmutableArray<JudgedReach> Reaches, ImmutableArray<string> Gaps)
{
    /// <summary>Whether there may be ways that were not seen.</summary>
    public bool IsCutShort { get; init; }

    public static AuthorizationAnalysis Of(ForgeProgram program, CancellationToken cancellation)
    {
        var calls = ProductCalls.Of(program);
        var effects = EffectFinder.Of(program, calls).DistinctBy(effect => effect.Call).ToList();
        var guards = new AuthorizationGuards(program.Values, calls, effects);
        var entries = program
            .Entries.SelectMany(entry => entry.Functions.Select(function => (function, entry)))
            .ToLookup(pair => pair.function, pair => pair.entry);
        var found = ReachAnalysis.Of(
            program.Values,
            new()
            {
                Entries = entries.Select(group => group.Key).ToFrozenSet(),
                Effects = [.. effects.Select(effect => new ReachEffect(effect.Call, effect.Subjects, Details(effect)))],
                Answers = guards.Answers,
                OriginOf = ForgeOrigins.NameOf,
                IsGuard = guards.IsGuard,
            },
            cancellation
        );
        var effectOf = effects.ToDictionary(effect => effect.Call);
        var reaches = found
            .Reaches.SelectMany(reach => entries[reach.Entry].Select(entry => (Entry: entry, Effect: effectOf[reach.Effect.Call], Reach: Shown(entry, reach))))
            .ToList();
        var judge = new AuthorizationJudge(
            guards,
            reaches.Exists(reach =>
                IsConsumer(reach.Entry) && reach.Effect.IsWrite && !reach.Reach.IsGuarded && reach.Reach.Origins.Any(ForgeOrigins.IsCallers)
            )
        );
        return new(
            [
                .. reaches
                    .Select(reach => Judged(judge, reach.Entry, reach.Effect, reach.Reach))
                    .GroupBy(reach => (reach.Effect, reach.Reach.Entry))
                    .Select(Worst),
            ],
            found.Gaps
        )
        {
            IsCutShort = found.IsCutShort,
        };
    }

    private static JudgedReach Judged(AuthorizationJudge judge, ForgeEntry entry, ForgeEffect effect, Reach reach)
    {
        var audience = Audiences.Of(entry);
        return new(entry, effect, reach, audience, judge.Judge(effect, reach, audience));
    }

    // One function may be behind several entries, and do it with several things: what the worst of them says, with the names of the others.
    private static JudgedReach Worst(IEnumerable<JudgedReach> reaches)
    {
        var all = reaches
            .OrderByDescending(reach => reach.Verdict.Rule is not null)
            .ThenByDescending(reach => reach.Audience)
            .ThenByDescending(reach => reach.Verdict.Confidence)
            .ToList();
        var alike = all.Where(reach => reach.Verdict.Rule == all[0].Verdict.Rule).Select(reach => reach.Entry);
        return all[0] with { Others = [.. alike.Where(entry => entry != all[0].Entry).Distinct()] };
    }

    private static ImmutableArray<Node> Details(ForgeEffect effect)
    {
        // By which client it is done.
        var client =
            effect.Product is { Accounts: not ProductAccounts.App } && effect.Call.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } member
                ? member.Object
                : default;
        return [.. new[] { effect.Written, client }.Where(node => node.Exists)];
    }

    // What components of UI Kit 1 read, they show.
    private static Reach Shown(ForgeEntry entry, Reach reach)
    {
        var shown = entry.Kind == ForgeEntryKind.View ? reach with { IsReturned = true } : reach;
        return Audiences.IsToldByPlatform(entry)
            ? shown with
            {
                Subjects = [.. shown.Subjects.Select(subject => subject.Select(OfPlatform).ToImmutableArray())],
            }
            : shown;
    }

    private static Origin OfPlatform(Origin origin) => ForgeOrigins.IsCallers(origin) ? new("context.extension", default) : origin;

    private static bool IsConsumer(ForgeEntry entry) => entry.Uses.Any(use => use.ModuleType is "consumer" or "fifoConsumer");
}
