using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Conditions that say that a value is one of those which the app knows: lists, comparisons, patterns, kinds.</summary>
internal static class AllowLists
{
    private static readonly string[] Lookups = ["includes", "has", "test", "isInteger", "isSafeInteger", "isFinite"];
    private static readonly string[] Kinds = ["number", "boolean", "bigint"];

    public static IEnumerable<(Node Test, bool Holds, Node About)> Of(AppCode code) =>
        OfCalls(code).Concat(OfLists(code)).Concat(code.Places.Comparisons.SelectMany(OfComparison));

    /// <summary>Calls that ask the same of each item of a list, and whether the answer is turned round: <c>keys.some((key) => !KNOWN.has(key))</c>.</summary>
    public static IEnumerable<(Node Call, Node Question, bool IsTurned)> Questions(AppCode code)
    {
        foreach (var call in code.Places.Calls.Where(call => call.Arguments.Count == 1 && CodePlaces.CalleeName(call) is "every" or "some"))
        {
            var callback = CodePlaces.Plain(call.Arguments[0]);
            if (callback.Kind != NodeKind.ArrowFunctionExpression || callback.Params.Count != 1 || !CodePlaces.ReceiverOf(call).Exists)
            {
                continue;
            }

            var body = CodePlaces.Plain(callback.Body);
            var isTurned = body is { Kind: NodeKind.UnaryExpression, Operator: TokenKind.Exclamation };
            var question = isTurned ? CodePlaces.Plain(body.Argument) : body;
            if (
                question.Kind == NodeKind.CallExpression
                && question.Arguments.Count == 1
                && Lookups.Contains(CodePlaces.CalleeName(question), StringComparer.Ordinal)
                && CodePlaces.NameOf(CodePlaces.Plain(question.Arguments[0])) is { Length: > 0 } name
                && name == CodePlaces.NameOf(callback.Params[0])
            )
            {
                yield return (call, question, isTurned);
            }
        }
    }

    private static IEnumerable<(Node Test, bool Holds, Node About)> OfLists(AppCode code) =>
        from asked in Questions(code)
        let isEvery = CodePlaces.CalleeName(asked.Call) == "every"
        where isEvery != asked.IsTurned
        select (asked.Call, isEvery, CodePlaces.ReceiverOf(asked.Call));

    private static IEnumerable<(Node Test, bool Holds, Node About)> OfCalls(AppCode code)
    {
        foreach (var call in code.Places.Calls)
        {
            var name = CodePlaces.CalleeName(call);
            switch (call.Arguments.Count)
            {
                case >= 1 when Lookups.Contains(name, StringComparer.Ordinal) || name == "hasOwnProperty":
                    yield return (call, true, call.Arguments[0]);
                    break;
                case >= 2 when name == "hasOwn" || (name == "call" && CodePlaces.NameOf(CodePlaces.ReceiverOf(call)) == "hasOwnProperty"):
                    yield return (call, true, call.Arguments[1]);
                    break;
                case >= 1 when name == "match" && call.Arguments[0].Kind == NodeKind.RegExpLiteral && CodePlaces.ReceiverOf(call) is { Exists: true } text:
                    yield return (call, true, text);
                    break;
                case >= 1 when name is "isNaN":
                    yield return (call, false, call.Arguments[0]);
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<(Node Test, bool Holds, Node About)> OfComparison(Node node)
    {
        var (left, right) = (CodePlaces.Plain(node.Left), CodePlaces.Plain(node.Right));
        var isEqual = node.Operator is TokenKind.EqualsEqualsEquals or TokenKind.EqualsEquals;
        var isComparison = isEqual || node.Operator is TokenKind.ExclamationEqualsEquals or TokenKind.ExclamationEquals;
        if (node.Operator is TokenKind.In)
        {
            yield return (node, true, left);
        }
        else if (IsIndexOf(left) && IsPosition(node.Operator, right) is { } holds)
        {
            yield return (node, holds, left.Arguments[0]);
        }
        else if (
            isComparison
            && left is { Kind: NodeKind.UnaryExpression, Operator: TokenKind.Typeof }
            && Kinds.Contains(right.StringValue, StringComparer.Ordinal)
        )
        {
            yield return (node, isEqual, left.Argument);
        }
        else if (isComparison && IsConstant(right))
        {
            yield return (node, isEqual, left);
        }
        else if (isComparison && IsConstant(left))
        {
            yield return (node, isEqual, right);
        }
    }

    private static bool IsConstant(Node node) =>
        node.Kind is NodeKind.StringLiteral or NodeKind.NumericLiteral && node.StringValue.Length + (node.Kind is NodeKind.NumericLiteral ? 1 : 0) > 0;

    private static bool IsIndexOf(Node node) => node.Kind == NodeKind.CallExpression && node.Arguments.Count == 1 && CodePlaces.CalleeName(node) == "indexOf";

    // Whether the comparison says that it was found; null where it says nothing of it.
    private static bool? IsPosition(TokenKind comparison, Node number) =>
        (comparison, number.Text.ToString()) switch
        {
            (TokenKind.ExclamationEqualsEquals or TokenKind.ExclamationEquals or TokenKind.GreaterThan, "-1") => true,
            (TokenKind.GreaterThanEquals, "0") => true,
            (TokenKind.EqualsEqualsEquals or TokenKind.EqualsEquals, "-1") => false,
            (TokenKind.LessThan, "0") => false,
            _ => null,
        };
}
