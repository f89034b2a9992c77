using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>Whether control can reach a place without passing a guard.</summary>
public static class Reachability
{
    /// <summary>A shortest way from the entry to where a node is evaluated; null where every way passes a guard, or there is none at all.</summary>
    /// <param name="graph">The graph in which the node stands.</param>
    /// <param name="target">The node. Its operands are evaluated before.</param>
    /// <param name="isCut">The edges that count as guarded.</param>
    /// <param name="isBarrier">
    /// The nodes after which control goes on only where it may: calls that throw otherwise. An exception may still leave the block before or in one.
    /// </param>
    /// <exception cref="ArgumentException">The node is not evaluated in that graph, so that nothing can be said of it.</exception>
    public static FlowWitness? Find(ControlFlowGraph graph, Node target, Func<FlowEdge, bool> isCut, Func<Node, bool> isBarrier)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Find(graph.Entry, target, isCut, isBarrier);
    }

    /// <summary>The same from the begin of a block.</summary>
    public static FlowWitness? Find(BasicBlock start, Node target, Func<FlowEdge, bool> isCut, Func<Node, bool> isBarrier)
    {
        ArgumentNullException.ThrowIfNull(isCut);
        ArgumentNullException.ThrowIfNull(isBarrier);
        var block = start.Graph.BlockOf(target);
        if (!block.Exists)
        {
            throw new ArgumentException($"{target} is not evaluated in that graph", nameof(target));
        }

        foreach (var node in block.Nodes)
        {
            if (node == target)
            {
                return new FlowSearch(start.Graph, isCut, isBarrier).Find(start, block);
            }

            if (isBarrier(node))
            {
                break;
            }
        }

        return null;
    }

    /// <summary>A shortest way from a block to the begin of another.</summary>
    public static FlowWitness? Find(BasicBlock start, BasicBlock target, Func<FlowEdge, bool> isCut, Func<Node, bool> isBarrier)
    {
        ArgumentNullException.ThrowIfNull(isCut);
        ArgumentNullException.ThrowIfNull(isBarrier);
        return new FlowSearch(start.Graph, isCut, isBarrier).Find(start, target);
    }
}
