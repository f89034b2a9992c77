using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Objects and arrays as they are written.</remarks>
internal sealed partial class Lowerer
{
    /// <summary>Items of an array that have a key each; those beyond are any.</summary>
    private const int MaximumKeyedItems = 256;

    private int LowerObject(int node)
    {
        var properties = nodes[node].A;
        var slot = EmitValue(Opcode.Object, node, SureNames(properties));
        foreach (var item in Items(properties))
        {
            ref readonly var property = ref nodes[item];
            if (property.Kind == NodeKind.Property)
            {
                LowerProperty(item, slot);
            }
            else if (property.Kind == NodeKind.SpreadElement)
            {
                Emit(Opcode.Assign, item, None, slot, Value(item), NewList(0));
            }
            else
            {
                Value(item);
            }
        }

        receiver = None;
        return slot;
    }

    private void LowerProperty(int item, int owner)
    {
        ref readonly var property = ref nodes[item];
        var kind = (MethodKind)property.Detail;
        var key = Key(property.A, property.Flags);
        var isMethod = (property.Flags & NodeFlags.Method) != 0 || kind is MethodKind.Get or MethodKind.Set;
        var value =
            isMethod && KindOf(property.B) == NodeKind.FunctionExpression ? LowerClosure(property.B, LoweredFunctionKinds.Method, owner) : Value(property.B);
        Emit(Defining(kind), item, None, owner, key, value);
        Is(item, value);
    }

    private static Opcode Defining(MethodKind kind) =>
        kind switch
        {
            MethodKind.Get => Opcode.Getter,
            MethodKind.Set => Opcode.Setter,
            _ => Opcode.Store,
        };

    // What is only set is not had.
    private int SureNames(int properties)
    {
        var begin = operandCount;
        foreach (var item in Items(properties))
        {
            ref readonly var property = ref nodes[item];
            if (property.Kind == NodeKind.Property && (MethodKind)property.Detail != MethodKind.Set && NameOf(property.A, property.Flags) is >= 0 and var name)
            {
                var isPrototype =
                    KindOf(property.A) == NodeKind.Identifier
                    && nodes[property.A].A == WellKnownNames.Proto
                    && (property.Flags & (NodeFlags.Shorthand | NodeFlags.Method)) == 0;
                if (!isPrototype)
                {
                    PushOperand(name);
                }
            }
        }

        return TakeList(begin);
    }

    // The text of a key that is written as such; -1 of others.
    private int NameOf(int key, NodeFlags flags) =>
        KindOf(key) switch
        {
            _ when (flags & NodeFlags.Computed) != 0 => None,
            NodeKind.Identifier => texts.OfName(nodes[key].A),
            NodeKind.PrivateIdentifier => PrivateText(key),
            NodeKind.StringLiteral => texts.Of(tree.NodeAt(key).StringValue),
            NodeKind.NumericLiteral => texts.Of(NumberText.Of(tree.NodeAt(key).NumberValue)),
            _ => None,
        };

    private int LowerArray(int node)
    {
        var elements = Items(nodes[node].A);
        var slot = NewSlot();
        var at = codeCount;
        Emit(Opcode.Array, node, slot, elements.Length);
        Is(node, slot);
        var isSpread = false;
        var any = None;
        for (var index = 0; index < elements.Length; index++)
        {
            var element = elements[index];
            if (element == 0)
            {
                continue;
            }

            var value = Value(element);
            if (KindOf(element) == NodeKind.SpreadElement)
            {
                Emit(Opcode.Spread, element, None, slot, value, 0);
                isSpread = true;
                continue;
            }

            var isKeyed = !isSpread && index < MaximumKeyedItems;
            any = isKeyed || any != None ? any : UnknownStep(node);
            Emit(Opcode.Store, element, None, slot, isKeyed ? ~texts.OfIndex(index) : any, value);
        }

        if (isSpread)
        {
            code[at] = code[at] with { A = None };
        }

        receiver = None;
        return slot;
    }
}
