namespace Ecoscanner.JavaScript.Flow;

/// <summary>
/// At which blocks different writings of one variable meet and are read later: pruned iterated dominance frontiers by Sreedhar and Gao (1995), which
/// take time with the blocks in which the variable lives, where frontiers written down may take the square. Is used again for the next variable.
/// </summary>
internal sealed class MergePlacement
{
    // For each block, edge and use, for all variables together. The outermost function of TypeScript's compiler needs 22; beyond
    // this lies what was made for it.
    private const int StepsEach = 64;

    private const int None = Definitions.None;

    private readonly ControlFlowGraph graph;
    private readonly DominatorTree dominators;
    private readonly bool[] isLive;
    private readonly bool[] isMerge;
    private readonly bool[] isVisited;
    private readonly bool[] isWritten;
    private readonly List<int> written = [];
    private readonly List<int> live = [];
    private readonly List<int> merges = [];
    private readonly List<int> visited = [];
    private readonly Stack<int> waiting = new();
    private readonly PriorityQueue<int, int> deepestFirst = new();
    private long steps;

    public MergePlacement(ControlFlowGraph graph, DominatorTree dominators, int uses)
    {
        this.graph = graph;
        this.dominators = dominators;
        isLive = new bool[graph.BlockCount];
        isMerge = new bool[graph.BlockCount];
        isVisited = new bool[graph.BlockCount];
        isWritten = new bool[graph.BlockCount];
        steps = (long)StepsEach * (graph.BlockCount + graph.Forth.Ends.Length + uses);
    }

    /// <summary>The blocks at whose begin ways meet.</summary>
    public IReadOnlyList<int> Merges => merges;

    /// <summary>Whether a block is read from its begin on, or something after it is.</summary>
    public bool IsLive(int block) => isLive[block];

    /// <summary>Whether it is done; if not, it was too much.</summary>
    public bool Place(ReadOnlySpan<VariableUse> uses)
    {
        Clear();
        Start(uses);
        return FindLive() && FindMerges();
    }

    private void Clear()
    {
        Clear(isWritten, written);
        Clear(isLive, live);
        Clear(isMerge, merges);
        Clear(isVisited, visited);
        waiting.Clear();
        deepestFirst.Clear();
    }

    private static void Clear(bool[] marks, List<int> places)
    {
        foreach (var place in places)
        {
            marks[place] = false;
        }

        places.Clear();
    }

    private static bool Mark(bool[] marks, List<int> places, int place)
    {
        if (marks[place])
        {
            return false;
        }

        marks[place] = true;
        places.Add(place);
        return true;
    }

    // What can't be reached says nothing.
    private void Start(ReadOnlySpan<VariableUse> uses)
    {
        steps -= uses.Length;
        foreach (var use in uses)
        {
            if (!dominators.IsReachable(use.Block))
            {
                continue;
            }

            if (use.IsWrite)
            {
                Mark(isWritten, written, use.Block);
            }
            else if (!isWritten[use.Block])
            {
                Live(use.Block);
            }
        }
    }

    private bool FindLive()
    {
        while (waiting.TryPop(out var block))
        {
            for (var at = graph.Back.Starts[block]; at < graph.Back.Starts[block + 1]; at++)
            {
                var before = graph.Back.Ends[at];
                // An exception may leave before anything is written.
                if (dominators.IsReachable(before) && (!isWritten[before] || graph.BackKinds[at] == FlowEdgeKind.Exception))
                {
                    Live(before);
                }

                steps--;
            }

            if (steps < 0)
            {
                return false;
            }
        }

        return true;
    }

    private void Live(int block)
    {
        if (Mark(isLive, live, block))
        {
            waiting.Push(block);
        }
    }

    private bool FindMerges()
    {
        foreach (var block in written)
        {
            Wait(block);
            AddHandlers(block);
        }

        if (isLive[graph.Entry.Index] && !isWritten[graph.Entry.Index])
        {
            Wait(graph.Entry.Index);
        }

        while (deepestFirst.TryDequeue(out var root, out _))
        {
            if (!AddFrontier(root))
            {
                return false;
            }
        }

        return true;
    }

    // The handler of a block in which something is written may see it before and after that, wherever it stands.
    private void AddHandlers(int block)
    {
        for (var at = graph.Forth.Starts[block]; at < graph.Forth.Starts[block + 1]; at++)
        {
            if (graph.ForthKinds[at] == FlowEdgeKind.Exception)
            {
                AddMerge(graph.Forth.Ends[at]);
            }
        }
    }

    private bool AddFrontier(int root)
    {
        Mark(isVisited, visited, root);
        waiting.Push(root);
        while (waiting.TryPop(out var block))
        {
            foreach (var next in graph.Forth.From(block))
            {
                if (dominators.ImmediateOf(next) != block && dominators.DepthOf(next) <= dominators.DepthOf(root))
                {
                    AddMerge(next);
                }

                steps--;
            }

            foreach (var child in dominators.Children.From(block))
            {
                // Behind where it dies, what is written next has a frontier of its own.
                if (isLive[child] && Mark(isVisited, visited, child))
                {
                    waiting.Push(child);
                }

                steps--;
            }

            if (steps < 0)
            {
                return false;
            }
        }

        return true;
    }

    private void AddMerge(int block)
    {
        if (!isLive[block] || !Mark(isMerge, merges, block))
        {
            return;
        }

        steps -= graph.Back.Starts[block + 1] - graph.Back.Starts[block];
        if (!isWritten[block])
        {
            Wait(block);
        }
    }

    private void Wait(int block) => deepestFirst.Enqueue(block, -dominators.DepthOf(block));
}
