namespace Ecoscanner.JavaScript.Flow;

/// <remarks>
/// A variable that is written several times: where no ways meet, a block begins with what the block that dominates it ended with. What is noted by block
/// is of one variable, and taken back after it.
/// </remarks>
internal sealed partial class DefinitionBuilder
{
    private readonly List<int> noted = [];
    private readonly Stack<int> path = new();
    private readonly List<int> operands = [];

    // What each block begins with, as far as it was asked for, and what it writes last.
    private int[] incoming = [];
    private int[] outgoing = [];

    private void Number(int variable, MergePlacement placement)
    {
        var symbol = uses.SymbolOf(variable);
        var own = uses.Of(variable);
        foreach (var use in own)
        {
            if (use.IsWrite)
            {
                Note(outgoing, use.Block, Write(use));
            }
        }

        if (placement.IsLive(graph.Entry.Index))
        {
            Note(incoming, graph.Entry.Index, Add(DefinitionKind.Start, symbol, default, graph.Entry.Index));
        }

        foreach (var block in placement.Merges)
        {
            Note(incoming, block, Add(DefinitionKind.Merge, symbol, default, block));
        }

        foreach (var block in placement.Merges)
        {
            Join(block, own);
        }

        Read(own);
        Forget();
    }

    private void Join(int block, ReadOnlySpan<VariableUse> variable)
    {
        for (var at = graph.Back.Starts[block]; at < graph.Back.Starts[block + 1]; at++)
        {
            var before = graph.Back.Ends[at];
            if (!Dominators.IsReachable(before))
            {
                continue;
            }

            if (graph.BackKinds[at] == FlowEdgeKind.Exception)
            {
                operands.Add(IncomingOf(before));
                AddWrites(before, variable);
            }
            else
            {
                operands.Add(outgoing[before] != None ? outgoing[before] : IncomingOf(before));
            }
        }

        // What comes around unchanged is nothing new.
        var own = incoming[block];
        All[own] = All[own] with { Operands = [.. operands.Where(operand => operand != own).Distinct().Order()] };
        operands.Clear();
    }

    private void AddWrites(int block, ReadOnlySpan<VariableUse> own)
    {
        if (outgoing[block] == None)
        {
            return;
        }

        for (var at = FirstOf(block, own); at < own.Length && own[at].Block == block; at++)
        {
            if (own[at].IsWrite)
            {
                operands.Add(Writes[own[at].Node]);
            }
        }
    }

    private static int FirstOf(int block, ReadOnlySpan<VariableUse> own)
    {
        var (low, high) = (0, own.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = own[middle].Block < block ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Read(ReadOnlySpan<VariableUse> own)
    {
        var (block, value) = (None, None);
        foreach (var use in own)
        {
            if (!Dominators.IsReachable(use.Block))
            {
                continue;
            }

            if (use.Block != block)
            {
                (block, value) = (use.Block, None);
            }

            if (use.IsWrite)
            {
                value = Writes[use.Node];
                continue;
            }

            value = value == None ? IncomingOf(block) : value;
            Reads[use.Node] = value;
        }
    }

    /// <summary>What a block begins with in which the variable lives.</summary>
    private int IncomingOf(int block)
    {
        var value = incoming[block];
        while (value == None)
        {
            path.Push(block);
            block = Dominators.ImmediateOf(block);
            value = outgoing[block] != None ? outgoing[block] : incoming[block];
        }

        while (path.TryPop(out var passed))
        {
            Note(incoming, passed, value);
        }

        return value;
    }

    private void Note(int[] table, int block, int definition)
    {
        table[block] = definition;
        noted.Add(block);
    }

    private void Forget()
    {
        foreach (var block in noted)
        {
            (incoming[block], outgoing[block]) = (None, None);
        }

        noted.Clear();
    }
}
