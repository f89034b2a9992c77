using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>A way through a graph: the edges taken, in that order. It has none where it ends in the block in which it begins.</summary>
public sealed class FlowWitness(ImmutableArray<FlowEdge> edges)
{
    public ImmutableArray<FlowEdge> Edges { get; } = edges;

    /// <summary>What decided where it goes, and how.</summary>
    public IEnumerable<(Node Condition, FlowEdgeKind Outcome)> Conditions =>
        Edges.Where(edge => edge.IsDecided).Select(edge => (edge.From.Condition, edge.Kind));

    public override string ToString() => string.Join(", ", Edges);
}
