using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>What people call a function: its name, or that of what it is given to.</summary>
public static class FunctionName
{
    // Classes in fields of classes; the names of those further out are left out.
    private const int MaximumDepth = 4;

    /// <summary>The name, with that of its class before it; <c>anonymous</c> where it has none.</summary>
    public static string Of(Node function) => Of(function, 0);

    private static string Of(Node function, int depth)
    {
        if (!function.Exists)
        {
            return "";
        }

        var parent = function.Tree.ParentOf(function);
        var isMember = parent.Kind is NodeKind.MethodDefinition or NodeKind.Property or NodeKind.PropertyDefinition or NodeKind.AccessorProperty;
        if (isMember && parent.Child(NodeRole.Key) is { Exists: true } key)
        {
            return $"{Owner(parent, depth)}{Word(parent)}{NameOf(key)}";
        }

        var named = function switch
        {
            { Kind: NodeKind.Program } => default,
            { Id.Exists: true } => function.Id,
            _ when parent.Kind == NodeKind.VariableDeclarator => parent.Id,
            _ when parent.Kind is NodeKind.AssignmentExpression or NodeKind.AssignmentPattern => parent.Left,
            _ => default,
        };
        return function.Kind == NodeKind.Program ? "the module"
            : NameOf(named) is { Length: > 0 } name ? name
            : "anonymous";
    }

    private static string Word(Node member) =>
        (member.Has(NodeFlags.Static) ? "static " : "")
        + (
            member.Kind is NodeKind.MethodDefinition or NodeKind.Property
                ? member.MethodKind switch
                {
                    MethodKind.Get => "get ",
                    MethodKind.Set => "set ",
                    _ => "",
                }
                : ""
        );

    private static string Owner(Node member, int depth)
    {
        var body = member.Tree.ParentOf(member);
        if (body.Kind != NodeKind.ClassBody || depth == MaximumDepth)
        {
            return "";
        }

        var name = Of(member.Tree.ParentOf(body), depth + 1);
        return name == "anonymous" ? "" : $"{name}.";
    }

    private static string NameOf(Node named) =>
        named.Kind switch
        {
            NodeKind.Identifier => named.Name,
            NodeKind.PrivateIdentifier => $"#{named.Name}",
            NodeKind.StringLiteral => named.StringValue,
            NodeKind.NumericLiteral => named.Text.ToString(),
            NodeKind.MemberExpression when !named.Has(NodeFlags.Computed) => named.Property.Name,
            _ => "",
        };
}
