using System.Collections.Immutable;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>The solver, with two small analyses.</summary>
public sealed class FlowAnalysisTests
{
    [Theory]
    [InlineData("a = 1; b = 2;", "a b")]
    [InlineData("if (x) a = 1; else b = 2;", "a b")]
    [InlineData("for (;;) { a = 1; if (x) break; b = 2; }", "a b")]
    [InlineData("return; a = 1;", "")]
    [InlineData("try { a = 1; f(); b = 2; } catch { return; } c = 3;", "a b c")]
    [InlineData("try { a = 1; throw x; } finally { b = 1; }", "")]
    [InlineData("x && (a = 1);", "a")]
    public void What_may_have_been_written_at_the_end(string body, string names) =>
        Assert.Equal(names, Text(new Written().Solve(Graph(body)), graph => graph.Exit, body));

    [Theory]
    [InlineData("return a;", "a")]
    [InlineData("a = b; return a;", "b")]
    [InlineData("if (c) a = 1; return a;", "a c")]
    [InlineData("while (a) { b; }", "a b")]
    [InlineData("for (;;) a;", "a")]
    [InlineData("try { a = 1; f(); } catch { b; } a;", "a b f")]
    public void What_is_read_before_it_is_written(string body, string names)
    {
        var graph = Graph(body);
        Assert.Equal(names, string.Join(' ', new Live().Solve(graph).Before(graph.Entry).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void What_a_condition_tells_comes_along_its_edge()
    {
        var graph = Graph("if (a) b; else c;");
        var states = new Tested().Solve(graph);
        Assert.Equal("a", string.Join(' ', states.Before(graph.Blocks.Single(block => block.Nodes.Any(node => node.Text is "b")))));
        Assert.Empty(states.Before(graph.Blocks.Single(block => block.Nodes.Any(node => node.Text is "c"))));
    }

    [Fact]
    public void An_analysis_without_end_gives_up()
    {
        var states = new Counting().Solve(Graph("for (;;) a;"));
        Assert.True(states.GaveUp);
        Assert.Equal(Counting.Bound * 2, states.Visits);
    }

    private static ControlFlowGraph Graph(string body)
    {
        var tree = SyntaxTree.Parse($"function f() {{ {body} }}");
        return ControlFlowGraph.Of(tree, tree.Root.BodyItems[0]);
    }

    private static string Text(FlowStates<ImmutableHashSet<string>> states, Func<ControlFlowGraph, BasicBlock> block, string body)
    {
        Assert.False(states.GaveUp);
        return string.Join(' ', states.Before(block(Graph(body))).Order(StringComparer.Ordinal));
    }

    private static bool IsTarget(Node node) => node.Tree.ParentOf(node) is { Kind: NodeKind.AssignmentExpression } parent && parent.Left == node;

    private sealed class Written : ForwardAnalysis<ImmutableHashSet<string>>
    {
        protected override ImmutableHashSet<string> Nothing => [];

        protected override ImmutableHashSet<string> Join(ImmutableHashSet<string> one, ImmutableHashSet<string> other) => one.Union(other);

        protected override ImmutableHashSet<string> Transfer(Node node, ImmutableHashSet<string> state) =>
            node.Kind == NodeKind.Identifier && IsTarget(node) ? state.Add(node.Name) : state;

        protected override bool AreEqual(ImmutableHashSet<string> one, ImmutableHashSet<string> other) => one.SetEquals(other);
    }

    private sealed class Live : BackwardAnalysis<ImmutableHashSet<string>>
    {
        protected override ImmutableHashSet<string> Nothing => [];

        protected override ImmutableHashSet<string> Join(ImmutableHashSet<string> one, ImmutableHashSet<string> other) => one.Union(other);

        protected override ImmutableHashSet<string> Transfer(Node node, ImmutableHashSet<string> state) =>
            node.Kind != NodeKind.Identifier ? state
            : IsTarget(node) ? state.Remove(node.Name)
            : state.Add(node.Name);

        protected override bool AreEqual(ImmutableHashSet<string> one, ImmutableHashSet<string> other) => one.SetEquals(other);
    }

    private sealed class Tested : ForwardAnalysis<ImmutableHashSet<string>>
    {
        protected override ImmutableHashSet<string> Nothing => [];

        protected override ImmutableHashSet<string> Join(ImmutableHashSet<string> one, ImmutableHashSet<string> other) => one.Union(other);

        protected override ImmutableHashSet<string> Transfer(Node node, ImmutableHashSet<string> state) => state;

        protected override ImmutableHashSet<string> Along(FlowEdge edge, ImmutableHashSet<string> state) =>
            edge.Kind == FlowEdgeKind.True ? state.Add(edge.From.Condition.Name) : state;
    }

    private sealed class Counting : ForwardAnalysis<int>
    {
        public const int Bound = 10;

        public Counting() => VisitsPerBlock = Bound;

        protected override int Nothing => 0;

        protected override int Join(int one, int other) => Math.Max(one, other);

        protected override int Transfer(Node node, int state) => state + 1;
    }
}
