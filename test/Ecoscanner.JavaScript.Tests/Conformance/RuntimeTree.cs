using System.Globalization;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>
/// A tree as what runs of it: one line a node, without what is erased, positions, parentheses, empty statements, and what a printer may
/// write in another way. Two programs that do the same thing in the same way have the same lines.
/// </summary>
internal static class RuntimeTree
{
    private const NodeFlags NoFlags = NodeFlags.None;

    /// <param name="tree">Any tree.</param>
    /// <param name="isDropped">What else is left out; null for nothing.</param>
    public static IReadOnlyList<string> Of(SyntaxTree tree, Func<Node, bool>? isDropped = null)
    {
        var lines = new List<string>();
        var waiting = new Stack<(Node Node, int Depth, string Role)>();
        waiting.Push((tree.Root, 0, ""));
        var children = new List<(Node Node, int Depth, string Role)>();
        while (waiting.TryPop(out var step))
        {
            lines.Add($"{new string(' ', step.Depth)}{step.Role}{Describe(step.Node)}");
            if (IsUndefined(step.Node))
            {
                continue;
            }

            foreach (var field in NodeShapes.Of(step.Node.Kind))
            {
                if (field.Kind == FieldKind.Node)
                {
                    Add(step.Node.Child(field.Role), field.Role);
                }
                else if (field.Kind == FieldKind.List)
                {
                    foreach (var item in step.Node.List(field.Role))
                    {
                        Add(item, field.Role);
                    }
                }

                void Add(Node child, NodeRole role)
                {
                    var isHole = !child.Exists && field.Kind == FieldKind.List;
                    if (isHole || (child.Exists && !IsLeftOut(step.Node, child, role) && isDropped?.Invoke(child) != true))
                    {
                        children.Add((child.WithoutAssertions, step.Depth + 1, $"{role}: "));
                    }
                }
            }

            for (var index = children.Count - 1; index >= 0; index--)
            {
                waiting.Push(children[index]);
            }

            children.Clear();
        }

        return lines;
    }

    private static bool IsLeftOut(Node parent, Node child, NodeRole role) =>
        child.IsErased || (child.Kind == NodeKind.EmptyStatement && parent.List(role).Count > 0);

    /// <summary>The first line in which two trees differ, theirs behind ours; null where they are equal.</summary>
    public static string? Difference(IReadOnlyList<string> ours, IReadOnlyList<string> theirs)
    {
        var same = ours.Zip(theirs).TakeWhile(pair => pair.First == pair.Second).Count();
        return same == ours.Count && same == theirs.Count
            ? null
            : $"{ours.ElementAtOrDefault(same)?.Trim() ?? "nothing"} | {theirs.ElementAtOrDefault(same)?.Trim() ?? "nothing"}";
    }

    private static string Describe(Node node)
    {
        if (!node.Exists)
        {
            return "hole";
        }

        if (IsUndefined(node))
        {
            return "undefined";
        }

        var flags = node.Flags & Meaningful(node.Kind);
        return string.Join(' ', new[] { node.Kind.ToString(), Detail(node), flags == NoFlags ? "" : $"({flags})" }.Where(part => part.Length > 0));
    }

    // Flags share bits, so what they mean depends on the kind.
    private static NodeFlags Meaningful(NodeKind kind) =>
        kind switch
        {
            NodeKind.CallExpression => NodeFlags.Optional,
            NodeKind.MemberExpression => NodeFlags.Computed | NodeFlags.Optional,
            NodeKind.Property => NodeFlags.Computed | NodeFlags.Method,
            NodeKind.MethodDefinition or NodeKind.PropertyDefinition or NodeKind.AccessorProperty => NodeFlags.Computed | NodeFlags.Static,
            NodeKind.FunctionDeclaration or NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression => NodeFlags.Async | NodeFlags.Generator,
            NodeKind.YieldExpression => NodeFlags.Generator,
            NodeKind.ForOfStatement => NodeFlags.Await,
            NodeKind.UpdateExpression => NodeFlags.Prefix,
            NodeKind.ExpressionStatement => NodeFlags.Directive,
            _ => NoFlags,
        };

    private static string Detail(Node node) =>
        node.Kind switch
        {
            NodeKind.Identifier or NodeKind.PrivateIdentifier or NodeKind.JSXIdentifier => node.Name,
            NodeKind.StringLiteral or NodeKind.JSXString or NodeKind.JSXText => Quoted(node.StringValue),
            NodeKind.NumericLiteral => node.NumberValue.ToString("R", CultureInfo.InvariantCulture),
            NodeKind.BigIntLiteral => node.BigIntValue,
            NodeKind.BooleanLiteral => node.BooleanValue ? "true" : "false",
            NodeKind.RegExpLiteral => $"{node.RegExpPattern} {node.RegExpFlags}",
            NodeKind.TemplateElement => Quoted(node.CookedValue ?? node.RawValue),
            NodeKind.VariableDeclaration => node.VariableKind.ToString(),
            NodeKind.Property or NodeKind.MethodDefinition => node.MethodKind.ToString(),
            NodeKind.ImportDeclaration or NodeKind.ImportExpression => node.ImportPhase.ToString(),
            _ => node.OperatorText,
        };

    private static string Quoted(string text) => $"\"{text.ReplaceLineEndings("\\n")}\"";

    private static bool IsUndefined(Node node) =>
        node is { Kind: NodeKind.Identifier, Name: "undefined" }
        || (node.Kind == NodeKind.UnaryExpression && node.OperatorText == "void" && node.Argument is { Kind: NodeKind.NumericLiteral, NumberValue: 0 });
}
