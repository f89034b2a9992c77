using System.Globalization;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Asks whether what Node did is a way through the graph.</summary>
internal sealed class TracePath
{
    private const int Threw = 4;

    private readonly ControlFlowGraph graph;

    // Of each block, the numbers of the calls in it; and of each call its block and place among those.
    private readonly List<List<int>> calls = [];
    private readonly Dictionary<int, (int Block, int Place, Node Node)> places = [];

    public TracePath(ControlFlowGraph graph)
    {
        this.graph = graph;
        foreach (var block in graph.Blocks)
        {
            var own = new List<int>();
            foreach (var node in block.Nodes.Where(node => node.Kind == NodeKind.CallExpression && node.Callee is { Kind: NodeKind.Identifier, Name: "t" }))
            {
                var number = int.Parse(node.Arguments[0].Text, CultureInfo.InvariantCulture);
                places.Add(number, (block.Index, own.Count, node));
                own.Add(number);
            }

            calls.Add(own);
        }
    }

    /// <summary>What is not allowed in it; null where all is.</summary>
    public string? Wrong(IReadOnlyList<int> events, string end)
    {
        if (!Leads([graph.Entry], events.Count == 0 ? End(end) : Call(events[0])))
        {
            return "the start";
        }

        for (var at = 0; at < events.Count; at++)
        {
            var (block, place, node) = places[events[at] / 8];
            var value = events[at] % 8;
            var isLast = place == calls[block].Count - 1;
            if (at + 1 < events.Count && value != Threw && !isLast && places[events[at + 1] / 8] is var next && next.Block == block && next.Place == place + 1)
            {
                continue;
            }

            var from = graph.BlockAt(block);
            var ways = from.Successors.Where(edge =>
                edge.Kind == FlowEdgeKind.Exception || (isLast && value != Threw && Allows(edge, from.Condition == node, value))
            );
            var isUncaught = value == Threw && from.Successors.All(edge => edge.Kind != FlowEdgeKind.Exception);
            var isEnd = at + 1 == events.Count;
            if (!(isEnd && isUncaught && end == "threw") && !Leads(ways.Select(edge => edge.To), isEnd ? End(end) : Call(events[at + 1])))
            {
                return $"after call {events[at] / 8} with {value}: {(isEnd ? end : $"call {events[at + 1] / 8}")}";
            }
        }

        return null;
    }

    private static bool Allows(FlowEdge edge, bool decides, int value) =>
        !decides
        || edge.Kind switch
        {
            FlowEdgeKind.True => value == 3,
            FlowEdgeKind.False => value < 3,
            FlowEdgeKind.Nullish => value < 2,
            FlowEdgeKind.NotNullish => value >= 2,
            _ => true,
        };

    private Func<BasicBlock, bool> Call(int occurrence)
    {
        var (block, place, _) = places[occurrence / 8];
        return candidate => candidate.Index == block && place == 0;
    }

    private Func<BasicBlock, bool> End(string end) =>
        end switch
        {
            "returned" => block => block == graph.Exit,
            // What nothing catches has no edge.
            "threw" => block => block == graph.Failure || block.Successors.All(edge => edge.Kind != FlowEdgeKind.Exception),
            _ => _ => true,
        };

    // Past blocks without calls, and past others only by an exception before the first call.
    private bool Leads(IEnumerable<BasicBlock> starts, Func<BasicBlock, bool> isGoal)
    {
        var met = starts.ToHashSet();
        var waiting = new Queue<BasicBlock>(met);
        while (waiting.TryDequeue(out var block))
        {
            if (isGoal(block))
            {
                return true;
            }

            foreach (var edge in block.Successors.Where(edge => calls[block.Index].Count == 0 || edge.Kind == FlowEdgeKind.Exception))
            {
                if (met.Add(edge.To))
                {
                    waiting.Enqueue(edge.To);
                }
            }
        }

        return false;
    }
}
