using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Which writes each reading may see, the long way: all pairs of variable and write that reach a place. The write 0 is that none has been.</summary>
internal sealed class ReachingWrites(ControlFlowGraph graph, SemanticModel model) : ForwardAnalysis<ImmutableHashSet<(int Symbol, int Write)>>
{
    protected override ImmutableHashSet<(int Symbol, int Write)> Nothing => [];

    protected override ImmutableHashSet<(int Symbol, int Write)> Start => [.. Enumerable.Range(1, model.SymbolCount).Select(symbol => (symbol, 0))];

    /// <summary>By identifier that is read: the identifiers that may have been written last.</summary>
    public Dictionary<Node, SortedSet<int>> Solve()
    {
        var states = Solve(graph);
        Assert.False(states.GaveUp);
        var reads = new Dictionary<Node, SortedSet<int>>();
        foreach (var block in graph.Blocks.Where(block => block.IsReachable))
        {
            var state = states.Before(block);
            foreach (var node in block.Nodes)
            {
                if (node.Kind is NodeKind.Identifier or NodeKind.JSXIdentifier && model.ReferenceOf(node).IsRead)
                {
                    var symbol = model.SymbolOf(node).Index;
                    reads.Add(node, [.. state.Where(pair => pair.Symbol == symbol).Select(pair => pair.Write)]);
                }

                state = Transfer(node, state);
            }
        }

        return reads;
    }

    protected override ImmutableHashSet<(int Symbol, int Write)> Join(
        ImmutableHashSet<(int Symbol, int Write)> one,
        ImmutableHashSet<(int Symbol, int Write)> other
    ) => one.Union(other);

    protected override ImmutableHashSet<(int Symbol, int Write)> Transfer(Node node, ImmutableHashSet<(int Symbol, int Write)> state)
    {
        var target = node.Kind switch
        {
            NodeKind.Identifier => model.ReferenceOf(node) is { Exists: true, IsRead: true } ? default : node,
            NodeKind.FunctionDeclaration or NodeKind.ClassDeclaration => node.Id,
            NodeKind.AssignmentExpression => node.Operator == TokenKind.Equals ? default : node.Left,
            NodeKind.UpdateExpression => node.Argument,
            _ => default,
        };
        var symbol = target.Kind == NodeKind.Identifier ? model.SymbolOf(target).Index : 0;
        return symbol == 0 ? state : state.Except(state.Where(pair => pair.Symbol == symbol)).Add((symbol, target.Index));
    }

    protected override bool AreEqual(ImmutableHashSet<(int Symbol, int Write)> one, ImmutableHashSet<(int Symbol, int Write)> other) => one.SetEquals(other);
}
