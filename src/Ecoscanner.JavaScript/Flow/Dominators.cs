namespace Ecoscanner.JavaScript.Flow;

/// <summary>
/// Which blocks control must have passed to be in another, or, for post-dominators, must pass to leave the function. A block dominates itself.
/// Blocks that can't be reached, or from which nothing leads out (an endless loop), have none.
/// </summary>
public sealed class Dominators
{
    private readonly ControlFlowGraph graph;
    private readonly DominatorTree tree;

    private Dominators(ControlFlowGraph graph, DominatorTree tree)
    {
        this.graph = graph;
        this.tree = tree;
    }

    public static Dominators Of(ControlFlowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new(graph, DominatorTree.Of(graph.Forth, graph.Back, graph.Entry.Index));
    }

    /// <summary>Post-dominators. That exceptions may leave where nothing catches them is not counted, as it would leave nothing to say.</summary>
    public static Dominators PostOf(ControlFlowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var back = WithRoot(graph.Back, [graph.Exit.Index, graph.Failure.Index]);
        return new(graph, DominatorTree.Of(back, back.Reverse(), graph.BlockCount));
    }

    /// <summary>Whether every way passes the one block before the other, in constant time.</summary>
    public bool Dominates(BasicBlock one, BasicBlock other) => tree.Dominates(one.Index, other.Index);

    /// <summary>The nearest of the blocks that dominate it, itself aside; none where there is none.</summary>
    public BasicBlock ImmediateOf(BasicBlock block) =>
        tree.ImmediateOf(block.Index) is >= 0 and var index && index < graph.BlockCount ? graph.BlockAt(index) : default;

    // The same with one vertex more, which leads to both ends.
    private static Digraph WithRoot(Digraph back, int[] ends) => new([.. back.Starts, back.Ends.Length + ends.Length], [.. back.Ends, .. ends]);
}
