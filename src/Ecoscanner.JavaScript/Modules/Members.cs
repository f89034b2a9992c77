using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>Small questions about expressions.</summary>
internal static class Members
{
    /// <summary>The name of the member that is accessed; null where it is computed or private.</summary>
    public static string? NameOf(Node access) =>
        access.Kind switch
        {
            NodeKind.TSQualifiedName => access.Right.Kind == NodeKind.Identifier ? access.Right.Name : null,
            NodeKind.JSXMemberExpression => access.Property.Name,
            _ when access.Has(NodeFlags.Computed) => TextOf(access.Property),
            _ => access.Property.Kind == NodeKind.Identifier ? access.Property.Name : null,
        };

    /// <summary>The name of a property, method or field; null where it is computed or private.</summary>
    public static string? KeyOf(Node member)
    {
        var key = member.Key;
        return member.Has(NodeFlags.Computed) ? TextOf(key)
            : key.Kind == NodeKind.Identifier ? key.Name
            : key.Kind == NodeKind.NumericLiteral ? key.Text.ToString()
            : TextOf(key);
    }

    /// <summary>The text of a string without parts that change; null for anything else.</summary>
    public static string? TextOf(Node node) =>
        node.Kind switch
        {
            NodeKind.StringLiteral => node.StringValue,
            NodeKind.TemplateLiteral when node.Expressions.Count == 0 && node.Quasis.Count == 1 => node.Quasis[0].CookedValue,
            _ => null,
        };

    /// <summary>What stands in a cast, an <c>await</c>, a chain or behind a comma: what is left of it when it runs; the node itself otherwise.</summary>
    public static Node Unwrap(Node node) =>
        node.Kind switch
        {
            NodeKind.TSAsExpression
            or NodeKind.TSSatisfiesExpression
            or NodeKind.TSTypeAssertion
            or NodeKind.TSNonNullExpression
            or NodeKind.TSInstantiationExpression
            or NodeKind.ChainExpression when node.Expression.Exists => node.Expression,
            NodeKind.AwaitExpression when node.Argument.Exists => node.Argument,
            NodeKind.SequenceExpression when node.Expressions is { Count: > 0 } all && all[^1].Exists => all[^1],
            _ => node,
        };

    /// <summary>Whether a call calls that member of that global or imported name: <c>Object.assign</c>.</summary>
    public static bool IsCallOf(Node call, string owner, string member) =>
        call.Callee is { Kind: NodeKind.MemberExpression } callee
        && callee.Object is { Kind: NodeKind.Identifier } target
        && target.Name == owner
        && NameOf(callee) == member;
}
