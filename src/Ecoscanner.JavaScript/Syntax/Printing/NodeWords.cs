using System.Text;

namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <summary>What a node says beside its children, in words: what a person reads, and a program by the same names.</summary>
internal static class NodeWords
{
    /// <summary>The name, the text of a literal or the operator; empty where there is none. A stretch of the source, not escaped.</summary>
    public static string Detail(Node node) =>
        node.Kind switch
        {
            NodeKind.Program => node.Tree.IsModule ? "module" : "script",
            NodeKind.Identifier or NodeKind.JSXIdentifier => node.Name,
            NodeKind.PrivateIdentifier => $"#{node.Name}",
            NodeKind.StringLiteral
            or NodeKind.NumericLiteral
            or NodeKind.BigIntLiteral
            or NodeKind.BooleanLiteral
            or NodeKind.RegExpLiteral
            or NodeKind.TemplateElement
            or NodeKind.JSXString
            or NodeKind.JSXText
            or NodeKind.InvalidExpression
            or NodeKind.InvalidStatement => node.Text.ToString(),
            NodeKind.VariableDeclaration => Encoding.ASCII.GetString(Spellings.Of(node.VariableKind)),
            NodeKind.Property or NodeKind.MethodDefinition or NodeKind.TSAbstractMethodDefinition or NodeKind.TSMethodSignature => Encoding.ASCII.GetString(
                Spellings.Of(node.MethodKind, default)
            ),
            NodeKind.TSModuleDeclaration => Encoding.ASCII.GetString(Spellings.Of(node.ModuleWord)),
            NodeKind.ImportDeclaration or NodeKind.ImportExpression => node.ImportPhase switch
            {
                ImportPhase.Source => "source",
                ImportPhase.Defer => "defer",
                _ => "",
            },
            NodeKind.TSMappedType => Mapped(node),
            _ => node.OperatorText,
        };

    /// <summary>The same, cut where it is longer.</summary>
    public static string Detail(Node node, int longest)
    {
        var detail = Detail(node);
        if (detail.Length <= longest)
        {
            return detail;
        }

        // Not between the halves of a pair.
        return $"{detail.AsSpan(0, char.IsHighSurrogate(detail[longest - 1]) ? longest - 1 : longest)}…";
    }

    /// <summary>The names of the flags that are set, in a fixed order.</summary>
    public static IEnumerable<string> Flags(Node node)
    {
        for (var bit = 1; bit <= (int)NodeFlags.Escaped; bit <<= 1)
        {
            if (((int)node.Flags & bit) != 0)
            {
                yield return Name((NodeFlags)bit, node.Kind);
            }
        }
    }

    // What a bit means depends on the kind.
    private static string Name(NodeFlags flag, NodeKind kind) =>
        flag switch
        {
            NodeFlags.Static => kind == NodeKind.TSTypeParameter ? "in" : "static",
            NodeFlags.Async => kind == NodeKind.TSTypeParameter ? "out" : "async",
            NodeFlags.Generator => kind switch
            {
                NodeKind.TSTypeParameter or NodeKind.TSEnumDeclaration => "const",
                NodeKind.YieldExpression => "delegate",
                _ => "generator",
            },
            NodeFlags.Shorthand => kind == NodeKind.Property ? "shorthand" : "definite",
            NodeFlags.Method => kind switch
            {
                NodeKind.Property => "method",
                NodeKind.ForOfStatement => "await",
                NodeKind.ExpressionStatement => "directive",
                NodeKind.UpdateExpression => "prefix",
                NodeKind.TemplateElement => "tail",
                NodeKind.TSTypePredicate => "asserts",
                _ => "override",
            },
            NodeFlags.Optional => kind == NodeKind.TemplateElement ? "invalidEscape" : "optional",
            NodeFlags.TypeOnly => "type",
            _ => $"{char.ToLowerInvariant(flag.ToString()[0])}{flag.ToString()[1..]}",
        };

    private static string Mapped(Node node)
    {
        var words = new[] { Mapped(node.ReadonlyModifier, "readonly"), Mapped(node.OptionalModifier, "?") };
        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    private static string Mapped(MappedModifier modifier, string word) =>
        modifier switch
        {
            MappedModifier.Present => word,
            MappedModifier.Plus => $"+{word}",
            MappedModifier.Minus => $"-{word}",
            _ => "",
        };
}
