using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Flow;
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
