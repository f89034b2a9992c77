namespace Ecoscanner.JavaScript.Lowering;

/// <summary>
/// Finds the functions that are worth a look for each place that calls them: small ones that call what is handed to them, that hand out
/// closures which see what was handed over or what they keep, or that only pass something on.
/// </summary>
internal static class HigherOrder
{
    // A copy for each call costs this much each time.
    private const int MostInstructions = 200;
    private const int MostInnerFunctions = 8;

    // Helpers that are about as large as a call of them: what they return, make or keep is told apart by who calls.
    private const int MostInstructionsOfLeaf = 16;

    public static void Mark(List<LoweredFunction> functions, ReadOnlySpan<Instruction> code, int slotCount)
    {
        var given = new bool[slotCount];
        var innerCounts = new int[functions.Count];
        var isSeen = new bool[functions.Count];
        var callsGiven = new bool[functions.Count];
        var returns = new bool[functions.Count];
        // Functions come before those in them, so what an inner one sees is known.
        foreach (var function in functions)
        {
            foreach (var parameter in function.Parameters)
            {
                given[parameter] = true;
            }

            if (function.Rest >= 0)
            {
                given[function.Rest] = true;
            }

            foreach (ref readonly var instruction in code.Slice(function.FirstInstruction, function.InstructionCount))
            {
                switch (instruction.Opcode)
                {
                    case Opcode.Copy or Opcode.Load or Opcode.Iterate or Opcode.Await:
                        given[instruction.T] |= given[instruction.A];
                        break;
                    case Opcode.Outer when given[instruction.A]:
                        given[instruction.T] = true;
                        MarkOwner(function.Parent, instruction.A, isSeen);
                        break;
                    case Opcode.Call or Opcode.New:
                        callsGiven[function.Index] |= given[instruction.A];
                        break;
                    case Opcode.Element when instruction.A >= 0:
                        callsGiven[function.Index] |= given[instruction.A];
                        break;
                    case Opcode.Return:
                        returns[function.Index] = true;
                        break;
                    default:
                        break;
                }
            }
        }

        for (var index = functions.Count - 1; index > 0; index--)
        {
            var function = functions[index];
            var inner = innerCounts[index];
            var isSmall = function.InstructionCount <= MostInstructions && inner <= MostInnerFunctions;
            var isLeaf = inner == 0 && function.InstructionCount <= MostInstructionsOfLeaf;
            if (isSmall && (callsGiven[index] || isSeen[index] || isLeaf || (inner > 0 && returns[index])))
            {
                function.Kinds |= LoweredFunctionKinds.HigherOrder;
            }

            if (function.Parent is { } parent)
            {
                innerCounts[parent.Index] += inner + 1;
            }
        }
    }

    // The function whose slot a closure sees.
    private static void MarkOwner(LoweredFunction? function, int slot, bool[] isSeen)
    {
        while (function is not null && slot < function.FirstSlot)
        {
            function = function.Parent;
        }

        if (function is not null)
        {
            isSeen[function.Index] = true;
        }
    }
}
