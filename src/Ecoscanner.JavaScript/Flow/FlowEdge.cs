namespace Ecoscanner.JavaScript.Flow;

/// <summary>A way from one block to another.</summary>
public readonly record struct FlowEdge(BasicBlock From, BasicBlock To, FlowEdgeKind Kind)
{
    /// <summary>Whether it is taken because the block's condition came out so.</summary>
    public bool IsDecided => Kind is >= FlowEdgeKind.True and <= FlowEdgeKind.Done && From is { Exists: true, Condition.Exists: true };

    public override string ToString() => $"{From.Index} -> {To.Index} {Kind}";
}
