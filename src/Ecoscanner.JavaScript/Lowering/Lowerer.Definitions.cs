using Ecoscanner.JavaScript.Flow;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Variables that a function writes several times: a slot for each writing, and for each place where several meet.</remarks>
internal sealed partial class Lowerer
{
    private readonly FollowedVariables followed;

    // Those of the current function; null where it needs none.
    private Definitions? definitions;

    // By definition: its slot plus one, and whether it has its value there.
    private int[] slotOfDefinition = [];
    private bool[] isWritten = [];

    // Merges that are read, and variables whose one slot is, to be filled at the end of the function.
    private readonly List<int> asked = [];

    private void BeginDefinitions(int node)
    {
        definitions = followed.Has(node) ? Definitions.Of(ControlFlowGraph.Of(tree, tree.NodeAt(node)), model) : null;
        if (definitions is null)
        {
            return;
        }

        if (slotOfDefinition.Length < definitions.Count)
        {
            slotOfDefinition = new int[definitions.Count * 2];
            isWritten = new bool[definitions.Count * 2];
        }

        Array.Clear(slotOfDefinition, 0, definitions.Count);
        Array.Clear(isWritten, 0, definitions.Count);
        asked.Clear();
    }

    private int SlotOfDefinition(int definition)
    {
        if (slotOfDefinition[definition] == 0)
        {
            slotOfDefinition[definition] = NewSlot() + 1;
            asked.Add(definition);
        }

        return slotOfDefinition[definition] - 1;
    }

    /// <summary>The slot of what an identifier reads; -1 where its variable has one slot only.</summary>
    private int ReadDefinition(int node, int symbol) =>
        definitions is not null && followed.Follows(symbol) && definitions.DefinitionOf(tree.NodeAt(node)) is >= 0 and var definition
            ? SlotOfDefinition(definition)
            : None;

    private bool IsOneOfSeveral(int node, int symbol) => definitions is not null && followed.Follows(symbol) && definitions.WriteOf(tree.NodeAt(node)) >= 0;

    /// <summary>Gives a value to one writing of several, if an identifier is one.</summary>
    private bool WriteDefinition(int node, int symbol, int value)
    {
        if (!IsOneOfSeveral(node, symbol))
        {
            return false;
        }

        var definition = definitions!.WriteOf(tree.NodeAt(node));
        isWritten[definition] = true;
        if (slotOfDefinition[definition] == 0)
        {
            // It needs no slot of its own.
            slotOfDefinition[definition] = value + 1;
        }
        else
        {
            Emit(Opcode.Copy, node, slotOfDefinition[definition] - 1, value);
        }

        return true;
    }

    private void FinishDefinitions()
    {
        if (definitions is null)
        {
            return;
        }

        FillHomes();
        for (var at = 0; at < asked.Count; at++)
        {
            var number = asked[at];
            var definition = definitions.At(number);
            var node = definition.Node.Exists ? definition.Node.Index : current.Node.Index;
            var slot = slotOfDefinition[number] - 1;
            switch (definition.Kind)
            {
                case DefinitionKind.Start:
                    Emit(Opcode.Constant, node, slot, (int)LoweredConstantKind.Undefined);
                    break;
                case DefinitionKind.Merge:
                    foreach (var operand in definition.Operands)
                    {
                        Emit(Opcode.Copy, node, slot, SlotOfDefinition(operand));
                    }

                    break;
                default:
                    if (!isWritten[number])
                    {
                        // Where that stands was given up.
                        Emit(Opcode.Unknown, node, slot);
                    }

                    break;
            }
        }

        definitions = null;
    }

    // The one slot of a variable is what all its writings are, where anything asks for it.
    private void FillHomes()
    {
        for (var number = 0; number < definitions!.Count; number++)
        {
            if (!isWritten[number])
            {
                continue;
            }

            var definition = definitions.At(number);
            var symbol = definition.Symbol.Index;
            if (slotOfSymbol[symbol] == 0 && (current.Index == 0 || followed.IsSeenElsewhere(symbol)))
            {
                slotOfSymbol[symbol] = NewSlot() + 1;
            }

            if (slotOfSymbol[symbol] != 0 && slotOfSymbol[symbol] != slotOfDefinition[number])
            {
                Emit(Opcode.Copy, definition.Node.Index, slotOfSymbol[symbol] - 1, slotOfDefinition[number] - 1);
            }
        }
    }
}
