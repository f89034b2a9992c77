using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Calls, and templates, which may be calls.</remarks>
internal sealed partial class Lowerer
{
    private int LowerCall(int node, int callee)
    {
        ref readonly var call = ref nodes[node];
        var self = receiver;
        var arguments = Arguments(call.C);
        receiver = None;
        if (record.HasRequests && record.RequestAt(tree.NodeAt(node)) is { } request)
        {
            return EmitValue(Opcode.Request, node, request.Index);
        }

        if (IsDirectEval(call.A, call.Flags))
        {
            var source = numbers[arguments] > 1 ? numbers[arguments + 2] : None;
            return EmitValue(Opcode.Eval, node, source < None ? ~source : source);
        }

        return EmitValue(Opcode.Call, node, callee, self, arguments);
    }

    private bool IsDirectEval(int callee, NodeFlags flags) =>
        KindOf(callee) == NodeKind.Identifier
        && nodes[callee].A == WellKnownNames.Eval
        && (flags & NodeFlags.Optional) == 0
        && model.SymbolNumberOf(callee) == 0;

    /// <summary>The list of what is handed over, the handler first.</summary>
    private int Arguments(int list)
    {
        var begin = operandCount;
        PushOperand(handler);
        foreach (var argument in Items(list))
        {
            if (argument != 0)
            {
                PushArgument(argument);
            }
        }

        return TakeList(begin);
    }

    private void PushArgument(int argument)
    {
        var slot = Value(argument);
        PushOperand(KindOf(argument) == NodeKind.SpreadElement ? ~slot : slot);
    }

    private int LowerSuperMember(int node)
    {
        ref readonly var member = ref nodes[node];
        var key = Key(member.B, member.Flags);
        var slot = EmitValue(Opcode.SuperLoad, node, Here(context.Home, node), key);
        receiver = This(node);
        return slot;
    }

    private int LowerSuperCall(int node)
    {
        var arguments = Arguments(nodes[node].C);
        receiver = None;
        var slot = EmitValue(Opcode.SuperCall, node, Here(context.Base, node), This(node), arguments);
        if (context.This >= 0)
        {
            CopyTo(context.This, slot, node);
        }

        return slot;
    }

    private int LowerTemplate(int node)
    {
        ref readonly var template = ref nodes[node];
        var begin = operandCount;
        var quasis = Items(template.A);
        var expressions = Items(template.B);
        for (var index = 0; index < Math.Max(quasis.Length, expressions.Length); index++)
        {
            if (index < quasis.Length && tree.NodeAt(quasis[index]).CookedValue is { Length: > 0 } text)
            {
                PushOperand(~texts.Of(text));
            }

            if (index < expressions.Length)
            {
                PushOperand(Value(expressions[index]));
            }
        }

        var parts = TakeList(begin);
        receiver = None;
        return EmitValue(Opcode.Template, node, None, None, parts);
    }

    private int LowerTagged(int node, int tag)
    {
        var self = receiver;
        var quasi = nodes[node].C;
        if (KindOf(quasi) != NodeKind.TemplateLiteral)
        {
            return GiveUp(node, "It is no valid code.");
        }

        LowerTemplate(quasi);
        var quasis = Items(nodes[quasi].A);
        var cooked = EmitStep(Opcode.Array, node, quasis.Length);
        var raw = EmitStep(Opcode.Array, node, quasis.Length);
        for (var index = 0; index < quasis.Length; index++)
        {
            var part = tree.NodeAt(quasis[index]);
            var key = ~texts.OfIndex(index);
            var text = part.CookedValue is { } value ? constants.Of(value) : (int)LoweredConstantKind.Undefined;
            Emit(Opcode.Store, node, None, cooked, key, EmitStep(Opcode.Constant, node, text));
            Emit(Opcode.Store, node, None, raw, key, EmitStep(Opcode.Constant, node, constants.Of(part.RawValue)));
        }

        Emit(Opcode.Store, node, None, cooked, ~texts.Of("raw"), raw);
        var begin = operandCount;
        PushOperand(handler);
        PushOperand(cooked);
        foreach (var expression in Items(nodes[quasi].B))
        {
            PushOperand(slotOfNode[expression] - 1);
        }

        var arguments = TakeList(begin);
        receiver = None;
        return EmitValue(Opcode.Call, node, tag, self, arguments);
    }
}
