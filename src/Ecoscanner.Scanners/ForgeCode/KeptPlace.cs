using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Where a process keeps something from one call of a function to the next: a variable of a module, or a field of an object that is made with the module.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Reads">The places that read it.</param>
/// <param name="Is">Whether an expression is the place.</param>
internal sealed record KeptPlace(string Name, IReadOnlyList<Node> Reads, Func<Node, bool> Is)
{
    /// <summary>What an expression names; null where that does not outlive a call.</summary>
    public static KeptPlace? Of(AppCode code, Node node) => Field(code, node) ?? Variable(code, node);

    private static KeptPlace? Variable(AppCode code, Node node)
    {
        if (node.Kind != NodeKind.Identifier || code.Program.Graph.ModuleOf(node.Tree)?.Record?.Model is not { } model)
        {
            return null;
        }

        var symbol = model.SymbolOf(node);
        return symbol.Exists && symbol.Scope.Node.Kind == NodeKind.Program && symbol.Is(SymbolKinds.Let | SymbolKinds.Var | SymbolKinds.Const)
            ? new(
                symbol.Name,
                [.. symbol.References.Where(reference => reference.IsRead).Select(reference => reference.Node)],
                other => other.Kind == NodeKind.Identifier && code.Program.Graph.ModuleOf(other.Tree)?.Record?.Model.SymbolOf(other) == symbol
            )
            : null;
    }

    /// <summary><c>this.field</c> in a method, where an object of the class is made once and for all.</summary>
    public static KeptPlace? Field(AppCode code, Node node)
    {
        if (!IsField(node) || ClassOf(node) is not { Exists: true } around || IsInConstructor(node) || !IsMadeOnce(code, node.Object))
        {
            return null;
        }

        var name = NameOf(node);
        bool Is(Node other) => IsField(other) && NameOf(other) == name && other.Tree == node.Tree && ClassOf(other) == around;
        return new($"this.{name}", [.. code.Places.Members.Where(other => Is(other) && !IsWritten(other))], Is);
    }

    private static string NameOf(Node member) => member.Property.Text.ToString();

    private static bool IsField(Node node) =>
        node.Kind == NodeKind.MemberExpression && !node.Has(NodeFlags.Computed) && node.Object.Kind == NodeKind.ThisExpression;

    private static bool IsWritten(Node member) =>
        member.Tree.ParentOf(member) is { Kind: NodeKind.AssignmentExpression, Operator: TokenKind.Equals } writing && writing.Left == member;

    private static bool IsMadeOnce(AppCode code, Node self) =>
        code
            .Program.Values.Of(self)
            .Any(value => value.Node is { Exists: true, Kind: NodeKind.NewExpression } made && code.FunctionOf(made).Kind == NodeKind.Program);

    private static Node ClassOf(Node node)
    {
        while (node.Exists && node.Kind is not (NodeKind.ClassDeclaration or NodeKind.ClassExpression))
        {
            node = node.Tree.ParentOf(node);
        }

        return node;
    }

    // What a constructor writes is there once for all calls, as a constant.
    private static bool IsInConstructor(Node node)
    {
        while (node.Exists && node.Kind != NodeKind.MethodDefinition)
        {
            node = node.Tree.ParentOf(node);
        }

        return node.Exists && CodePlaces.NameOf(node.Key) == "constructor";
    }
}
