using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Keys that callers send do not lead to <c>Object.prototype</c>: as <c>a[key][other] = value</c> does, and a merge of what they send.</summary>
internal static partial class PrototypeCheck
{
    private static readonly string[] Dangerous = ["__proto__", "constructor", "prototype"];

    public static readonly TaintCheck Check = new(ForgeCodeScanner.PrototypePollution)
    {
        Sinks = code => Writings(code).Concat(Merges(code)),
        Tests = code => AllowLists.Of(code).Select(test => IsDenial(code, test.Test) ? test with { Holds = !test.Holds } : test),
        Verb = "chooses the object to write to in",
        Expected = "a Map, an object from Object.create(null), or keys that are checked: if (key === '__proto__' || key === 'constructor') throw",
        None = "the code writes to no object in an object by a key that it does not know",
    };

    private static IEnumerable<CodeSink> Writings(AppCode code)
    {
        foreach (var assignment in code.Places.Assignments)
        {
            if (
                CodePlaces.Plain(assignment.Left) is { Kind: NodeKind.MemberExpression } outer
                && CodePlaces.Plain(outer.Object) is { Kind: NodeKind.MemberExpression } inner
                && inner.Has(NodeFlags.Computed)
                && IsUnknownKey(code, inner.Property)
                && !IsWithoutPrototype(code, inner.Object)
            )
            {
                yield return new(assignment, inner.Property, "an assignment");
            }
        }
    }

    // A function that calls itself for the object in an object.
    private static IEnumerable<CodeSink> Merges(AppCode code)
    {
        foreach (var call in code.Places.Calls.Where(call => call.Kind == NodeKind.CallExpression && call.Arguments.Count > 1))
        {
            var target = CodePlaces.Plain(call.Arguments[0]);
            if (
                target.Kind == NodeKind.MemberExpression
                && target.Has(NodeFlags.Computed)
                && IsUnknownKey(code, target.Property)
                && code.Program.Values.Calls.TargetsOf(call).Any(callee => callee.Function.Exists && IsWithin(call, callee.Function))
            )
            {
                yield return new(call, target.Property, CodeSink.NameOf(call));
            }
        }
    }

    private static bool IsWithin(Node node, Node function) => node.Tree == function.Tree && function.Start <= node.Start && node.End <= function.End;

    private static bool IsUnknownKey(AppCode code, Node key) =>
        code.Program.Values.Of(key) is var values
        && (values.Count == 0 || values.Any(value => value.Kind is ValueKind.Unknown or ValueKind.AnyString or ValueKind.Pattern or ValueKind.External));

    private static bool IsWithoutPrototype(AppCode code, Node node) =>
        code.Program.Values.Of(node) is { Count: > 0 } values
        && values.All(value =>
            value.Kind == ValueKind.Object && value.Node is { Kind: NodeKind.CallExpression } made && CodePlaces.CalleeName(made) == "create"
        );

    // A list of keys that are refused, or a comparison with one.
    private static bool IsDenial(AppCode code, Node test)
    {
        if (test.Kind == NodeKind.BinaryExpression)
        {
            return IsDangerous(test.Left) || IsDangerous(test.Right);
        }

        var list = CodePlaces.ReceiverOf(test);
        return list.Exists
            && (
                Denials().IsMatch(CodePlaces.NameOf(list))
                || list.Kind == NodeKind.ArrayExpression && list.Elements.Any(IsDangerous)
                || (list.Kind == NodeKind.RegExpLiteral && list.RegExpPattern.Contains("__proto__", StringComparison.Ordinal))
                || code.Program.Values.Of(list).Any(value => value.Node is { Kind: NodeKind.ArrayExpression } items && items.Elements.Any(IsDangerous))
            );
    }

    private static bool IsDangerous(Node node) =>
        node.Exists && node.Kind == NodeKind.StringLiteral && Dangerous.Contains(node.StringValue, StringComparer.Ordinal);

    [GeneratedRegex("block|forbid|danger|unsafe|reserved|deny|denied|banned|bad|proto|illegal", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Denials();
}
