using System.Buffers;
using System.Runtime.CompilerServices;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <summary>
/// Makes instructions of a source, function by function: those within one wait in a queue until it is done, so that the instructions and
/// the slots of each stand in a row, and whatever a function sees of those around it is there already.
/// </summary>
internal sealed partial class Lowerer
{
    private const int None = -1;
    private const int EmptyList = 0;

    private readonly ModuleRecord record;
    private readonly SemanticModel model;
    private readonly SyntaxTree tree;
    private readonly NodeRecord[] nodes;
    private readonly int[] lists;
    private readonly List<LoweredFunction> functions = [];
    private readonly List<FunctionContext> contexts = [];
    private readonly List<LoweredClass> classes = [];
    private readonly List<LoweringGap> gaps = [];
    private readonly LoweredTexts texts;
    private readonly LoweredConstants constants = new();
    private readonly bool hasDynamicCode;
    private readonly int[] slotOfNode;
    private readonly int[] slotOfSymbol;
    private Instruction[] code;
    private int codeCount;
    private int[] numbers = new int[256];
    private int numberCount = EmptyList + 1;
    private int slotCount;

    // The function that is being lowered, and what `this`, `super` and what is thrown are where the walk is.
    private LoweredFunction current = null!;
    private FunctionContext context;
    private int handler;
    private int undefined;

    // Operands of the nodes that the walk is in.
    private int[] operands = new int[256];
    private int operandCount;

    private Lowerer(ModuleRecord record)
    {
        this.record = record;
        model = record.Model;
        tree = record.Tree;
        nodes = tree.Nodes;
        lists = tree.Lists;
        texts = new(tree.Names);
        hasDynamicCode = model.HasDynamicCode(model.Root.Index);
        followed = new(model);
        slotOfNode = new int[tree.NodeCount + 1];
        slotOfSymbol = new int[model.SymbolCount + 1];
        code = ArrayPool<Instruction>.Shared.Rent(Math.Max(64, tree.NodeCount / 2));
    }

    public static LoweredModule Lower(ModuleRecord record)
    {
        var lowerer = new Lowerer(record);
        lowerer.Run();
        var module = lowerer.Finish();
        ArrayPool<Instruction>.Shared.Return(lowerer.code);
        return module;
    }

    private void Run()
    {
        FindArguments();
        FindImports();
        Enqueue(tree.NodeCount, LoweredFunctionKinds.Program, new(None, None, None));
        for (var next = 0; next < functions.Count; next++)
        {
            LowerFunction(next);
        }

        HigherOrder.Mark(functions, code, slotCount);
    }

    private LoweredModule Finish() =>
        new()
        {
            Record = record,
            Functions = [.. functions],
            Classes = [.. classes],
            Instructions = code.AsSpan(0, codeCount).ToArray(),
            Lists = numbers.AsSpan(0, numberCount).ToArray(),
            Texts = texts.ToArray(),
            Constants = constants.ToArray(),
            SlotCount = slotCount,
            ModuleSlot = moduleSlot,
            Gaps = [.. gaps],
            SlotOfNode = slotOfNode,
            SlotOfSymbol = slotOfSymbol,
        };

    private int NewSlot() => slotCount++;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Emit(Opcode opcode, int node, int target, int a = None, int b = None, int c = None)
    {
        if (codeCount == code.Length)
        {
            Grow();
        }

        code[codeCount++] = new(opcode, node, target, a, b, c);
    }

    private void Grow()
    {
        var larger = ArrayPool<Instruction>.Shared.Rent(codeCount * 2);
        code.AsSpan(0, codeCount).CopyTo(larger);
        ArrayPool<Instruction>.Shared.Return(code);
        code = larger;
    }

    /// <summary>An instruction with a new slot, which is the value of the node.</summary>
    private int EmitValue(Opcode opcode, int node, int a = None, int b = None, int c = None)
    {
        var slot = NewSlot();
        Emit(opcode, node, slot, a, b, c);
        slotOfNode[node] = slot + 1;
        return slot;
    }

    /// <summary>An instruction with a new slot, which is a step on the way.</summary>
    private int EmitStep(Opcode opcode, int node, int a = None, int b = None, int c = None)
    {
        var slot = NewSlot();
        Emit(opcode, node, slot, a, b, c);
        return slot;
    }

    private int Is(int node, int slot)
    {
        slotOfNode[node] = slot + 1;
        return slot;
    }

    private int Undefined(int node) => undefined != None ? undefined : undefined = EmitStep(Opcode.Constant, node, (int)LoweredConstantKind.Undefined);

    private int UnknownStep(int node) => EmitStep(Opcode.Unknown, node);

    private int GiveUp(int node, string reason)
    {
        gaps.Add(new(tree.NodeAt(node), reason));
        return EmitValue(Opcode.Unknown, node);
    }

    private ReadOnlySpan<int> Items(int place) => lists.AsSpan(place + 1, lists[place]);

    private NodeKind KindOf(int node) => nodes[node].Kind;

    private bool Has(int node, NodeFlags flags) => (nodes[node].Flags & flags) != 0;

    private void PushOperand(int operand)
    {
        if (operandCount == operands.Length)
        {
            Array.Resize(ref operands, operandCount * 2);
        }

        operands[operandCount++] = operand;
    }

    /// <summary>Makes a list of the operands since then, and takes them back.</summary>
    private int TakeList(int begin)
    {
        var count = operandCount - begin;
        var place = NewList(count);
        operands.AsSpan(begin, count).CopyTo(numbers.AsSpan(place + 1));
        operandCount = begin;
        return place;
    }

    private int NewList(int count)
    {
        if (count == 0)
        {
            return EmptyList;
        }

        if (numberCount + count + 1 > numbers.Length)
        {
            Array.Resize(ref numbers, Math.Max(numbers.Length * 2, numberCount + count + 1));
        }

        var place = numberCount;
        numbers[place] = count;
        numberCount += count + 1;
        return place;
    }
}
