namespace Ecoscanner.JavaScript.Flow;

/// <summary>A way from one block to another.</summary>
public readonly record struct FlowEdge(BasicBlock From, BasicBlock To, FlowEdgeKind Kind)
{
    public override string ToString() => $"{From.Index} -> {To.Index} {Kind}";
}
