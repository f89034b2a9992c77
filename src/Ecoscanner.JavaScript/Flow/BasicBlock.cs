using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>
/// Nodes that are evaluated one after the other. It is a handle of two words; equal handles are the same block.
/// </summary>
public readonly record struct BasicBlock
{
    private readonly ControlFlowGraph? graph;

    internal BasicBlock(ControlFlowGraph graph, int index)
    {
        this.graph = graph;
        Index = index;
    }

    public ControlFlowGraph Graph => graph ?? throw new InvalidOperationException("the block does not exist");

    /// <summary>Its number in the graph, from 0, which is the entry; in the order of evaluation as far as there is one. For tables beside the graph.</summary>
    public int Index { get; }

    public bool Exists => graph is not null;

    public BlockKind Kind => Graph.RecordOf(Index).Kind;

    /// <summary>Whether a way leads to it from the entry.</summary>
    public bool IsReachable => Graph.RecordOf(Index).IsReachable;

    /// <summary>Whether a syntax error left something in it that could not be read, so that it may do anything.</summary>
    public bool IsInvalid => Graph.RecordOf(Index).IsInvalid;

    /// <summary>The node whose value decides where control goes on; none where nothing decides.</summary>
    public Node Condition => Graph.RecordOf(Index).Condition is > 0 and var node ? Graph.Tree.NodeAt(node) : default;

    /// <summary>What is evaluated, in that order; operands before the node that takes them.</summary>
    public FlowNodeList Nodes => new(Graph.Tree, Graph.NodesOf(Index));

    public IEnumerable<FlowEdge> Successors
    {
        get
        {
            for (var at = Graph.Forth.Starts[Index]; at < Graph.Forth.Starts[Index + 1]; at++)
            {
                yield return new(this, new(Graph, Graph.Forth.Ends[at]), Graph.ForthKinds[at]);
            }
        }
    }

    public IEnumerable<FlowEdge> Predecessors
    {
        get
        {
            for (var at = Graph.Back.Starts[Index]; at < Graph.Back.Starts[Index + 1]; at++)
            {
                yield return new(new(Graph, Graph.Back.Ends[at]), this, Graph.BackKinds[at]);
            }
        }
    }

    public override string ToString() => Exists ? $"block {Index}" : "none";
}
