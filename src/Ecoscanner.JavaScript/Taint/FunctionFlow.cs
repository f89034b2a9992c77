using System.Collections.Concurrent;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>The control flow of one function, with what its variables are.</summary>
internal sealed class FunctionFlow(ControlFlowGraph graph, SemanticModel model)
{
    private readonly ConcurrentDictionary<int, bool> isReached = [];
    private ILookup<int, int>? metDefinitions;

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
            isReached.TryAdd(block.Index, answer);
        }

        return answer;
    }

    private static bool IsNeverTaken(FlowEdge edge) =>
        edge.Kind is FlowEdgeKind.True or FlowEdgeKind.False
        && edge.From.Condition is { Exists: true } condition
        && GuardSearch.ConstantOf(ValueKeys.Unwrapped(condition)) is { } constant
        && !(edge.Kind == FlowEdgeKind.True ? Outcome.Truthy : Outcome.Falsy).Allows(constant);

    /// <summary>The writings of variables whose value a slot holds, as far as several writings meet; several variables may share a slot.</summary>
    public IEnumerable<int> MetDefinitions(LoweredModule module, int slot)
    {
        metDefinitions ??= MakeMetDefinitions(module);
        return metDefinitions[slot];
    }

    private ILookup<int, int> MakeMetDefinitions(LoweredModule module)
    {
        var all = Enumerable.Range(0, Definitions.Count).ToList();
        var met = all.Where(number => Definitions.At(number).Kind == DefinitionKind.Merge).SelectMany(number => Definitions.At(number).Operands).ToHashSet();
        return all.Where(number => met.Contains(number) && Definitions.At(number) is { Kind: DefinitionKind.Write, Node.Exists: true })
            .ToLookup(number => module.SlotOf(Definitions.At(number).Node));
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
