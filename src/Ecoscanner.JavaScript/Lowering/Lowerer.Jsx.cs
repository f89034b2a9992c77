using System.Text;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>JSX: an element of a component with an object of properties, of which <c>children</c> is one.</remarks>
internal sealed partial class Lowerer
{
    private int LowerJsx(int node)
    {
        ref readonly var element = ref nodes[node];
        var component = ~texts.Of("");
        var attributes = 0;
        if (element.Kind == NodeKind.JSXElement)
        {
            ref readonly var opening = ref nodes[element.A];
            component = LowerJsxName(opening.A);
            attributes = opening.C;
        }

        var at = codeCount;
        var properties = EmitStep(Opcode.Object, node, EmptyList);
        foreach (var item in Items(attributes))
        {
            LowerAttribute(item, properties);
        }

        var hasChildren = LowerChildren(node, properties);
        code[at] = code[at] with { A = AttributeNames(attributes, hasChildren) };
        receiver = None;
        return EmitValue(Opcode.Element, node, component, properties);
    }

    private int AttributeNames(int attributes, bool hasChildren)
    {
        var begin = operandCount;
        foreach (var item in Items(attributes))
        {
            if (KindOf(item) == NodeKind.JSXAttribute)
            {
                PushOperand(JsxKey(nodes[item].A));
            }
        }

        if (hasChildren)
        {
            PushOperand(texts.Of("children"));
        }

        return TakeList(begin);
    }

    // A slot, or the complement of the text of an element of the platform.
    private int LowerJsxName(int name)
    {
        if (KindOf(name) == NodeKind.JSXNamespacedName)
        {
            return ~JsxKey(name);
        }

        var begin = operandCount;
        while (KindOf(name) == NodeKind.JSXMemberExpression)
        {
            PushOperand(name);
            name = nodes[name].A;
        }

        if (KindOf(name) != NodeKind.JSXIdentifier)
        {
            operandCount = begin;
            return UnknownStep(name == 0 ? current.Node.Index : name);
        }

        var text = tree.Names.Text(nodes[name].A);
        if (operandCount == begin && (text.Length == 0 || char.IsAsciiLetterLower(text[0]) || text.Contains('-', StringComparison.Ordinal)) && text != "this")
        {
            return ~texts.OfName(nodes[name].A);
        }

        var slot = text == "this" ? Is(name, This(name)) : ReadName(name);
        while (operandCount > begin)
        {
            name = operands[--operandCount];
            slot = EmitValue(Opcode.Load, name, slot, ~texts.OfName(nodes[nodes[name].B].A), handler);
        }

        return slot;
    }

    private int JsxKey(int name) =>
        KindOf(name) switch
        {
            NodeKind.JSXIdentifier => texts.OfName(nodes[name].A),
            NodeKind.JSXNamespacedName => texts.Of($"{tree.Names.Text(nodes[nodes[name].A].A)}:{tree.Names.Text(nodes[nodes[name].B].A)}"),
            _ => texts.Of(""),
        };

    private void LowerAttribute(int item, int properties)
    {
        ref readonly var attribute = ref nodes[item];
        if (attribute.Kind == NodeKind.JSXSpreadAttribute)
        {
            Emit(Opcode.Assign, item, None, properties, Is(item, Value(attribute.A)), NewList(0));
            return;
        }

        if (attribute.Kind != NodeKind.JSXAttribute)
        {
            return;
        }

        // <a b/> is <a b={true}/>
        var value = attribute.B == 0 ? EmitStep(Opcode.Constant, item, (int)LoweredConstantKind.True) : JsxValue(attribute.B);
        Emit(Opcode.Store, item, None, properties, ~JsxKey(attribute.A), value == None ? Undefined(item) : value);
        slotOfNode[item] = value + 1;
    }

    // -1 where there is nothing: {/* */}
    private int JsxValue(int node)
    {
        ref readonly var value = ref nodes[node];
        switch (value.Kind)
        {
            case NodeKind.JSXExpressionContainer:
                return KindOf(value.A) is NodeKind.JSXEmptyExpression or NodeKind.None ? None : Is(node, Value(value.A));
            case NodeKind.JSXSpreadChild:
                return Is(node, Value(value.A));
            case NodeKind.JSXText:
                return JsxText(tree.NodeAt(node).StringValue) is { Length: > 0 } text ? EmitValue(Opcode.Constant, node, constants.Of(text)) : None;
            case NodeKind.JSXEmptyExpression:
                return None;
            default:
                return Value(node);
        }
    }

    private bool LowerChildren(int node, int properties)
    {
        var begin = operandCount;
        foreach (var child in Items(nodes[node].B))
        {
            if (child != 0 && JsxValue(child) is >= 0 and var value)
            {
                PushOperand(child);
                PushOperand(value);
            }
        }

        var count = (operandCount - begin) / 2;
        if (count == 0)
        {
            return false;
        }

        var children = operands[operandCount - 1];
        if (count > 1 || KindOf(operands[begin]) == NodeKind.JSXSpreadChild)
        {
            children = LowerChildList(node, begin, count);
        }

        operandCount = begin;
        Emit(Opcode.Store, node, None, properties, ~texts.Of("children"), children);
        return true;
    }

    private int LowerChildList(int node, int begin, int count)
    {
        var isSpread = false;
        for (var index = 0; index < count; index++)
        {
            isSpread |= KindOf(operands[begin + (index * 2)]) == NodeKind.JSXSpreadChild;
        }

        var list = EmitStep(Opcode.Array, node, isSpread ? None : count);
        var any = isSpread || count > MaximumKeyedItems ? UnknownStep(node) : None;
        for (var index = 0; index < count; index++)
        {
            var (child, value) = (operands[begin + (index * 2)], operands[begin + (index * 2) + 1]);
            if (KindOf(child) == NodeKind.JSXSpreadChild)
            {
                Emit(Opcode.Spread, child, None, list, value, 0);
            }
            else
            {
                var key = isSpread || index >= MaximumKeyedItems ? any : ~texts.OfIndex(index);
                Emit(Opcode.Store, child, None, list, key, value);
            }
        }

        return list;
    }

    // Lines are trimmed where they break, and joined by spaces; what is only a break is nothing.
    private static string JsxText(string text)
    {
        if (text.AsSpan().IndexOfAny('\n', '\r') < 0)
        {
            return text;
        }

        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var result = new StringBuilder();
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].AsSpan();
            line = index > 0 ? line.TrimStart(" \t") : line;
            line = index < lines.Length - 1 ? line.TrimEnd(" \t") : line;
            if (!line.IsEmpty)
            {
                result.Append(result.Length > 0 ? " " : "").Append(line);
            }
        }

        return result.ToString();
    }
}
