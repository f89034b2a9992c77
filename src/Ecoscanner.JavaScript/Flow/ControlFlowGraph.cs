using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>
/// In which order the nodes of a function, program, static block or field are evaluated: blocks of nodes, and ways between them.
/// A function within it is one node here, and has a graph of its own. It does not change and may be read by several threads.
/// </summary>
/// <remarks>
/// An exception that nothing in the function catches has no edge, unless <c>throw</c> threw it; within a <c>try</c>, each block in which
/// something may throw has one <see cref="FlowEdgeKind.Exception"/> edge to the handler.
/// </remarks>
public sealed class ControlFlowGraph
{
    private readonly BlockRecord[] blocks;
    private readonly int[] nodes;
    private Dictionary<int, int>? blockOf;
    private IReadOnlyList<BasicBlock>? reversePostOrder;

    internal ControlFlowGraph(SyntaxTree tree, Node node, FlowAssembly parts)
    {
        Tree = tree;
        Node = node;
        blocks = parts.Blocks;
        nodes = parts.Nodes;
        Forth = parts.Forth;
        Back = parts.Back;
        ForthKinds = parts.ForthKinds;
        BackKinds = parts.BackKinds;
    }

    public SyntaxTree Tree { get; }

    /// <summary>What it is the graph of.</summary>
    public Node Node { get; }

    public int BlockCount => blocks.Length;

    public BasicBlock Entry => new(this, 0);

    /// <summary>Where control leaves with a value, given by <c>return</c> or by the end.</summary>
    public BasicBlock Exit => new(this, BlockCount - 2);

    /// <summary>Where control leaves with what <c>throw</c> threw.</summary>
    public BasicBlock Failure => new(this, BlockCount - 1);

    public IEnumerable<BasicBlock> Blocks => Enumerable.Range(0, BlockCount).Select(BlockAt);

    /// <summary>The blocks that can be reached, each before those that follow it, but for ways back. A forward analysis does well to go by it.</summary>
    public IReadOnlyList<BasicBlock> ReversePostOrder => reversePostOrder ??= [.. Forth.PostOrder(0).Reverse().Select(BlockAt)];

    internal Digraph Forth { get; }

    internal Digraph Back { get; }

    internal FlowEdgeKind[] ForthKinds { get; }

    internal FlowEdgeKind[] BackKinds { get; }

    /// <summary>Makes the graph of a <see cref="HasGraph">node that has one</see>; any tree will do.</summary>
    /// <exception cref="ArgumentException">The node has none.</exception>
    public static ControlFlowGraph Of(SyntaxTree tree, Node node)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return HasGraph(node.Kind) && node.Tree == tree
            ? new FlowBuilder(tree, node).Build()
            : throw new ArgumentException($"{node} has no control flow of its own", nameof(node));
    }

    /// <summary>Whether a node of that kind has a graph: programs, functions, static blocks, and fields, which set their value when an object is made.</summary>
    public static bool HasGraph(NodeKind kind) =>
        kind
            is NodeKind.Program
                or NodeKind.FunctionDeclaration
                or NodeKind.FunctionExpression
                or NodeKind.ArrowFunctionExpression
                or NodeKind.StaticBlock
                or NodeKind.PropertyDefinition
                or NodeKind.AccessorProperty;

    /// <summary>All nodes of a tree that have a graph, in the order of the source.</summary>
    public static IReadOnlyList<Node> RootsOf(SyntaxTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return
        [
            .. Enumerable
                .Range(1, tree.NodeCount)
                .Select(tree.NodeAt)
                .Where(node => HasGraph(node.Kind) && !node.Has(NodeFlags.Declare))
                .OrderBy(node => node.Kind == NodeKind.Program ? -1 : node.Start)
                .ThenByDescending(node => node.Index),
        ];
    }

    public BasicBlock BlockAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)BlockCount, nameof(index));
        return new(this, index);
    }

    /// <summary>The block in which that node is evaluated; none where it is not evaluated in this function, or only shows in where control goes.</summary>
    public BasicBlock BlockOf(Node node)
    {
        blockOf ??= MakeBlockOf();
        return node.Exists && blockOf.TryGetValue(node.Index, out var block) ? new(this, block) : default;
    }

    internal ref readonly BlockRecord RecordOf(int block) => ref blocks[block];

    internal ReadOnlyMemory<int> NodesOf(int block) => nodes.AsMemory(blocks[block].FirstNode, blocks[block].NodeCount);

    private Dictionary<int, int> MakeBlockOf()
    {
        var table = new Dictionary<int, int>(nodes.Length);
        for (var block = 0; block < blocks.Length; block++)
        {
            foreach (var node in NodesOf(block).Span)
            {
                table[node] = block;
            }
        }

        return table;
    }
}
