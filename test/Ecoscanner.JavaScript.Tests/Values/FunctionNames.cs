using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>What functions are called in the cases; <see cref="CallCases"/> says the rules.</summary>
internal static partial class FunctionNames
{
    // As long as a comment with a name may be.
    private const int CommentReach = 80;

    /// <summary>All functions, and the classes whose constructor is implied.</summary>
    public static IEnumerable<Node> FunctionsOf(SyntaxTree tree) =>
        Enumerable
            .Range(1, tree.NodeCount)
            .Select(tree.NodeAt)
            .Where(node =>
                !node.IsErased
                && (
                    node.Kind is NodeKind.FunctionDeclaration or NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression
                    || (IsClass(node) && !node.Body.BodyItems.Any(IsConstructor))
                )
            );

    /// <summary>The name; empty where it has none.</summary>
    public static string Of(Node function)
    {
        if (IsClass(function))
        {
            return NameOf(function) + ".constructor";
        }

        var parent = function.Tree.ParentOf(function);
        return IsMethod(parent) && parent.Value == function ? NameOf(parent) : NameOf(function);
    }

    private static string NameOf(Node node)
    {
        if (CommentBefore(node) is { } name)
        {
            return name;
        }

        if (IsMember(node))
        {
            return MemberName(node);
        }

        return node.Id is { Exists: true } id ? id.Name : PlaceName(node);
    }

    private static string MemberName(Node member)
    {
        // A member, its body and the class; or a property and the object.
        var parent = member.Tree.ParentOf(member);
        var owner = NameOf(parent.Kind == NodeKind.ClassBody ? parent.Tree.ParentOf(parent) : parent);
        if (IsConstructor(member))
        {
            return owner + ".constructor";
        }

        var key = member.Key.Text.ToString();
        var isPlain = member.MethodKind is not (MethodKind.Get or MethodKind.Set) || member.Kind is NodeKind.PropertyDefinition;
        var word =
            isPlain ? ""
            : member.MethodKind == MethodKind.Get ? "get "
            : "set ";
        var isStatic = member.Kind != NodeKind.Property && member.Has(NodeFlags.Static);
        var name = (isStatic ? "static " : "") + word + (member.Has(NodeFlags.Computed) ? $"[{key}]" : key);
        return owner.Length == 0 ? name
            : name[0] == '[' ? owner + name
            : $"{owner}.{name}";
    }

    private static string PlaceName(Node node)
    {
        var value = node;
        var parent = node.Tree.ParentOf(node);
        while (parent.Kind is NodeKind.TSAsExpression or NodeKind.TSSatisfiesExpression or NodeKind.TSTypeAssertion)
        {
            value = parent;
            parent = parent.Tree.ParentOf(parent);
        }

        return parent.Kind switch
        {
            NodeKind.VariableDeclarator when parent.Init == value => parent.Id.Name,
            NodeKind.AssignmentPattern when parent.Right == value => parent.Left.Name,
            NodeKind.AssignmentExpression when parent.Right == value => parent.Left.Text.ToString(),
            NodeKind.Property or NodeKind.PropertyDefinition when parent.Value == value => NameOf(parent),
            NodeKind.ExportDefaultDeclaration => "default",
            _ => "",
        };
    }

    private static string? CommentBefore(Node node)
    {
        var text = node.Tree.Source.Content;
        var match = NameComment().Match(text[Math.Max(0, node.Start - CommentReach)..node.Start]);
        return match.Success ? match.Groups["name"].Value : null;
    }

    private static bool IsClass(Node node) => node.Kind is NodeKind.ClassDeclaration or NodeKind.ClassExpression;

    private static bool IsMember(Node node) => node.Kind is NodeKind.Property or NodeKind.PropertyDefinition || IsMethod(node);

    private static bool IsMethod(Node node) =>
        node.Kind == NodeKind.MethodDefinition
        || (node.Kind == NodeKind.Property && (node.Has(NodeFlags.Method) || node.MethodKind is MethodKind.Get or MethodKind.Set));

    private static bool IsConstructor(Node node) => node is { Kind: NodeKind.MethodDefinition, MethodKind: MethodKind.Constructor };

    [GeneratedRegex(@"/\*\s*(?<name>[^*]+?)\s*\*/\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameComment();
}
