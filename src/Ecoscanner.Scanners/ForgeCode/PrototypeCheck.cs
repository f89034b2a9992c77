using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Keys that callers send do not lead to <c>Object.prototype</c>: as <c>a[key][other] = value</c> does, and a merge of what they send.</summary>
internal static partial class PrototypeCheck
{
    private static readonly string[] Dangerous = ["__proto__", "constructor", "prototype"];

    public static readonly TaintCheck Check = new(ForgeCodeScanner.PrototypePollution)
    {
        Sinks = code => Writings(code).Concat(Fillings(code)).Concat(Merges(code)),
        Tests = code => AllowLists.Of(code).Select(test => IsDenial(code, test.Test) ? test with { Holds = !test.Holds } : test).Concat(DeniedLists(code)),
        Verb = "chooses the object to write to in",
        Expected = "a Map, an object from Object.create(null), or keys that are checked: if (key === '__proto__' || key === 'constructor') throw",
        None = "the code writes to no object in an object by a key that it does not know",
    };

    private static IEnumerable<CodeSink> Writings(AppCode code)
    {
        foreach (var assignment in code.Places.Assignments)
        {
            if (CodePlaces.Plain(assignment.Left) is { Kind: NodeKind.MemberExpression } outer)
            {
                // The step to the next object is none, only what is written there.
                foreach (
                    var key in (outer.Has(NodeFlags.Computed) ? KeysTo(code, outer.Object) : KeysIn(code, outer.Object)).Where(key => key != outer.Property)
                )
                {
                    yield return new(assignment, key, "an assignment");
                }
            }
        }
    }

    // Object.assign(groups[key], values)
    private static IEnumerable<CodeSink> Fillings(AppCode code) =>
        from call in code.CallsOf(path => path is "Object.assign" or "Object.defineProperty" or "Object.defineProperties")
        where call.Call.Kind == NodeKind.CallExpression && call.Call.Arguments.Count > 1
        from key in KeysIn(code, call.Call.Arguments[0])
        select new CodeSink(call.Call, key, CodeSink.NameOf(call.Call));

    private static IEnumerable<Node> KeysIn(AppCode code, Node target) =>
        CodePlaces.Plain(target) is { Kind: NodeKind.MemberExpression } inner
        && inner.Has(NodeFlags.Computed)
        && IsUnknownKey(code, inner.Property)
        && !IsWithoutPrototype(code, inner.Object)
            ? [inner.Property]
            : [];

    // for (const key of path) node = node[key] ??= {}; node[last] = value
    private static IEnumerable<Node> KeysTo(AppCode code, Node target)
    {
        target = CodePlaces.Plain(target);
        if (target.Kind != NodeKind.Identifier || code.Program.Graph.ModuleOf(target.Tree)?.Record?.Model is not { } model)
        {
            return KeysIn(code, target);
        }

        var symbol = model.SymbolOf(target);
        return !symbol.Exists
            ? []
            : code
                .Places.Assignments.Where(step => step.Tree == target.Tree && step.Operator == TokenKind.Equals && step.Left.Kind == NodeKind.Identifier)
                .Where(step => model.SymbolOf(step.Left) == symbol)
                .SelectMany(step => IsStep(step.Right, out var inner) && IsOf(model, inner, symbol) ? KeysIn(code, inner) : []);
    }

    // What is behind `a[key]`, `a[key] ??= {}`, `a[key] = a[key] || {}` and `a[key] || {}`.
    private static bool IsStep(Node node, out Node member)
    {
        member = CodePlaces.Plain(node);
        member = CodePlaces.Plain(
            member.Kind is NodeKind.AssignmentExpression or NodeKind.LogicalExpression or NodeKind.BinaryExpression ? member.Left : member
        );
        return member.Kind == NodeKind.MemberExpression;
    }

    private static bool IsOf(SemanticModel model, Node member, Symbol symbol) =>
        CodePlaces.Plain(member.Object) is { Kind: NodeKind.Identifier } owner && model.SymbolOf(owner) == symbol;

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

    // if (keys.some((key) => FORBIDDEN.has(key))) throw
    private static IEnumerable<(Node Test, bool Holds, Node About)> DeniedLists(AppCode code) =>
        from asked in AllowLists.Questions(code)
        let isEvery = CodePlaces.CalleeName(asked.Call) == "every"
        where isEvery == asked.IsTurned && IsDenial(code, asked.Question)
        select (asked.Call, isEvery, CodePlaces.ReceiverOf(asked.Call));

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

    [GeneratedRegex(
        "block|forbid|danger|unsafe|reserved|deny|denied|banned|bad|proto|illegal",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Denials();
}
