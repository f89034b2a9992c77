using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>How a way entered the <c>finally</c> in which it is, and so how it leaves it.</summary>
/// <param name="Finalizer">The number of its block and one; 0 where the way is in none, or nothing is known of it.</param>
/// <param name="Kind">As what it goes on at the end.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlowPassage(int Finalizer, FlowEdgeKind Kind)
{
    /// <summary>Whether a block that finishes that <c>finally</c>, or none, may be left so.</summary>
    public bool Allows(int finishes, FlowEdgeKind kind) => finishes == 0 || finishes != Finalizer || kind == Kind;

    /// <summary>What is known behind an edge.</summary>
    public FlowPassage Behind(FlowEdge edge, int finishes)
    {
        if (edge.To.Kind is BlockKind.Finalizer or BlockKind.Disposal or BlockKind.Closing)
        {
            return new(edge.To.Index + 1, KindOf(edge.Kind));
        }

        return finishes == Finalizer ? default : this;
    }

    private static FlowEdgeKind KindOf(FlowEdgeKind kind) =>
        kind switch
        {
            FlowEdgeKind.Exception => FlowEdgeKind.Throw,
            FlowEdgeKind.Throw or FlowEdgeKind.Return or FlowEdgeKind.Break or FlowEdgeKind.Continue => kind,
            _ => FlowEdgeKind.Next,
        };
}
