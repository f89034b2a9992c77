using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>The control flow of one function, with what its variables are.</summary>
internal sealed class FunctionFlow(ControlFlowGraph graph, SemanticModel model)
{
    public ControlFlowGraph Graph => graph;

    public SemanticModel Model => model;

    public Definitions Definitions => field ??= Definitions.Of(graph, model);

    /// <summary>The statements with which the function returns; of an arrow function without a block, its expression.</summary>
    public IReadOnlyList<Node> Returns => field ??= FindReturns();

    /// <summary>Whether control comes to a node: conditions that are constants decide.</summary>
    public bool IsReached(Node node)
    {
        if (Evaluated(node) is not { Exists: true } evaluated)
        {
            return true;
        }

        var block = graph.BlockOf(evaluated);
        if (!isReached.TryGetValue(block.Index, out var answer))
        {
            answer = block.IsReachable && Reachability.Find(graph.Entry, block, IsNeverTaken, static _ => false) is not null;
            isReached.Add(block.Index, answer);
        }

        return answer;
    }

    private readonly Dictionary<int, bool> isReached = [];

    private static bool IsNeverTaken(FlowEdge edge) =>
        edge.Kind is FlowEdgeKind.True or FlowEdgeKind.False
        && edge.From.Condition is { Exists: true } condition
        && GuardSearch.ConstantOf(ValueKeys.Unwrapped(condition)) is { } constant
        && !(edge.Kind == FlowEdgeKind.True ? Outcome.Truthy : Outcome.Falsy).Allows(constant);

    /// <summary>The definitions of variables that are written more than once whose value a slot holds: by the slot.</summary>
    public IReadOnlyDictionary<int, int> DefinitionOfSlot(LoweredModule module) => definitionOfSlot ??= MakeDefinitionOfSlot(module);

    private Dictionary<int, int>? definitionOfSlot;

    private Dictionary<int, int> MakeDefinitionOfSlot(LoweredModule module)
    {
        var table = new Dictionary<int, int>();
        for (var number = 0; number < Definitions.Count; number++)
        {
            if (Definitions.At(number) is { Kind: DefinitionKind.Write, Node: { Exists: true } node } && module.SlotOf(node) is >= 0 and var slot)
            {
                table.TryAdd(slot, number);
            }
        }

        return table;
    }

    /// <summary>The nearest node around, or itself, that the graph evaluates; one that does not exist where there is none.</summary>
    public Node Evaluated(Node node)
    {
        // Parameters and declarations stand within few others; a graph has all expressions.
        for (var steps = 0; node.Exists && node != graph.Node && steps < 64; steps++)
        {
            if (graph.BlockOf(node).Exists)
            {
                return node;
            }

            node = graph.Tree.ParentOf(node);
        }

        return default;
    }

    private List<Node> FindReturns()
    {
        var returns = new List<Node>();
        foreach (var block in graph.Blocks.Where(block => block.IsReachable))
        {
            foreach (var node in block.Nodes)
            {
                if (node.Kind == NodeKind.ReturnStatement)
                {
                    returns.Add(node);
                }
            }
        }

        return returns;
    }
}
