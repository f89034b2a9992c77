using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>
/// Looks for a shortest way, breadth first. It remembers how it entered the last <c>finally</c>, for who came by an exception does not go on behind it.
/// </summary>
internal sealed class FlowSearch(ControlFlowGraph graph, Func<FlowEdge, bool> isCut, Func<Node, bool> isBarrier)
{
    // A finally that jumps away itself leaves what is remembered behind; more than a few such per block are not told apart.
    private const int StatesPerBlock = 8;

    private const int None = -1;

    private readonly List<Step> steps = [];
    private readonly HashSet<(int Block, FlowPassage Passage)> met = [];
    private readonly int[] count = new int[graph.BlockCount];
    private readonly byte[] barriers = new byte[graph.BlockCount];

    public FlowWitness? Find(BasicBlock start, BasicBlock target)
    {
        Add(new(start.Index, default, None, default));
        for (var at = 0; at < steps.Count; at++)
        {
            if (steps[at].Block == target.Index)
            {
                return WitnessOf(at);
            }

            GoOn(at);
        }

        return null;
    }

    private void GoOn(int at)
    {
        var (block, passage) = (steps[at].Block, steps[at].Passage);
        foreach (var edge in graph.BlockAt(block).Successors)
        {
            var isOpen = edge.Kind == FlowEdgeKind.Exception || (!IsBarred(block) && passage.Allows(graph.RecordOf(block).Finishes, edge.Kind));
            if (isOpen && !isCut(edge))
            {
                Add(new(edge.To.Index, passage.Behind(edge, graph.RecordOf(block).Finishes), at, edge));
            }
        }
    }

    private void Add(Step step)
    {
        if (count[step.Block] >= StatesPerBlock && !met.Contains((step.Block, step.Passage)))
        {
            // What is known of the way in is given up rather than the way.
            step = step with
            {
                Passage = default,
            };
        }

        if (met.Add((step.Block, step.Passage)))
        {
            count[step.Block]++;
            steps.Add(step);
        }
    }

    private bool IsBarred(int block)
    {
        const byte Open = 1;
        const byte Barred = 2;
        if (barriers[block] == 0)
        {
            barriers[block] = graph.BlockAt(block).Nodes.Any(isBarrier) ? Barred : Open;
        }

        return barriers[block] == Barred;
    }

    private FlowWitness WitnessOf(int at)
    {
        var edges = ImmutableArray.CreateBuilder<FlowEdge>();
        for (; steps[at].Before != None; at = steps[at].Before)
        {
            edges.Add(steps[at].Edge);
        }

        edges.Reverse();
        return new(edges.ToImmutable());
    }

    /// <summary>A block that was come to.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Passage">How the last finally was entered.</param>
    /// <param name="Before">The step that led to it, or -1.</param>
    /// <param name="Edge">By which edge.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(int Block, FlowPassage Passage, int Before, FlowEdge Edge);
}
