using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>
/// What forward and backward analyses have in common: states that only grow as they are joined, and a worklist that goes on until none does.
/// </summary>
/// <typeparam name="TState">What is known at a place; does not change.</typeparam>
public abstract class FlowAnalysis<TState>
{
    /// <summary>How often each block may be worked through, on average. Analyses with few facts need two or three; one that never ends stops here.</summary>
    public const int DefaultVisitsPerBlock = 64;

    /// <summary>How often each block may be worked through, on average, before the analysis gives up.</summary>
    public int VisitsPerBlock { get; init; } = DefaultVisitsPerBlock;

    /// <summary>What is known where nothing leads; joined with another state it gives that.</summary>
    protected abstract TState Nothing { get; }

    /// <summary>What is known where the analysis begins: at the entry, or at both ends.</summary>
    protected virtual TState Start => Nothing;

    protected abstract TState Join(TState one, TState other);

    /// <summary>What a node makes of a state.</summary>
    protected abstract TState Transfer(Node node, TState state);

    /// <summary>What is known behind an edge, as a condition tells it; of a backward analysis, before it.</summary>
    protected virtual TState Along(FlowEdge edge, TState state) => state;

    protected virtual bool AreEqual(TState one, TState other) => EqualityComparer<TState>.Default.Equals(one, other);

    private protected FlowStates<TState> Solve(
        ControlFlowGraph graph,
        IReadOnlyList<BasicBlock> order,
        Func<FlowStates<TState>, BasicBlock, IEnumerable<BasicBlock>> visit
    )
    {
        ArgumentNullException.ThrowIfNull(graph);
        var states = new FlowStates<TState>(graph, Nothing);
        var places = new int[graph.BlockCount];
        var isWaiting = new bool[graph.BlockCount];
        var waiting = new PriorityQueue<BasicBlock, int>();
        for (var place = 0; place < order.Count; place++)
        {
            places[order[place].Index] = place;
            isWaiting[order[place].Index] = true;
            waiting.Enqueue(order[place], place);
        }

        var bound = (long)order.Count * VisitsPerBlock;
        while (waiting.TryDequeue(out var block, out _))
        {
            if (states.Visits >= bound)
            {
                states.GaveUp = true;
                break;
            }

            states.Visits++;
            isWaiting[block.Index] = false;
            foreach (var changed in visit(states, block))
            {
                if (changed.IsReachable && !isWaiting[changed.Index])
                {
                    isWaiting[changed.Index] = true;
                    waiting.Enqueue(changed, places[changed.Index]);
                }
            }
        }

        return states;
    }
}
