namespace Ecoscanner.JavaScript.Flow;

/// <summary>What an analysis found out about each block.</summary>
public sealed class FlowStates<TState>
{
    private readonly TState[] before;
    private readonly TState[] after;

    internal FlowStates(ControlFlowGraph graph, TState nothing)
    {
        before = new TState[graph.BlockCount];
        after = new TState[graph.BlockCount];
        Array.Fill(before, nothing);
        Array.Fill(after, nothing);
    }

    /// <summary>Whether the analysis ran into its bound: the states are then too small, and nothing may be concluded from what they lack.</summary>
    public bool GaveUp { get; internal set; }

    /// <summary>How often a block was worked through.</summary>
    public int Visits { get; internal set; }

    /// <summary>The state where the block begins, in the order of evaluation.</summary>
    public TState Before(BasicBlock block) => before[block.Index];

    /// <summary>The state where it ends.</summary>
    public TState After(BasicBlock block) => after[block.Index];

    internal void Set(BasicBlock block, TState begin, TState end) => (before[block.Index], after[block.Index]) = (begin, end);
}
