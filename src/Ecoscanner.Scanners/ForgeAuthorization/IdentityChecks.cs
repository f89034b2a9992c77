using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Comparisons with whom the platform says the caller is, and where.</summary>
internal static class IdentityChecks
{
    private static readonly string[] Identities =
    [
        "context.accountId",
        "context.extension",
        "context.moduleKey",
        "context.principal",
        "context.jira",
        "context.confluence",
    ];

    public static bool Tells(ReachCondition condition)
    {
        if (!condition.Origins.Any(IsIdentity) || !AnswerReading.IsPlausible(condition))
        {
            return false;
        }

        // That there is a caller, or a place, says nothing; that it is this one does.
        if (
            condition.Values.Any(value =>
                value.Path is { } path && ForgeOrigins.NameOf(path)?.StartsWith(ForgeOrigins.Platform, StringComparison.Ordinal) == true
            )
        )
        {
            return condition.Outcome is { Kind: OutcomeKind.Equal or OutcomeKind.NotEqual, Constant: ['"', _, _, ..] };
        }

        var isComparison =
            condition.Expression.Kind != NodeKind.BinaryExpression || condition.Expression.Operator is not (TokenKind.LessThan or TokenKind.GreaterThan);
        return isComparison && Subjects.AreCovered(condition, condition.Origins, isForAll: true);
    }

    private static bool IsIdentity(Origin origin) =>
        ForgeOrigins.IsPlatforms(origin) && Identities.Any(name => origin.Name.StartsWith(name, StringComparison.Ordinal));
}
