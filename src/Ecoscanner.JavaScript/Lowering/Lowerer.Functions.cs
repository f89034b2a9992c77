using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Functions: what is handed to them, and what stands in them.</remarks>
internal sealed partial class Lowerer
{
    // The symbol of `arguments`, by the function that has it.
    private readonly Dictionary<int, int> argumentsOf = [];

    // By slot of a function around: the slot here that it was read into, and the function that "here" is.
    private int[] outerSlot = [];
    private int[] outerFunction = [];

    private void FindArguments()
    {
        for (var symbol = 1; symbol <= model.SymbolCount; symbol++)
        {
            ref readonly var known = ref model.Symbols.At(symbol);
            if ((known.Kinds & (SymbolKinds.Arguments | SymbolKinds.Parameter)) == SymbolKinds.Arguments)
            {
                argumentsOf[model.Scopes[known.Scope].Node] = symbol;
            }
        }
    }

    /// <summary>A function that is lowered when the one around is done.</summary>
    private int Enqueue(int node, LoweredFunctionKinds kinds, FunctionContext context)
    {
        if (Has(node, NodeFlags.Async) && IsFunction(KindOf(node)))
        {
            kinds |= LoweredFunctionKinds.Async;
        }

        if (Has(node, NodeFlags.Generator) && IsFunction(KindOf(node)))
        {
            kinds |= LoweredFunctionKinds.Generator;
        }

        functions.Add(
            new()
            {
                Index = functions.Count,
                Node = tree.NodeAt(node),
                Parent = functions.Count == 0 ? null : current,
                Kinds = kinds,
            }
        );
        contexts.Add(context);
        return functions.Count - 1;
    }

    private static bool IsFunction(NodeKind kind) => kind is NodeKind.FunctionDeclaration or NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression;

    /// <summary>The closure of a function.</summary>
    private int LowerClosure(int node, LoweredFunctionKinds kinds = LoweredFunctionKinds.None, int home = None, int baseSlot = None)
    {
        var isArrow = KindOf(node) == NodeKind.ArrowFunctionExpression;
        var inner = isArrow ? context : new(None, home, baseSlot);
        var function = Enqueue(node, isArrow ? kinds | LoweredFunctionKinds.Arrow : kinds, inner);
        var slot = EmitValue(Opcode.Function, node, function);
        // The name of a function expression is known in it only.
        var id = KindOf(node) == NodeKind.FunctionExpression ? lists[nodes[node].A] : 0;
        if (id != 0)
        {
            Write(id, slot);
        }

        return slot;
    }

    private void LowerFunctionDeclaration(int node)
    {
        var slot = LowerClosure(node);
        var id = lists[nodes[node].A];
        if (id == 0)
        {
            return;
        }

        Write(id, slot);
        // In a block of sloppy code it is a variable outside, too.
        var symbol = model.SymbolNumberOf(id);
        ref readonly var known = ref model.Symbols.At(symbol);
        if (symbol != 0 && (known.Marks & SymbolMarks.LexicalFunction) != 0)
        {
            var outside = model.Symbols.Find(model.Scopes[known.Scope].VarScope, known.Name);
            if (outside != 0 && outside != symbol && (model.Symbols.At(outside).Marks & SymbolMarks.Hoisted) != 0)
            {
                WriteSymbol(id, outside, slot);
            }
        }
    }

    private void LowerFunction(int index)
    {
        current = functions[index];
        context = contexts[index];
        current.FirstInstruction = codeCount;
        current.FirstSlot = slotCount;
        current.Return = NewSlot();
        current.Thrown = NewSlot();
        handler = current.Thrown;
        undefined = None;
        if (!current.Is(LoweredFunctionKinds.Arrow))
        {
            current.This = NewSlot();
            context = context with { This = current.This };
        }

        if (current.Is(LoweredFunctionKinds.Generator))
        {
            current.Yielded = NewSlot();
        }

        var node = current.Node.Index;
        if (current.Is(LoweredFunctionKinds.Program))
        {
            BeginDefinitions(node);
            LowerProgram(node);
            FinishDefinitions();
        }
        else if (current.Is(LoweredFunctionKinds.Fields))
        {
            LowerFields(node);
        }
        else
        {
            BeginDefinitions(node);
            LowerParameters(node);
            LowerBody(node);
            FinishDefinitions();
        }

        current.InstructionCount = codeCount - current.FirstInstruction;
        current.SlotCount = slotCount - current.FirstSlot;
    }

    private void LowerParameters(int node)
    {
        if (argumentsOf.Count > 0 && argumentsOf.TryGetValue(node, out var arguments))
        {
            current.Arguments = NewSlot();
            slotOfSymbol[arguments] = current.Arguments + 1;
        }

        var parameters = Items(lists[nodes[node].A + (KindOf(node) == NodeKind.ArrowFunctionExpression ? 1 : 2)]);
        var slots = new int[parameters.Length];
        var count = 0;
        foreach (var parameter in parameters)
        {
            if (parameter == 0 || tree.IsErasedAt(parameter))
            {
                continue;
            }

            if (KindOf(parameter) == NodeKind.RestElement)
            {
                current.Rest = NewSlot();
                Is(parameter, current.Rest);
            }
            else
            {
                slots[count++] = NewSlot();
            }
        }

        current.Parameters = count == slots.Length ? slots : slots.AsSpan(0, count).ToArray();
        count = 0;
        foreach (var parameter in parameters)
        {
            if (parameter == 0 || tree.IsErasedAt(parameter))
            {
                continue;
            }

            if (KindOf(parameter) == NodeKind.RestElement)
            {
                BindParameter(nodes[parameter].A, current.Rest);
            }
            else
            {
                BindParameter(parameter, current.Parameters[count++]);
            }
        }
    }

    private void BindParameter(int parameter, int slot)
    {
        // A plain parameter is its variable.
        if (KindOf(parameter) == NodeKind.Identifier && !hasDynamicCode && model.SymbolNumberOf(parameter) is > 0 and var symbol && slotOfSymbol[symbol] == 0)
        {
            if (WriteDefinition(parameter, symbol, slot))
            {
                Is(parameter, slot);
                return;
            }

            slotOfSymbol[symbol] = slot + 1;
            Is(parameter, slot);
            return;
        }

        Bind(parameter, slot);
    }

    private void LowerBody(int node)
    {
        var fields = nodes[node].A;
        var body = lists[fields + (KindOf(node) == NodeKind.ArrowFunctionExpression ? 3 : 4)];
        if (KindOf(body) == NodeKind.BlockStatement)
        {
            LowerStatements(nodes[body].A);
        }
        else if (body != 0)
        {
            Emit(Opcode.Return, body, None, Value(body));
        }
    }

    /// <summary>A slot of this function that is what one is, of this function or one around.</summary>
    private int Here(int slot, int node)
    {
        if (slot >= current.FirstSlot || slot < 0)
        {
            return slot < 0 ? UnknownStep(node) : slot;
        }

        if (slot >= outerSlot.Length)
        {
            Array.Resize(ref outerSlot, Math.Max(slotCount, Math.Max(outerSlot.Length * 2, 64)));
            Array.Resize(ref outerFunction, outerSlot.Length);
        }

        if (outerFunction[slot] != current.Index)
        {
            // The program, number 0, has nothing around.
            outerFunction[slot] = current.Index;
            outerSlot[slot] = EmitStep(Opcode.Outer, node, slot);
        }

        return outerSlot[slot];
    }

    /// <summary>Makes a slot, of this function or one around, what another of this function is.</summary>
    private void CopyTo(int target, int value, int node)
    {
        if (target >= current.FirstSlot)
        {
            Emit(Opcode.Copy, node, target, value);
        }
        else
        {
            Emit(Opcode.SetOuter, node, None, target, value);
        }
    }

    private int This(int node) => Here(context.This, node);
}
