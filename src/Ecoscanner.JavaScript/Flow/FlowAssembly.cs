using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>Puts what was built in order: blocks in which nothing happens are left out, the others numbered as they begin.</summary>
internal sealed class FlowAssembly
{
    private const int Unresolved = -1;

    private readonly List<BlockRecord> built;
    private readonly List<FlowLink> links;

    // By block as it was built: the one block that it merely leads to.
    private readonly int[] leadsTo;
    private readonly int[] numbers;

    public FlowAssembly(List<BlockRecord> built, List<FlowLink> links, List<int> order, List<int> nodes)
    {
        this.built = built;
        this.links = links;
        leadsTo = FindEmpty();
        KeepEndsOfJumps();
        numbers = new int[built.Count];
        Nodes = [.. nodes];
        Blocks = Number(order);
        var (from, to, kinds) = Resolve();
        Forth = Digraph.Of(Blocks.Length, from, to, out var places);
        ForthKinds = Placed(kinds, places);
        Back = Digraph.Of(Blocks.Length, to, from, out places);
        BackKinds = Placed(kinds, places);
    }

    public BlockRecord[] Blocks { get; }

    public int[] Nodes { get; }

    public Digraph Forth { get; }

    public Digraph Back { get; }

    public FlowEdgeKind[] ForthKinds { get; }

    public FlowEdgeKind[] BackKinds { get; }

    // A plain block without nodes that goes on in one way has no say.
    private int[] FindEmpty()
    {
        var targets = new int[built.Count];
        Array.Fill(targets, Unresolved);
        var count = new int[built.Count];
        foreach (var link in links)
        {
            count[link.From]++;
            targets[link.From] = link.Kind == FlowEdgeKind.Next ? link.To : Unresolved;
        }

        for (var block = 0; block < built.Count; block++)
        {
            if (count[block] != 1 || built[block] is not { Kind: BlockKind.Plain, NodeCount: 0, Condition: 0 })
            {
                targets[block] = Unresolved;
            }
        }

        return targets;
    }

    // A jump to the end of what a finally protects is over there, and is not to be taken for one that goes on behind the finally.
    private void KeepEndsOfJumps()
    {
        foreach (var link in links)
        {
            if (
                link.Kind is FlowEdgeKind.Break or FlowEdgeKind.Continue
                && leadsTo[link.To] != Unresolved
                && built[EndOf(link.To)].Kind is BlockKind.Finalizer or BlockKind.Disposal
            )
            {
                leadsTo[link.To] = Unresolved;
            }
        }
    }

    private BlockRecord[] Number(List<int> order)
    {
        var kept = order.Where(block => leadsTo[block] == Unresolved && !IsNothing(built[block])).ToList();
        for (var number = 0; number < kept.Count; number++)
        {
            numbers[kept[number]] = number;
        }

        return [.. kept.Select(block => Numbered(built[block]))];
    }

    private BlockRecord Numbered(BlockRecord block)
    {
        block.Finishes = block.Finishes == 0 ? 0 : numbers[block.Finishes - 1] + 1;
        return block;
    }

    // What follows a jump, where nothing follows it.
    private static bool IsNothing(in BlockRecord block) => block is { Kind: BlockKind.Plain, NodeCount: 0, HasPredecessor: false };

    private (int[] From, int[] To, FlowEdgeKind[] Kinds) Resolve()
    {
        var (from, to, kinds) = (new List<int>(links.Count), new List<int>(links.Count), new List<FlowEdgeKind>(links.Count));
        var seen = new HashSet<FlowLink>();
        foreach (var link in links)
        {
            if (leadsTo[link.From] != Unresolved || IsNothing(built[link.From]))
            {
                continue;
            }

            var end = EndOf(link.To);
            // What comes out of a finally may lead to one place twice.
            if (!seen.Add(link with { To = end }))
            {
                continue;
            }

            from.Add(numbers[link.From]);
            to.Add(numbers[end]);
            kinds.Add(link.Kind);
        }

        return ([.. from], [.. to], [.. kinds]);
    }

    private int EndOf(int block)
    {
        var end = block;
        while (leadsTo[end] != Unresolved)
        {
            end = leadsTo[end];
        }

        // The way is short for whoever comes next.
        while (leadsTo[block] != Unresolved)
        {
            (leadsTo[block], block) = (end, leadsTo[block]);
        }

        return end;
    }

    private static FlowEdgeKind[] Placed(FlowEdgeKind[] kinds, int[] places)
    {
        var placed = new FlowEdgeKind[kinds.Length];
        for (var edge = 0; edge < kinds.Length; edge++)
        {
            placed[places[edge]] = kinds[edge];
        }

        return placed;
    }
}

/// <summary>An edge while the graph is built.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlowLink(int From, int To, FlowEdgeKind Kind);
