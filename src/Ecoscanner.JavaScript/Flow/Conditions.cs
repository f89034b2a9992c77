namespace Ecoscanner.JavaScript.Flow;

/// <summary>What must have been decided for control to be in a block: the edges that every way from the entry to it takes.</summary>
public sealed class Conditions
{
    private const int None = -1;

    private readonly DominatorTree dominators;

    // By block: the one decided edge by which it is entered from outside what it dominates.
    private readonly FlowEdge[] entered;

    // By block: itself where it is entered so, or the nearest that dominates it and is.
    private readonly int[] nearest;

    private Conditions(ControlFlowGraph graph)
    {
        dominators = DominatorTree.Of(graph.Forth, graph.Back, graph.Entry.Index);
        entered = new FlowEdge[graph.BlockCount];
        nearest = new int[graph.BlockCount];
        Array.Fill(nearest, None);
        foreach (var block in graph.ReversePostOrder)
        {
            entered[block.Index] = EdgeInto(block);
            var outer = dominators.ImmediateOf(block.Index);
            nearest[block.Index] =
                entered[block.Index].IsDecided ? block.Index
                : outer == None ? None
                : nearest[outer];
        }
    }

    public static Conditions Of(ControlFlowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new(graph);
    }

    /// <summary>The edges that decide on the way to a block and that every way takes, in that order; none where no way leads there.</summary>
    public IReadOnlyList<FlowEdge> HeldAt(BasicBlock block)
    {
        var edges = new List<FlowEdge>();
        for (var at = nearest[block.Index]; at != None; at = nearest[dominators.ImmediateOf(at)])
        {
            edges.Add(entered[at]);
        }

        edges.Reverse();
        return edges;
    }

    private FlowEdge EdgeInto(BasicBlock block)
    {
        FlowEdge only = default;
        foreach (var edge in block.Predecessors)
        {
            if (!edge.From.IsReachable || dominators.Dominates(block.Index, edge.From.Index))
            {
                continue;
            }

            if (only.From.Exists)
            {
                return default;
            }

            only = edge;
        }

        return only;
    }
}
