using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <summary>A source as instructions. It does not change and may be read by several threads.</summary>
internal sealed class LoweredModule
{
    public required ModuleRecord Record { get; init; }

    public SyntaxTree Tree => Record.Tree;

    /// <summary>The program first; each before the functions in it.</summary>
    public required ImmutableArray<LoweredFunction> Functions { get; init; }

    public required ImmutableArray<LoweredClass> Classes { get; init; }

    /// <summary>The instructions of all functions, each function's in one piece and in the order of the source, which for most is the order of evaluation; what joins the writings of variables comes last.</summary>
    public required Instruction[] Instructions { get; init; }

    /// <summary>The lists that instructions name by their place: a count, then so many numbers.</summary>
    public required int[] Lists { get; init; }

    public required string[] Texts { get; init; }

    public required LoweredConstant[] Constants { get; init; }

    public required int SlotCount { get; init; }

    /// <summary>The slot of <c>module</c>, of which the program itself sets the member <c>exports</c>; -1 where no CommonJS is meant.</summary>
    public int ModuleSlot { get; init; } = -1;

    /// <summary>What was given up while lowering, each with its place.</summary>
    public ImmutableArray<LoweringGap> Gaps { get; init; } = [];

    // By the number of a node: the slot of its value plus one.
    internal required int[] SlotOfNode { get; init; }

    // By the number of a symbol: its slot plus one.
    internal required int[] SlotOfSymbol { get; init; }

    public static LoweredModule Of(ModuleRecord record) => Lowerer.Lower(record);

    /// <summary>The slot that holds the value of an expression, or -1.</summary>
    public int SlotOf(Node expression) => expression.Exists ? SlotOfNode[expression.Index] - 1 : -1;

    /// <summary>The slot that holds all that a variable may be, wherever it is written; -1 where nothing needs such a slot.</summary>
    public int SlotOf(Symbol symbol) => symbol.Exists ? SlotOfSymbol[symbol.Index] - 1 : -1;

    public ReadOnlySpan<Instruction> InstructionsOf(LoweredFunction function) => Instructions.AsSpan(function.FirstInstruction, function.InstructionCount);

    public ReadOnlySpan<int> ListAt(int place) => Lists.AsSpan(place + 1, Lists[place]);
}

/// <summary>Something that was given up while lowering.</summary>
/// <param name="Node">The place.</param>
/// <param name="Reason">A sentence without the place.</param>
internal sealed record LoweringGap(Node Node, string Reason);
