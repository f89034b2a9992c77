namespace Ecoscanner.JavaScript.Syntax;

/// <summary>One part of a kind of node: which role it plays, and whether it is a node, a list of nodes or a name.</summary>
internal readonly record struct NodeField(NodeRole Role, FieldKind Kind)
{
    /// <summary>Whether only TypeScript has it.</summary>
    public bool IsTypeScript { get; init; }
}

/// <summary>What a field holds.</summary>
internal enum FieldKind : byte
{
    Node,
    List,
    Name,
}
