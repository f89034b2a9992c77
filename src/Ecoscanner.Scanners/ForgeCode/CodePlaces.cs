using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Places of an app's code that checks begin with, found in one walk over its trees.</summary>
internal sealed class CodePlaces
{
    public List<Node> Calls { get; } = [];

    public List<Node> Assignments { get; } = [];

    public List<Node> Comparisons { get; } = [];

    public List<Node> Returns { get; } = [];

    /// <summary>Members that are read by their name.</summary>
    public List<Node> Members { get; } = [];

    /// <summary>Properties of objects and of patterns, with a key that is written out.</summary>
    public List<Node> Properties { get; } = [];

    /// <summary>What the methods of classes and objects are called.</summary>
    public HashSet<string> Methods { get; } = new(StringComparer.Ordinal);

    public void Read(SyntaxTree tree)
    {
        for (var index = 1; index <= tree.NodeCount; index++)
        {
            var node = tree.NodeAt(index);
            switch (node.Kind)
            {
                case NodeKind.CallExpression or NodeKind.NewExpression:
                    Calls.Add(node);
                    break;
                case NodeKind.AssignmentExpression:
                    Assignments.Add(node);
                    break;
                case NodeKind.ReturnStatement when node.Argument.Exists:
                    Returns.Add(node);
                    break;
                case NodeKind.BinaryExpression when node.Operator is not TokenKind.Plus:
                    Comparisons.Add(node);
                    break;
                case NodeKind.MemberExpression when !node.Has(NodeFlags.Computed) || node.Property.Kind == NodeKind.StringLiteral:
                    Members.Add(node);
                    break;
                case NodeKind.Property when !node.Has(NodeFlags.Computed):
                    Properties.Add(node);
                    break;
                case NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression when MethodName(tree.ParentOf(node)) is { Length: > 0 } name:
                    Methods.Add(name);
                    break;
                default:
                    break;
            }
        }
    }

    private static string MethodName(Node owner) =>
        owner.Kind switch
        {
            NodeKind.Property => NameOf(owner),
            NodeKind.MethodDefinition or NodeKind.PropertyDefinition when owner.Key.Kind == NodeKind.Identifier => owner.Key.Name,
            NodeKind.AssignmentExpression when Plain(owner.Left) is { Kind: NodeKind.MemberExpression } member => NameOf(member),
            _ => "",
        };

    /// <summary>What a member or property is called; empty where that is not written out.</summary>
    public static string NameOf(Node node) =>
        node.Kind switch
        {
            NodeKind.MemberExpression when !node.Has(NodeFlags.Computed) => node.Property.Name,
            NodeKind.MemberExpression => node.Property.StringValue,
            NodeKind.Property when node.Key.Kind == NodeKind.Identifier => node.Key.Name,
            NodeKind.Property => node.Key.StringValue,
            NodeKind.Identifier or NodeKind.JSXIdentifier => node.Name,
            _ => "",
        };

    /// <summary>An expression without what stands around it and does not change it.</summary>
    public static Node Plain(Node node)
    {
        node = node.WithoutAssertions;
        while (node.Kind == NodeKind.ChainExpression)
        {
            node = node.Expression.WithoutAssertions;
        }

        return node;
    }

    /// <summary>The name of what is called: of a method its own.</summary>
    public static string CalleeName(Node call) => call.Kind is NodeKind.CallExpression or NodeKind.NewExpression ? NameOf(Plain(call.Callee)) : "";

    /// <summary>The name of what is called for each item of a list, as in <c>parts.map(encodeURIComponent)</c>; else of what is called.</summary>
    public static string AppliedName(Node call) =>
        CalleeName(call) is "map" or "flatMap" && call.Arguments.Count > 0 && NameOf(Plain(call.Arguments[0])) is { Length: > 0 } name
            ? name
            : CalleeName(call);

    /// <summary>What a method is called of; it does not exist where no method is called.</summary>
    public static Node ReceiverOf(Node call) =>
        call.Kind == NodeKind.CallExpression && Plain(call.Callee) is { Kind: NodeKind.MemberExpression } member ? Plain(member.Object) : default;
}
