using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Classes: the base, the methods, then what is static, which runs at once, with the class as <c>this</c>; fields of instances are a function.</remarks>
internal sealed partial class Lowerer
{
    private int LowerClass(int node)
    {
        var fields = nodes[node].A;
        var decorators = lists[fields];
        LowerDecorators(decorators);
        var baseSlot = lists[fields + 3] != 0 ? Value(lists[fields + 3]) : None;
        var body = nodes[lists[fields + 6]].A;
        var (slot, prototype) = (NewSlot(), NewSlot());
        var index = classes.Count;
        classes.Add(new(tree.NodeAt(node), None, None, MemberNames(body, isStatic: false), MemberNames(body, isStatic: true)));
        Emit(Opcode.Class, node, slot, index, baseSlot, prototype);
        Is(node, slot);
        var (constructor, hasFields) = LowerMembers(body, slot, prototype, baseSlot);
        var fieldsFunction = hasFields ? Enqueue(node, LoweredFunctionKinds.Fields, new(None, prototype, baseSlot)) : None;
        classes[index] = classes[index] with { Constructor = constructor, Fields = fieldsFunction };
        var value = Decorate(decorators, slot, node);
        Is(node, value);
        if (lists[fields + 1] != 0)
        {
            Write(lists[fields + 1], value);
        }

        LowerStatics(body, slot, baseSlot);
        receiver = None;
        return value;
    }

    private (int Constructor, bool HasFields) LowerMembers(int body, int slot, int prototype, int baseSlot)
    {
        var (constructor, hasFields) = (None, false);
        foreach (var item in Items(body))
        {
            if (item == 0 || tree.IsErasedAt(item))
            {
                continue;
            }

            ref readonly var member = ref nodes[item];
            var isStatic = (member.Flags & NodeFlags.Static) != 0;
            switch (member.Kind)
            {
                case NodeKind.MethodDefinition:
                    LowerDecorators(member.A);
                    if ((MethodKind)member.Detail == MethodKind.Constructor && !isStatic)
                    {
                        LowerParameterDecorators(member.C, slot);
                        if (KindOf(member.C) == NodeKind.FunctionExpression)
                        {
                            // The class is the closure.
                            constructor = Enqueue(member.C, LoweredFunctionKinds.Constructor, new(None, prototype, baseSlot));
                            Is(member.C, slot);
                        }
                    }
                    else
                    {
                        LowerMethod(item, isStatic ? slot : prototype, baseSlot);
                    }

                    break;
                case NodeKind.PropertyDefinition or NodeKind.AccessorProperty:
                    LowerDecorators(lists[member.A]);
                    FieldKey(item);
                    if (Items(lists[member.A]).Length > 0)
                    {
                        Decorate(lists[member.A], Undefined(item), item);
                    }

                    hasFields |= !isStatic;
                    break;
                default:
                    break;
            }
        }

        return (constructor, hasFields);
    }

    private void LowerMethod(int item, int owner, int baseSlot)
    {
        ref readonly var member = ref nodes[item];
        var key = Key(member.B, member.Flags);
        LowerParameterDecorators(member.C, owner);
        if (KindOf(member.C) != NodeKind.FunctionExpression)
        {
            return;
        }

        var closure = LowerClosure(member.C, LoweredFunctionKinds.Method, owner, baseSlot);
        var value = Decorate(member.A, closure, item);
        Emit(Defining((MethodKind)member.Detail), item, None, owner, key, value);
        Is(item, value);
    }

    // The key of a field is worked out when the class is made; the field, later.
    private void FieldKey(int item)
    {
        var key = lists[nodes[item].A + 1];
        if (Has(item, NodeFlags.Computed))
        {
            Is(key, Value(key));
        }
    }

    private int KeyOfField(int item)
    {
        var key = lists[nodes[item].A + 1];
        return Has(item, NodeFlags.Computed) ? Here(slotOfNode[key] - 1, item) : Key(key, nodes[item].Flags);
    }

    private void LowerFields(int node)
    {
        foreach (var item in Items(nodes[lists[nodes[node].A + 6]].A))
        {
            if (item != 0 && KindOf(item) is NodeKind.PropertyDefinition or NodeKind.AccessorProperty && !Has(item, NodeFlags.Static) && !tree.IsErasedAt(item))
            {
                LowerField(item, current.This);
            }
        }
    }

    private void LowerField(int item, int owner)
    {
        var value = lists[nodes[item].A + 3];
        var slot = value != 0 ? Value(value) : Undefined(item);
        Emit(Opcode.Store, item, None, owner, KeyOfField(item), slot);
        Is(item, slot);
    }

    private void LowerStatics(int body, int slot, int baseSlot)
    {
        var around = context;
        context = context with { This = slot, Home = slot, Base = baseSlot };
        foreach (var item in Items(body))
        {
            if (KindOf(item) == NodeKind.StaticBlock)
            {
                LowerStatements(nodes[item].A);
            }
            else if (KindOf(item) is NodeKind.PropertyDefinition or NodeKind.AccessorProperty && Has(item, NodeFlags.Static) && !tree.IsErasedAt(item))
            {
                LowerField(item, slot);
            }
        }

        context = around;
    }

    private int[] MemberNames(int body, bool isStatic)
    {
        var begin = operandCount;
        foreach (var item in Items(body))
        {
            if (item == 0 || tree.IsErasedAt(item) || Has(item, NodeFlags.Static) != isStatic)
            {
                continue;
            }

            ref readonly var member = ref nodes[item];
            var key = member.Kind switch
            {
                NodeKind.MethodDefinition when (MethodKind)member.Detail is MethodKind.Normal or MethodKind.Get => member.B,
                NodeKind.PropertyDefinition or NodeKind.AccessorProperty when isStatic => lists[member.A + 1],
                _ => 0,
            };
            if (key != 0 && NameOf(key, member.Flags) is >= 0 and var name)
            {
                PushOperand(name);
            }
        }

        var names = operands.AsSpan(begin, operandCount - begin).ToArray();
        operandCount = begin;
        return names;
    }

    private void LowerDecorators(int list)
    {
        foreach (var decorator in Items(list))
        {
            Value(nodes[decorator].A);
        }
    }

    /// <summary>Calls decorators that are lowered with a value; it may be what they give instead.</summary>
    private int Decorate(int list, int value, int node)
    {
        var decorators = Items(list);
        if (decorators.IsEmpty)
        {
            return value;
        }

        for (var index = decorators.Length - 1; index >= 0; index--)
        {
            var decorator = decorators[index];
            var begin = operandCount;
            PushOperand(handler);
            PushOperand(value);
            var result = EmitValue(Opcode.Call, decorator, slotOfNode[nodes[decorator].A] - 1, None, TakeList(begin));
            var joined = NewSlot();
            Emit(Opcode.Copy, decorator, joined, value);
            Emit(Opcode.Copy, decorator, joined, result);
            value = joined;
        }

        return value;
    }

    // TypeScript's older decorators stand at parameters, too, and run when the class is made.
    private void LowerParameterDecorators(int function, int owner)
    {
        if (KindOf(function) != NodeKind.FunctionExpression)
        {
            return;
        }

        foreach (var parameter in Items(lists[nodes[function].A + 2]))
        {
            ref readonly var node = ref nodes[parameter];
            var list = node.Kind switch
            {
                NodeKind.Identifier or NodeKind.ObjectPattern or NodeKind.ArrayPattern or NodeKind.RestElement or NodeKind.AssignmentPattern => node.C,
                NodeKind.TSParameterProperty => node.A,
                _ => 0,
            };
            if (lists[list] > 0)
            {
                LowerDecorators(list);
                Decorate(list, owner, parameter);
            }
        }
    }
}
