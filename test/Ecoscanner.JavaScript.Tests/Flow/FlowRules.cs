using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>What holds of every graph, whatever the source.</summary>
internal static class FlowRules
{
    public static void Check(ControlFlowGraph graph)
    {
        CheckEdges(graph);
        CheckReachable(graph);
        CheckNodes(graph);
    }

    private static void CheckEdges(ControlFlowGraph graph)
    {
        Assert.Equal(BlockKind.Entry, graph.Entry.Kind);
        Assert.Equal(BlockKind.Exit, graph.Exit.Kind);
        Assert.Equal(BlockKind.Failure, graph.Failure.Kind);
        Assert.Empty(graph.Entry.Predecessors);
        var forth = graph.Blocks.SelectMany(block => block.Successors).ToList();
        var back = graph.Blocks.SelectMany(block => block.Predecessors).ToHashSet();
        Assert.Equal(forth.Count, back.Count);
        Assert.True(back.SetEquals(forth));
        foreach (var block in graph.Blocks)
        {
            var isEnd = block.Kind is BlockKind.Exit or BlockKind.Failure;
            Check(isEnd != block.Successors.Any() || !block.IsReachable, block, "leads nowhere", graph);
        }
    }

    private static void CheckReachable(ControlFlowGraph graph)
    {
        var reached = graph.ReversePostOrder.ToHashSet();
        foreach (var block in graph.Blocks)
        {
            Check(reached.Contains(block) == block.IsReachable, block, "is marked wrongly", graph);
        }
    }

    private static void CheckNodes(ControlFlowGraph graph)
    {
        var met = new HashSet<Node>();
        foreach (var block in graph.Blocks)
        {
            foreach (var node in block.Nodes)
            {
                Check(met.Add(node) && graph.BlockOf(node) == block, node, "stands twice", graph);
            }

            var decides = block.Condition.Exists && block.Kind != BlockKind.Closing;
            Check(!decides || block.Successors.Count(edge => edge.Kind != FlowEdgeKind.Exception) == 2, block, "decides nothing", graph);
        }

        foreach (var node in Evaluated.Of(graph.Node))
        {
            Check(met.Contains(node), node, "is missing", graph);
        }
    }

    // The words are only put together where they are needed.
    private static void Check<T>(bool holds, T what, string wrong, ControlFlowGraph graph)
    {
        if (!holds)
        {
            Assert.Fail($"{what} {wrong} in {graph.Tree.Source.Content}");
        }
    }
}
