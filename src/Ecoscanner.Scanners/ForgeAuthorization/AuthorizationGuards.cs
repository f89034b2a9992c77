using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Knows the answers that authorise somebody: what a product says of a user, comparisons with whom the platform says the caller is, proofs that a request is genuine.</summary>
internal sealed class AuthorizationGuards
{
    private static readonly string[] SeeingRights = [".BROWSE", ".canRead", ".canView", ".VIEW_"];

    private readonly Dictionary<Node, AnswerKind> kinds = [];
    private readonly Dictionary<Node, ProductCall> products = [];
    private readonly ConcurrentDictionary<Node, bool> probes = [];
    private readonly ConcurrentDictionary<Node, bool> foreign = [];
    private readonly FrozenSet<Node> secrets;

    public AuthorizationGuards(ProgramValues values, IEnumerable<ProductCall> calls, IEnumerable<ForgeEffect> effects)
    {
        var answers = new Dictionary<Node, ImmutableArray<Node>>();
        foreach (
            var call in calls.Where(call =>
                !call.IsOfPage && (!ProductEffects.IsTrivial(call) || ProductEffects.AsksPermission(call) || ProductEffects.IsMyself(call))
            )
        )
        {
            kinds[call.Call] = call.Accounts == ProductAccounts.User ? AnswerKind.OfUser : AnswerKind.OfApp;
            products[call.Call] = call;
            answers[call.Call] = [.. call.Call.Arguments];
        }

        // Whose client a helper is handed.
        foreach (var call in calls.Where(call => call.Accounts is not (ProductAccounts.App or ProductAccounts.User)).Select(call => call.Call))
        {
            kinds.Remove(call);
        }

        foreach (var call in values.Calls.Calls.Where(call => call.Exists && call.Kind == NodeKind.CallExpression))
        {
            var paths = values.Calls.TargetsOf(call).Select(target => target.Path).OfType<string>().ToList();
            if (paths.Exists(IsClient))
            {
                answers[call] = [];
            }
            else if (paths.Exists(path => path.EndsWith(".createHmac", StringComparison.Ordinal)))
            {
                answers[call] = [.. call.Arguments.Skip(1)];
            }
            else if (paths.Exists(IsAuthorize))
            {
                kinds[call] = AnswerKind.Authorize;
                answers[call] = call.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } member
                    ? [.. call.Arguments, member.Object]
                    : [.. call.Arguments];
            }
        }

        foreach (var effect in effects.Where(effect => effect.Kind == ForgeEffectKind.Egress))
        {
            kinds.TryAdd(effect.Call, AnswerKind.OfOthers);
            answers.TryAdd(effect.Call, [.. effect.Call.Arguments]);
        }

        Answers = answers.ToFrozenDictionary();
        secrets = effects
            .Where(effect => effect.Kind is ForgeEffectKind.SecretRead or ForgeEffectKind.DataRead or ForgeEffectKind.Egress)
            .Select(effect => effect.Call)
            .ToFrozenSet();
    }

    public FrozenDictionary<Node, ImmutableArray<Node>> Answers { get; }

    /// <summary>Whether a call gives what the app has stored.</summary>
    public bool IsOfStore(Node call) => secrets.Contains(call) && !kinds.ContainsKey(call);

    /// <summary>Whether a call's answer names what somebody may do something with.</summary>
    public bool IsOfRights(Node call) => products.TryGetValue(call, out var product) && ProductEffects.AsksPermission(product);

    /// <summary>Whether a call's answer is what the user may see.</summary>
    public bool IsOfUser(Node call) => kinds.TryGetValue(call, out var kind) && kind == AnswerKind.OfUser;

    /// <summary>Whether all that they tell is that the caller may see something.</summary>
    public bool AreProbes(IReadOnlyCollection<Node> accepted) =>
        accepted.Count > 0 && accepted.All(node => probes.ContainsKey(node) || foreign.ContainsKey(node));

    /// <summary>Whether they are functions of packages that are not here, so that only their names speak for them.</summary>
    public bool AreForeign(IReadOnlyCollection<Node> accepted) => accepted.Count > 0 && accepted.All(foreign.ContainsKey);

    public bool IsGuard(ReachCondition condition) =>
        condition.Outcome.Kind == OutcomeKind.Any
            ? RequestProofs.Throws(condition) || IsForeign(condition)
            : IsForeign(condition)
                || condition.Origins.Any(origin => origin.Call.Exists && kinds.TryGetValue(origin.Call, out var kind) && Tells(condition, origin, kind))
                || IdentityChecks.Tells(condition)
                || RequestProofs.Tells(condition, secrets);

    private bool Tells(ReachCondition condition, Origin answer, AnswerKind kind)
    {
        var about = condition.SubjectOf(answer.Call);
        return kind switch
        {
            AnswerKind.Authorize => AnswerReading.OfCheck(condition, answer) && IsAbout(condition, about, isPermission: true) && IsRight(condition),
            AnswerKind.OfUser when ProductEffects.AsksPermission(products[answer.Call]) => AnswerReading.OfContent(condition, answer)
                && IsAbout(condition, about, isPermission: true)
                && IsRight(condition),
            // Groups and the like of the user.
            AnswerKind.OfUser when ProductEffects.IsMyself(products[answer.Call]) => AnswerReading.OfContent(condition, answer)
                && IsAbout(condition, about, isPermission: true),
            AnswerKind.OfUser => AnswerReading.OfResponse(condition, answer) && IsAbout(condition, about, isPermission: false) && IsProbe(condition, answer),
            // What the app may see says nothing of a user, unless it was asked about this one.
            AnswerKind.OfOthers => false,
            _ => about.Any(origin => origin.Name == ForgeOrigins.Account)
                && AnswerReading.OfContent(condition, answer)
                && IsAbout(condition, about, isPermission: true),
        };
    }

    // Who may change a thing may have more done to it; who sees it, may not.
    private bool IsProbe(ReachCondition condition, Origin answer)
    {
        if (products[answer.Call].Methods is ["GET"])
        {
            probes[condition.Expression] = true;
        }

        return true;
    }

    // The right to see is a probe and no more.
    private bool IsRight(ReachCondition condition)
    {
        if (condition.Values.Any(value => value.Path is { } path && SeeingRights.Any(right => path.Contains(right, StringComparison.Ordinal))))
        {
            probes[condition.Expression] = true;
        }

        return true;
    }

    private bool IsForeign(ReachCondition condition)
    {
        if (!ForeignGuards.IsOne(condition) || !Subjects.AreCovered(condition, condition.Origins, isForAll: false))
        {
            return false;
        }

        foreign[condition.Expression] = true;
        return true;
    }

    // An answer about another thing is none; one about no thing at all is one where it is about rights.
    private static bool IsAbout(ReachCondition condition, IReadOnlyCollection<Origin> about, bool isPermission) =>
        Subjects.AreCovered(condition, about.Concat(condition.Origins), isPermission && !about.Any(IsResource));

    private static bool IsResource(Origin origin) => ForgeOrigins.IsPlatforms(origin) && origin.Name.StartsWith("context.extension", StringComparison.Ordinal);

    private static bool IsClient(string path) => PathSteps.Of(path) is ("@forge/api", ["asApp" or "asUser"]);

    private static bool IsAuthorize(string path)
    {
        var (package, steps) = PathSteps.Of(path);
        return package == "@forge/api" && steps is ["authorize()", "onJira" or "onConfluence"] or ["authorize()", _, _];
    }

    private enum AnswerKind
    {
        /// <summary>A product answered with the user's rights.</summary>
        OfUser,

        /// <summary>A product answered with the app's.</summary>
        OfApp,

        /// <summary>Another server answered.</summary>
        OfOthers,

        /// <summary>Forge's <c>authorize()</c>.</summary>
        Authorize,
    }
}
