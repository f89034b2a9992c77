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
    private readonly BlockState[] states = new BlockState[graph.BlockCount];

    // With what is known of a finally; most ways know of none.
    private HashSet<(int Block, FlowPassage Passage)>? met;

    public FlowWitness? Find(BasicBlock start, BasicBlock target)
    {
        Add(new(start.Index, default, None, None));
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
        var finishes = graph.RecordOf(block).Finishes;
        for (var number = graph.Forth.Starts[block]; number < graph.Forth.Starts[block + 1]; number++)
        {
            var edge = EdgeAt(block, number);
            var isOpen = edge.Kind == FlowEdgeKind.Exception || (!IsBarred(block) && passage.Allows(finishes, edge.Kind));
            if (isOpen && !isCut(edge))
            {
                Add(new(edge.To.Index, passage.Behind(edge, finishes), at, number));
            }
        }
    }

    private void Add(Step step)
    {
        ref var state = ref states[step.Block];
        if (state.Count >= StatesPerBlock && !IsMet(step))
        {
            // What is known of the way in is given up rather than the way.
            step = step with
            {
                Passage = default,
            };
        }

        if (!IsMet(step))
        {
            if (step.Passage == default)
            {
                state.IsMet = true;
            }
            else
            {
                (met ??= []).Add((step.Block, step.Passage));
            }

            state.Count++;
            steps.Add(step);
        }
    }

    private bool IsMet(Step step) => step.Passage == default ? states[step.Block].IsMet : met?.Contains((step.Block, step.Passage)) == true;

    private bool IsBarred(int block)
    {
        ref var state = ref states[block];
        if (!state.IsAsked)
        {
            state.IsBarred = HasBarrier(block);
            state.IsAsked = true;
        }

        return state.IsBarred;
    }

    private bool HasBarrier(int block)
    {
        var nodes = graph.BlockAt(block).Nodes;
        for (var at = 0; at < nodes.Count; at++)
        {
            if (isBarrier(nodes[at]))
            {
                return true;
            }
        }

        return false;
    }

    private FlowEdge EdgeAt(int block, int number) => new(graph.BlockAt(block), graph.BlockAt(graph.Forth.Ends[number]), graph.ForthKinds[number]);

    private FlowWitness WitnessOf(int at)
    {
        var edges = ImmutableArray.CreateBuilder<FlowEdge>();
        for (; steps[at].Before != None; at = steps[at].Before)
        {
            edges.Add(EdgeAt(steps[steps[at].Before].Block, steps[at].Edge));
        }

        edges.Reverse();
        return new(edges.ToImmutable());
    }

    /// <summary>A block that was come to.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Passage">How the last finally was entered.</param>
    /// <param name="Before">The step that led to it, or -1.</param>
    /// <param name="Edge">By which of the graph's edges, or -1.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(int Block, FlowPassage Passage, int Before, int Edge);

    private struct BlockState
    {
        public byte Count;

        // Without anything that is known of a finally.
        public bool IsMet;

        public bool IsAsked;

        public bool IsBarred;
    }
}
