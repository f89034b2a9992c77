using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Functions of packages that are not among the sources, and are called as if they authorised somebody.</summary>
internal static class ForeignGuards
{
    private static readonly string[] Verbs =
    [
        "assert",
        "ensure",
        "require",
        "check",
        "verify",
        "can",
        "may",
        "is",
        "has",
        "must",
        "authorize",
        "authorise",
        "authenticate",
        "validate",
        "guard",
        "permit",
    ];

    private static readonly string[] Nouns =
    [
        "access",
        "admin",
        "allow",
        "auth",
        "can",
        "edit",
        "guard",
        "member",
        "owner",
        "permi",
        "privilege",
        "right",
        "request",
        "role",
        "signature",
        "token",
        "view",
        "webhook",
    ];

    public static bool IsOne(ReachCondition condition) =>
        condition.Expression.Kind == NodeKind.CallExpression
        && (condition.Outcome.Kind == OutcomeKind.Any || (AnswerReading.IsPlausible(condition) && condition.Outcome.MeansTruthy))
        && condition.Values.Any(value => value.Path is { } path && IsOne(path));

    private static bool IsOne(string path)
    {
        var (package, steps) = PathSteps.Of(path);
        return package is not null
            && !package.StartsWith("@forge/", StringComparison.Ordinal)
            && !package.StartsWith("node:", StringComparison.Ordinal)
            && steps is [.., var last]
            && last.EndsWith("()", StringComparison.Ordinal)
            && Verbs.Any(verb => last.StartsWith(verb, StringComparison.Ordinal))
            && Nouns.Any(noun => steps.Any(step => step.Contains(noun, StringComparison.OrdinalIgnoreCase)));
    }
}
