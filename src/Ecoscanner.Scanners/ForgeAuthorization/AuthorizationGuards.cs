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
    private readonly FrozenSet<Node> secrets;

    public AuthorizationGuards(ProgramValues values, IEnumerable<ProductCall> calls, IEnumerable<ForgeEffect> effects)
    {
        var answers = new Dictionary<Node, ImmutableArray<Node>>();
        foreach (var call in calls.Where(call => !call.IsOfPage && !ProductEffects.IsTrivial(call)))
        {
            kinds[call.Call] = call.Accounts == ProductAccounts.User ? AnswerKind.OfUser : AnswerKind.OfApp;
            products[call.Call] = call;
            answers[call.Call] = [.. call.Call.Arguments];
        }

        foreach (var call in values.Calls.Calls.Where(call => call.Exists && call.Kind == NodeKind.CallExpression))
        {
            if (values.Calls.TargetsOf(call).Any(target => target.Path is { } path && IsAuthorize(path)))
            {
                kinds[call] = AnswerKind.Authorize;
                answers[call] = call.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } member ? [.. call.Arguments, member.Object] : [.. call.Arguments];
            }
        }

        Answers = answers.ToFrozenDictionary();
        secrets = effects.Where(effect => effect.Kind is ForgeEffectKind.SecretRead or ForgeEffectKind.DataRead).Select(effect => effect.Call).ToFrozenSet();
    }

    public FrozenDictionary<Node, ImmutableArray<Node>> Answers { get; }

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
            AnswerKind.OfUser => AnswerReading.OfResponse(condition, answer) && IsAbout(condition, about, ProductEffects.AsksPermission(products[answer.Call])),
            // What the app may see says nothing of a user, unless it was asked about this one.
            _ => about.Any(origin => origin.Name == ForgeOrigins.Account) && AnswerReading.OfContent(condition, answer) && IsAbout(condition, about, isPermission: true),
        };
    }

    // An answer about another thing is none; one about no thing at all is one where it is about rights.
    private static bool IsAbout(ReachCondition condition, IReadOnlyCollection<Origin> about, bool isPermission)
    {
        var subject = NamesOf(condition.Subject);
        var asked = NamesOf(about.Concat(condition.Origins));
        return subject.Count == 0
            || (
                asked.Count > 0
                    ? asked.Overlaps(subject) || asked.Contains(ForgeOrigins.Caller) || subject.Contains(ForgeOrigins.Caller)
                    : isPermission && !about.Any(IsResource)
            );
    }

    private static HashSet<string> NamesOf(IEnumerable<Origin> origins) => origins.Where(ForgeOrigins.IsCallers).Select(origin => origin.Name).ToHashSet(StringComparer.Ordinal);

    private static bool IsResource(Origin origin) => ForgeOrigins.IsPlatforms(origin) && origin.Name.StartsWith("context.extension", StringComparison.Ordinal);

    private static bool IsAuthorize(string path)
    {
        var (package, steps) = PathSteps.Of(path);
        return package == "@forge/api" && steps is ["authorize()", ..] and not ["authorize()"];
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
