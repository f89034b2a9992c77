using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Dominators, against what the word means.</summary>
public sealed class DominatorsTests
{
    private const int Graphs = 10_000;
    private const int LargestGraph = 14;

    [Fact]
    public void One_vertex_dominates_another_if_none_reaches_it_without_the_one()
    {
        var random = new Random(7);
        for (var number = 0; number < Graphs; number++)
        {
            var count = random.Next(1, LargestGraph + 1);
            var (from, to) = (new List<int>(), new List<int>());
            for (var edges = random.Next(count * 3); edges > 0; edges--)
            {
                from.Add(random.Next(count));
                to.Add(random.Next(count));
            }

            var forth = Digraph.Of(count, [.. from], [.. to], out _);
            Check(forth, DominatorTree.Of(forth, forth.Reverse(), 0), number);
        }
    }

    [Fact]
    public void Blocks_are_dominated_by_what_leads_to_them()
    {
        var tree = SyntaxTree.Parse("function f() { if (a) { b; } else { return c; } d; while (e) f; return g; for (;;) {} }");
        var graph = ControlFlowGraph.Of(tree, tree.Root.BodyItems[0]);
        var (dominators, post) = (Dominators.Of(graph), Dominators.PostOf(graph));
        var (a, b, c, d, e, g) = (Block("a"), Block("b"), Block("c"), Block("d"), Block("e"), Block("g"));
        Assert.True(dominators.Dominates(a, b) && dominators.Dominates(a, g) && dominators.Dominates(b, d) && dominators.Dominates(d, d));
        Assert.False(dominators.Dominates(c, graph.Exit) || dominators.Dominates(d, a));
        Assert.Equal(a, dominators.ImmediateOf(graph.Exit));
        Assert.False(dominators.ImmediateOf(graph.Entry).Exists);
        Assert.True(post.Dominates(graph.Exit, a) && post.Dominates(e, d) && post.Dominates(g, b));
        Assert.False(post.Dominates(d, a) || post.Dominates(c, a));
        Assert.Equal(graph.Exit, post.ImmediateOf(a));
        var endless = graph.Blocks.Where(block => !block.IsReachable && block != graph.Failure).ToList();
        Assert.NotEmpty(endless);
        Assert.All(endless, block => Assert.False(dominators.Dominates(block, block) || post.Dominates(graph.Exit, block)));

        BasicBlock Block(string name) => graph.Blocks.Single(block => block.Nodes.Any(node => node.Text.SequenceEqual(name)));
    }

    private static void Check(Digraph graph, DominatorTree tree, int number)
    {
        var reachable = graph.PostOrder(0).ToHashSet();
        for (var one = 0; one < graph.Count; one++)
        {
            var without = Without(graph, one);
            for (var other = 0; other < graph.Count; other++)
            {
                var expected = reachable.Contains(one) && reachable.Contains(other) && !without.Contains(other);
                Assert.True(expected == tree.Dominates(one, other), $"graph {number}: {one} and {other}");
                if (expected && one != other)
                {
                    Assert.True(tree.Dominates(one, tree.ImmediateOf(other)), $"graph {number}: {one} and the dominator of {other}");
                }
            }
        }
    }

    private static HashSet<int> Without(Digraph graph, int vertex)
    {
        var met = new HashSet<int>();
        var waiting = new Stack<int>();
        waiting.Push(0);
        while (waiting.TryPop(out var at))
        {
            if (at == vertex || !met.Add(at))
            {
                continue;
            }

            foreach (var next in graph.From(at))
            {
                waiting.Push(next);
            }
        }

        return met;
    }
}
