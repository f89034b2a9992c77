namespace Ecoscanner.JavaScript.Flow;

/// <summary>Finds what holds at each block, of whatever way led to it.</summary>
public abstract class ForwardAnalysis<TState> : FlowAnalysis<TState>
{
    // What arrives with exceptions, by block: it may have left between any two nodes.
    private readonly Dictionary<BasicBlock, TState> thrown = [];

    public FlowStates<TState> Solve(ControlFlowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        thrown.Clear();
        return Solve(graph, graph.ReversePostOrder, Visit);
    }

    private List<BasicBlock> Visit(FlowStates<TState> states, BasicBlock block)
    {
        var begin = block == block.Graph.Entry ? Start : Nothing;
        foreach (var edge in block.Predecessors.Where(edge => edge.From.IsReachable))
        {
            begin = Join(begin, Along(edge, edge.Kind == FlowEdgeKind.Exception ? thrown.GetValueOrDefault(edge.From, Nothing) : states.After(edge.From)));
        }

        var throws = block.Successors.Any(edge => edge.Kind == FlowEdgeKind.Exception);
        var (end, anywhere) = (begin, begin);
        foreach (var node in block.Nodes)
        {
            end = Transfer(node, end);
            anywhere = throws ? Join(anywhere, end) : anywhere;
        }

        var isSame = AreEqual(end, states.After(block)) && (!throws || AreEqual(anywhere, thrown.GetValueOrDefault(block, Nothing)));
        states.Set(block, begin, end);
        if (throws)
        {
            thrown[block] = anywhere;
        }

        return isSame ? [] : [.. block.Successors.Select(edge => edge.To)];
    }
}
