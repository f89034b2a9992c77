using System.Globalization;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Whether what a way depends on says yes: the status of an answer, a permission in it, something worked out of it.</summary>
internal static class AnswerReading
{
    // What an answer has before anybody looks into it.
    private static readonly string[] Unread = ["", ".json()", ".text()", ".arrayBuffer()", ".body", ".headers", ".clone()"];

    /// <summary>Of <c>authorize().onJiraIssue(…).canEdit()</c>.</summary>
    public static bool OfCheck(ReachCondition condition, Origin answer) =>
        TailsOf(condition, answer).Any(static tail => tail.Length == 0)
            ? condition.IsAwaited && IsYes(condition.Outcome) && answer.Name.Split('.')[^1].StartsWith("can", StringComparison.Ordinal)
            : IsPlausible(condition);

    /// <summary>Of a product's answer to the user.</summary>
    public static bool OfResponse(ReachCondition condition, Origin answer)
    {
        if (TailsOf(condition, answer).Any(Unread.Contains))
        {
            return false;
        }

        return NameOf(condition.Expression) switch
        {
            "ok" => IsYes(condition.Outcome),
            "status" or "statusCode" => IsGoodStatus(condition.Outcome),
            _ => condition.Expression.Kind == NodeKind.BinaryExpression && StatusIn(condition.Expression) is var (limit, isStatusFirst)
                ? IsGoodComparison(condition.Expression, limit, isStatusFirst, condition.Outcome)
                : IsPlausible(condition),
        };
    }

    /// <summary>Of what stands in an answer; that there was one says nothing.</summary>
    public static bool OfContent(ReachCondition condition, Origin answer) =>
        !TailsOf(condition, answer).Any(Unread.Contains)
        && !IsOfTransport(condition)
        && condition.Expression is not { Kind: NodeKind.BinaryExpression, Operator: TokenKind.In }
        && IsPlausible(condition);

    /// <summary>Whether it is how a request went, which says nothing of a caller.</summary>
    public static bool IsOfTransport(ReachCondition condition) =>
        NameOf(condition.Expression) is "ok" or "status" or "statusCode"
        || (condition.Expression.Kind == NodeKind.BinaryExpression && StatusIn(condition.Expression) is not null);

    /// <summary>Whether it is yes, or, where its meaning is not known, may be.</summary>
    public static bool IsPlausible(ReachCondition condition)
    {
        var outcome = condition.Outcome;
        if (NameOf(condition.Expression) is { } name && (name.StartsWith("have", StringComparison.Ordinal) || name.StartsWith("has", StringComparison.Ordinal)))
        {
            return IsYes(outcome);
        }

        if (!condition.IsStrict)
        {
            return true;
        }

        return
            condition.Expression.Kind == NodeKind.BinaryExpression
            && condition.Expression.Operator is TokenKind.ExclamationEquals or TokenKind.ExclamationEqualsEquals
            ? outcome.MeansFalsy
            : IsYes(outcome);
    }

    private static bool IsYes(Outcome outcome) =>
        outcome.Kind switch
        {
            OutcomeKind.Equal => outcome.Constant is not ("-1" or "0"),
            OutcomeKind.NotEqual => outcome.Constant is "-1" or "0",
            OutcomeKind.NotFalse or OutcomeKind.NotNullish => true,
            _ => outcome.MeansTruthy,
        };

    // Not a refusal: so much is sure of 2xx, and of what is not the refusal that is asked for.
    private static bool IsGoodStatus(Outcome outcome) =>
        int.TryParse(outcome.Constant, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        && outcome.Kind switch
        {
            OutcomeKind.Equal => status is >= 200 and < 300,
            OutcomeKind.NotEqual => status is 401 or 403 or 404,
            _ => false,
        };

    // response.status < 300; that it is no less than 200 says nothing.
    private static bool IsGoodComparison(Node comparison, int limit, bool isStatusFirst, Outcome outcome)
    {
        var isBelow = comparison.Operator is TokenKind.LessThan or TokenKind.LessThanEquals;
        var isAbove = comparison.Operator is TokenKind.GreaterThan or TokenKind.GreaterThanEquals;
        var holds = outcome.MeansTruthy || outcome.Kind == OutcomeKind.NotFalse;
        return (isBelow || isAbove) && limit is > 200 and <= 400 && (isBelow == isStatusFirst ? holds : outcome.MeansFalsy);
    }

    private static (int Limit, bool IsStatusFirst)? StatusIn(Node comparison)
    {
        foreach (var (status, limit, isFirst) in ((Node, Node, bool)[])[(comparison.Left, comparison.Right, true), (comparison.Right, comparison.Left, false)])
        {
            if (limit.Kind == NodeKind.NumericLiteral && NameOf(status.WithoutAssertions) is "status" or "statusCode")
            {
                return ((int)Math.Clamp(limit.NumberValue, 0, 1000), isFirst);
            }
        }

        return null;
    }

    private static IEnumerable<string> TailsOf(ReachCondition condition, Origin answer)
    {
        var path = $"{answer.Name}()";
        return condition
            .Values.Select(value => value.Path)
            .OfType<string>()
            .Where(value => value.StartsWith(path, StringComparison.Ordinal))
            .Select(value => value[path.Length..]);
    }

    private static string? NameOf(Node expression) =>
        expression.Kind switch
        {
            NodeKind.MemberExpression when !expression.Has(NodeFlags.Computed) => expression.Property.Name,
            NodeKind.Identifier => expression.Name,
            _ => null,
        };
}
