using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>
/// Builds a graph. It walks with a stack of its own, for a source may be deeper than a thread's; one block is open at a time,
/// and what is evaluated is put into it.
/// </summary>
internal sealed partial class FlowBuilder
{
    private const int None = -1;
    private const int EntryBlock = 0;
    private const int ExitBlock = 1;
    private const int FailureBlock = 2;

    private readonly SyntaxTree tree;
    private readonly Node root;
    private readonly List<BlockRecord> blocks = [];
    private readonly List<FlowLink> links = [];
    private readonly List<int> nodes = [];

    // Blocks in the order in which they begin, which is theirs in the graph.
    private readonly List<int> order = [];
    private readonly Stack<FlowStep> steps = new();
    private int current = None;

    public FlowBuilder(SyntaxTree tree, Node root)
    {
        this.tree = tree;
        this.root = root;
    }

    public ControlFlowGraph Build()
    {
        NewBlock(BlockKind.Entry);
        NewBlock(BlockKind.Exit);
        NewBlock(BlockKind.Failure);
        At(EntryBlock).IsReachable = true;
        Begin(EntryBlock);
        Start();
        while (steps.TryPop(out var step))
        {
            Do(step);
        }

        if (current != None)
        {
            Goto(
                ExitBlock,
                root.Kind == NodeKind.ArrowFunctionExpression && root.Body.Kind != NodeKind.BlockStatement ? FlowEdgeKind.Return : FlowEdgeKind.Next
            );
        }

        order.Add(ExitBlock);
        order.Add(FailureBlock);
        return new(tree, root, new(blocks, links, order, nodes));
    }

    private void Start()
    {
        switch (root.Kind)
        {
            case NodeKind.Program or NodeKind.StaticBlock:
                Push(new(FlowStepKind.List, root.Index, Role: NodeRole.Body));
                break;
            case NodeKind.PropertyDefinition or NodeKind.AccessorProperty:
                PushVisit(root.Value, FlowStepKind.Emit, root);
                break;
            default:
                EmitOwnFields();
                if (root.Body.Kind == NodeKind.BlockStatement)
                {
                    Push(new(FlowStepKind.List, root.Body.Index, Role: NodeRole.Body));
                }
                else
                {
                    PushVisit(root.Body);
                }

                if (root.Has(NodeFlags.Generator))
                {
                    Push(new(FlowStepKind.BeginBody));
                }

                Push(new(FlowStepKind.Elements, root.Index, Role: NodeRole.Params));
                break;
        }
    }

    private void Do(FlowStep step)
    {
        switch (step.Kind)
        {
            case FlowStepKind.Visit:
                Visit(Of(step.A));
                break;
            case FlowStepKind.Emit:
                Emit(step.A);
                break;
            case FlowStepKind.Items:
                if (Next(step) is { Exists: true } item)
                {
                    Visit(item);
                }

                break;
            case FlowStepKind.Goto:
                Goto(step.B, (FlowEdgeKind)step.C);
                break;
            case FlowStepKind.Begin:
                Begin(step.B);
                break;
            case FlowStepKind.Enter:
                Enter(step.B);
                break;
            case FlowStepKind.List:
                StartList(Of(step.A), step.Role);
                break;
            case FlowStepKind.BeginBody:
                Suspend(FlowEdgeKind.Resume);
                break;
            default:
                if (!DoExpression(step) && !DoStatement(step))
                {
                    throw new InvalidOperationException($"nothing does {step.Kind}");
                }

                break;
        }
    }

    // The node of a list at that place; those behind it come later.
    private Node Next(FlowStep step)
    {
        var list = Of(step.A).List(step.Role);
        if (step.B >= list.Count)
        {
            return default;
        }

        Push(step with { B = step.B + 1 });
        return list[step.B];
    }

    // A source with errors may lack anything.
    private Node Of(int index) => new(tree, index);

    private int NewBlock(BlockKind kind = BlockKind.Plain)
    {
        blocks.Add(new() { Kind = kind });
        return blocks.Count - 1;
    }

    private ref BlockRecord At(int block) => ref CollectionsMarshal.AsSpan(blocks)[block];

    private void Begin(int block)
    {
        current = block;
        At(block).FirstNode = nodes.Count;
        order.Add(block);
    }

    /// <summary>A block behind a jump; nothing leads to it.</summary>
    private void BeginUnreachable() => Begin(NewBlock());

    private void Emit(int node)
    {
        nodes.Add(node);
        var kind = Of(node).Kind;
        ref var block = ref At(current);
        block.MayThrow |= Throwing.May(kind);
        block.IsInvalid |= kind is NodeKind.InvalidExpression or NodeKind.InvalidStatement;
    }

    private void Link(int to, FlowEdgeKind kind) => Link(current, to, kind);

    // Each block is begun after all that lead to it but for ways back, and a loop that can't be entered stays so: this finds what can be reached.
    private void Link(int from, int to, FlowEdgeKind kind)
    {
        links.Add(new(from, to, kind));
        ref var target = ref At(to);
        target.HasPredecessor = true;
        target.IsReachable |= At(from).IsReachable;
    }

    private void Goto(int block, FlowEdgeKind kind)
    {
        Link(block, kind);
        Close();
    }

    private void Enter(int block)
    {
        Goto(block, FlowEdgeKind.Next);
        Begin(block);
    }

    private void Branch(int condition, int first, FlowEdgeKind firstKind, int second, FlowEdgeKind secondKind)
    {
        At(current).Condition = condition;
        Link(first, firstKind);
        Link(second, secondKind);
        Close();
    }

    // Also links the block to what catches its exceptions.
    private void Close()
    {
        ref var block = ref At(current);
        block.NodeCount = nodes.Count - block.FirstNode;
        if (block.MayThrow && guard != None)
        {
            Throw(guard, FlowEdgeKind.Exception);
        }

        current = None;
    }

    /// <summary>Ends the block where others may run before the next.</summary>
    private void Suspend(FlowEdgeKind kind)
    {
        var next = NewBlock();
        Link(next, kind);
        if (kind == FlowEdgeKind.Resume)
        {
            Leave(FlowEdgeKind.Return, ExitBlock, None);
        }

        Close();
        Begin(next);
    }

    private void Push(FlowStep step) => steps.Push(step);

    // The second is done after the first.
    private void PushVisit(Node node, FlowStepKind then, Node argument)
    {
        Push(new(then, argument.Index));
        PushVisit(node);
    }

    private void PushVisit(Node node)
    {
        if (node.Exists)
        {
            Push(new(FlowStepKind.Visit, node.Index));
        }
    }

    private void PushItems(Node node, NodeRole role) => Push(new(FlowStepKind.Items, node.Index, Role: role));
}
