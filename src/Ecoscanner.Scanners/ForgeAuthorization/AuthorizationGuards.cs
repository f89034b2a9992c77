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
    private readonly Dictionary<Node, AnswerKind> kinds = [];
    private readonly Dictionary<Node, ProductCall> products = [];
    private readonly HashSet<Node> probes = [];
    private readonly FrozenSet<Node> secrets;

    public AuthorizationGuards(ProgramValues values, IEnumerable<ProductCall> calls, IEnumerable<ForgeEffect> effects)
    {
        var answers = new Dictionary<Node, ImmutableArray<Node>>();
        foreach (var call in calls.Where(call => !call.IsOfPage && (!ProductEffects.IsTrivial(call) || ProductEffects.AsksPermission(call))))
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
            if (values.Calls.TargetsOf(call).Any(target => target.Path is { } path && IsClient(path)))
            {
                answers[call] = [];
            }
            else if (values.Calls.TargetsOf(call).Any(target => target.Path is { } path && IsAuthorize(path)))
            {
                kinds[call] = AnswerKind.Authorize;
                answers[call] = call.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } member ? [.. call.Arguments, member.Object] : [.. call.Arguments];
            }
        }

        Answers = answers.ToFrozenDictionary();
        secrets = effects.Where(effect => effect.Kind is ForgeEffectKind.SecretRead or ForgeEffectKind.DataRead or ForgeEffectKind.Egress).Select(effect => effect.Call).ToFrozenSet();
    }

    public FrozenDictionary<Node, ImmutableArray<Node>> Answers { get; }

    /// <summary>Whether a call's answer is what the user may see.</summary>
    public bool IsOfUser(Node call) => kinds.TryGetValue(call, out var kind) && kind == AnswerKind.OfUser;

    /// <summary>Whether all that they tell is that the caller may see something.</summary>
    public bool AreProbes(IReadOnlyCollection<Node> accepted) => accepted.Count > 0 && accepted.All(probes.Contains);

    public bool IsGuard(ReachCondition condition) =>
        condition.Outcome.Kind == OutcomeKind.Any
            ? RequestProofs.Throws(condition)
            : condition.Origins.Any(origin => origin.Call.Exists && kinds.TryGetValue(origin.Call, out var kind) && Tells(condition, origin, kind))
                || IdentityChecks.Tells(condition)
                || RequestProofs.Tells(condition, secrets);

    private bool Tells(ReachCondition condition, Origin answer, AnswerKind kind)
    {
        var about = condition.SubjectOf(answer.Call);
        return kind switch
        {
            AnswerKind.Authorize => AnswerReading.OfCheck(condition, answer) && IsAbout(condition, about, isPermission: true),
            AnswerKind.OfUser => AnswerReading.OfResponse(condition, answer) && IsAbout(condition, about, IsPermission(condition, answer)),
            // What the app may see says nothing of a user, unless it was asked about this one.
            _ => about.Any(origin => origin.Name == ForgeOrigins.Account) && AnswerReading.OfContent(condition, answer) && IsAbout(condition, about, isPermission: true),
        };
    }

    private bool IsPermission(ReachCondition condition, Origin answer)
    {
        var asks = ProductEffects.AsksPermission(products[answer.Call]);
        _ = asks ? probes.Remove(condition.Expression) : probes.Add(condition.Expression);
        return asks;
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

        /// <summary>Forge's <c>authorize()</c>.</summary>
        Authorize,
    }
}
