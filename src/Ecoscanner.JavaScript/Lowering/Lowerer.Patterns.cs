using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>What gets values: names, members, and patterns that take a value apart.</remarks>
internal sealed partial class Lowerer
{
    /// <summary>Gives a value to a target.</summary>
    private void Bind(int target, int value)
    {
        switch (KindOf(target))
        {
            case NodeKind.Identifier:
                Write(target, value);
                return;
            case NodeKind.None:
                return;
            default:
                break;
        }

        if (Enters())
        {
            BindHere(target, value);
        }
        else
        {
            Deeper(
                (lowerer, target) =>
                {
                    lowerer.BindHere(target, value);
                    return 0;
                },
                target
            );
        }

        depth--;
    }

    private void BindHere(int target, int value)
    {
        ref readonly var node = ref nodes[target];
        switch (node.Kind)
        {
            case NodeKind.MemberExpression:
                var (owner, key) = Place(target);
                Store(target, owner, key, value);
                break;
            case NodeKind.ObjectPattern:
                Is(target, value);
                BindProperties(target, value);
                break;
            case NodeKind.ArrayPattern:
                Is(target, value);
                BindElements(target, value);
                break;
            case NodeKind.AssignmentPattern:
                var joined = NewSlot();
                Emit(Opcode.Copy, target, joined, value);
                Emit(Opcode.Copy, target, joined, Value(node.B));
                Is(target, joined);
                Bind(node.A, joined);
                break;
            case NodeKind.RestElement:
                // Where none may stand.
                Bind(node.A, value);
                break;
            case NodeKind.TSParameterProperty:
                BindParameterProperty(node.B, value);
                slotOfNode[target] = slotOfNode[node.B];
                break;
            case NodeKind.TSAsExpression or NodeKind.TSSatisfiesExpression or NodeKind.TSNonNullExpression or NodeKind.TSInstantiationExpression:
                Is(target, value);
                Bind(node.A, value);
                break;
            case NodeKind.TSTypeAssertion:
                Is(target, value);
                Bind(node.B, value);
                break;
            default:
                // What an error left: f() = a.
                Value(target);
                break;
        }
    }

    private void BindProperties(int pattern, int value)
    {
        var begin = operandCount;
        foreach (var item in Items(nodes[pattern].A))
        {
            ref readonly var property = ref nodes[item];
            if (property.Kind == NodeKind.Property)
            {
                var key = Key(property.A, property.Flags);
                PushOperand(key);
                var slot = EmitValue(Opcode.Load, item, value, key, handler);
                Bind(property.B, slot);
            }
            else if (property.Kind == NodeKind.RestElement)
            {
                var excluded = NewList(operandCount - begin);
                operands.AsSpan(begin, operandCount - begin).CopyTo(numbers.AsSpan(excluded + 1));
                var rest = EmitValue(Opcode.Object, item, NewList(0));
                Emit(Opcode.Assign, item, None, rest, value, excluded);
                Bind(property.A, rest);
            }
            else
            {
                Bind(item, value);
            }
        }

        operandCount = begin;
    }

    private void BindElements(int pattern, int value)
    {
        var index = 0;
        foreach (var item in Items(nodes[pattern].A))
        {
            if (KindOf(item) == NodeKind.RestElement)
            {
                var rest = EmitValue(Opcode.Array, item);
                Emit(Opcode.Spread, item, None, rest, value, index);
                Bind(nodes[item].A, rest);
            }
            else if (item != 0)
            {
                Bind(item, EmitStep(Opcode.Iterate, item, value, index));
            }

            index++;
        }
    }

    /// <summary>The object and the key of a member that is written, or read and written.</summary>
    private (int Owner, int Key) Place(int member)
    {
        ref readonly var node = ref nodes[member];
        var owner = KindOf(node.A) == NodeKind.Super ? This(member) : Value(node.A);
        return (owner, Key(node.B, node.Flags));
    }

    private void Store(int node, int owner, int key, int value)
    {
        Emit(Opcode.Store, node, None, owner, key, value);
        Is(node, value);
    }

    /// <summary>The key of a member: a slot, or the complement of a text.</summary>
    private int Key(int node, NodeFlags flags)
    {
        ref readonly var key = ref nodes[node];
        var isComputed = (flags & NodeFlags.Computed) != 0;
        switch (key.Kind)
        {
            case NodeKind.Identifier when !isComputed:
                return ~texts.OfName(key.A);
            case NodeKind.PrivateIdentifier:
                return ~PrivateText(node);
            case NodeKind.StringLiteral:
                var text = tree.NodeAt(node).StringValue;
                LowerLiteral(node);
                return ~texts.Of(text);
            case NodeKind.NumericLiteral:
                LowerLiteral(node);
                return ~texts.Of(NumberText.Of(tree.NodeAt(node).NumberValue));
            case NodeKind.BigIntLiteral when !isComputed:
                return ~texts.Of(tree.NodeAt(node).BigIntValue);
            case NodeKind.TemplateLiteral when isComputed && lists[key.B] == 0 && lists[key.A] == 1 && tree.NodeAt(lists[key.A + 1]).CookedValue is { } cooked:
                Value(node);
                return ~texts.Of(cooked);
            case NodeKind.None:
                return UnknownStep(node);
            default:
                return Value(node);
        }
    }
}
