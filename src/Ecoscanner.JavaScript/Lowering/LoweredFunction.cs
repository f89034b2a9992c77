using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <summary>
/// A function, or the code of a program outside all functions, as instructions between slots. Slots are numbered through the whole module; a function has
/// those from <see cref="FirstSlot"/> on. Where a variable is written once, or is seen by several functions, it is one slot; where one function alone writes it
/// several times, each writing has a slot, and so has each place where several meet.
/// </summary>
internal sealed class LoweredFunction
{
    public required int Index { get; init; }

    /// <summary>The function; the program; of a class that sets fields, the class: then it is what sets them on <c>this</c>.</summary>
    public required Node Node { get; init; }

    /// <summary>The function around; null for the program.</summary>
    public required LoweredFunction? Parent { get; init; }

    public LoweredFunctionKinds Kinds { get; set; }

    public int FirstInstruction { get; set; }

    public int InstructionCount { get; set; }

    public int FirstSlot { get; set; }

    public int SlotCount { get; set; }

    /// <summary>The slots of its parameters, in their order, as they are handed over: before defaults, before they are taken apart.</summary>
    public int[] Parameters { get; set; } = [];

    /// <summary>The slot of the array of all that is handed over beyond, or -1.</summary>
    public int Rest { get; set; } = -1;

    /// <summary>The slot of <c>this</c>, or -1 for arrow functions, which see that of the function around.</summary>
    public int This { get; set; } = -1;

    /// <summary>The slot of <c>arguments</c>, or -1 where it is not asked for.</summary>
    public int Arguments { get; set; } = -1;

    /// <summary>The slot of what it returns, as <c>return</c> says: before it is put into a promise.</summary>
    public int Return { get; set; } = -1;

    /// <summary>The slot of what leaves it thrown.</summary>
    public int Thrown { get; set; } = -1;

    /// <summary>The slot of what it yields, or -1 where it is no generator.</summary>
    public int Yielded { get; set; } = -1;

    public bool Is(LoweredFunctionKinds kinds) => (Kinds & kinds) != 0;

    public override string ToString() => $"function {Index} of {Node}";
}
