namespace Ecoscanner.JavaScript.Flow;

/// <summary>Finds what will hold behind each block, on whatever way leads on.</summary>
public abstract class BackwardAnalysis<TState> : FlowAnalysis<TState>
{
    public FlowStates<TState> Solve(ControlFlowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Solve(graph, [.. graph.ReversePostOrder.Reverse()], Visit);
    }

    private List<BasicBlock> Visit(FlowStates<TState> states, BasicBlock block)
    {
        var isEnd = block.Kind is BlockKind.Exit or BlockKind.Failure;
        var (end, thrown) = (isEnd ? Start : Nothing, Nothing);
        foreach (var edge in block.Successors)
        {
            if (edge.Kind == FlowEdgeKind.Exception)
            {
                thrown = Join(thrown, Along(edge, states.Before(edge.To)));
            }
            else
            {
                end = Join(end, Along(edge, states.Before(edge.To)));
            }
        }

        // An exception may leave between any two nodes.
        var begin = end = Join(end, thrown);
        for (var index = block.Nodes.Count - 1; index >= 0; index--)
        {
            begin = Join(Transfer(block.Nodes[index], begin), thrown);
        }

        var isSame = AreEqual(begin, states.Before(block));
        states.Set(block, begin, end);
        return isSame ? [] : [.. block.Predecessors.Select(edge => edge.From)];
    }
}
