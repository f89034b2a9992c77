using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>TypeScript: enumerations, namespaces, parameter properties.</remarks>
internal sealed partial class Lowerer
{
    // The object of the namespace around, or -1.
    private int namespaceSlot = None;

    private bool LowerTypeScript(int node)
    {
        switch (KindOf(node))
        {
            case NodeKind.TSEnumDeclaration:
                LowerEnum(node);
                return true;
            case NodeKind.TSModuleDeclaration:
                LowerNamespace(node);
                return true;
            default:
                return KindOf(node) is NodeKind.TSNamespaceExportDeclaration;
        }
    }

    // enum A { b = 1 } is { b: 1, 1: "b" }.
    private void LowerEnum(int node)
    {
        ref readonly var declaration = ref nodes[node];
        var members = Items(nodes[declaration.B].A);
        var begin = operandCount;
        foreach (var member in members)
        {
            if (EnumName(member) is >= 0 and var name)
            {
                PushOperand(name);
            }
        }

        var slot = EmitValue(Opcode.Object, node, TakeList(begin));
        Write(declaration.A, slot);
        Is(node, slot);
        double? next = 0;
        foreach (var member in members)
        {
            next = LowerEnumMember(member, slot, next);
        }
    }

    private int EnumName(int member) => NameOf(nodes[member].A, NodeFlags.None);

    private double? LowerEnumMember(int member, int owner, double? next)
    {
        ref readonly var node = ref nodes[member];
        var initializer = node.B;
        var value =
            initializer != 0 ? Value(initializer)
            : next is { } number ? EmitStep(Opcode.Constant, member, constants.Of(number))
            : UnknownStep(member);
        Is(member, value);
        if (EnumName(member) is not (>= 0 and var name))
        {
            return null;
        }

        Emit(Opcode.Store, member, None, owner, ~name, value);
        if (model.SymbolNumberOf(node.A) is > 0 and var symbol)
        {
            WriteSymbol(node.A, symbol, value);
        }

        Is(node.A, value);
        if (initializer == 0 || KindOf(initializer) is not (NodeKind.StringLiteral or NodeKind.TemplateLiteral))
        {
            Emit(Opcode.Store, member, None, owner, value, EmitStep(Opcode.Constant, member, constants.Of(texts[name])));
        }

        return initializer == 0 ? next + 1 : NumberOf(initializer) + 1;
    }

    private double? NumberOf(int node) =>
        KindOf(node) switch
        {
            NodeKind.NumericLiteral => tree.NodeAt(node).NumberValue,
            NodeKind.UnaryExpression when nodes[node].Detail == (byte)TokenKind.Minus && KindOf(nodes[node].A) == NodeKind.NumericLiteral => -tree.NodeAt(
                nodes[node].A
            ).NumberValue,
            _ => null,
        };

    private void LowerNamespace(int node)
    {
        ref readonly var declaration = ref nodes[node];
        var around = namespaceSlot;
        if (KindOf(declaration.A) is NodeKind.Identifier or NodeKind.TSQualifiedName && (ModuleWord)declaration.Detail != ModuleWord.Global)
        {
            // namespace A.B {} is two, one in the other.
            var begin = operandCount;
            var name = declaration.A;
            for (; KindOf(name) == NodeKind.TSQualifiedName; name = nodes[name].A)
            {
                PushOperand(nodes[name].B);
            }

            PushOperand(name);
            var isFirst = true;
            while (operandCount > begin)
            {
                name = operands[--operandCount];
                var slot = EmitStep(Opcode.Object, node, NewList(0));
                Write(name, slot);
                if (!isFirst)
                {
                    Emit(Opcode.Store, node, None, namespaceSlot, ~texts.OfName(nodes[name].A), slot);
                }

                isFirst = false;
                namespaceSlot = slot;
            }

            Is(node, namespaceSlot);
        }

        LowerStatement(declaration.B);
        namespaceSlot = around;
    }

    /// <summary>What a namespace exports are members of it.</summary>
    private void ExportFromNamespace(int declaration)
    {
        if (namespaceSlot == None || namespaceSlot < current.FirstSlot)
        {
            return;
        }

        ref readonly var node = ref nodes[declaration];
        switch (node.Kind)
        {
            case NodeKind.VariableDeclaration:
                foreach (var declarator in Items(node.A))
                {
                    ExportPattern(nodes[declarator].A);
                }

                break;
            case NodeKind.FunctionDeclaration:
                ExportName(lists[node.A]);
                break;
            case NodeKind.ClassDeclaration:
                ExportName(lists[node.A + 1]);
                break;
            case NodeKind.TSEnumDeclaration or NodeKind.TSImportEqualsDeclaration:
                ExportName(node.A);
                break;
            case NodeKind.TSModuleDeclaration:
                var name = node.A;
                while (KindOf(name) == NodeKind.TSQualifiedName)
                {
                    name = nodes[name].A;
                }

                ExportName(name);
                break;
            default:
                break;
        }
    }

    private void ExportPattern(int pattern)
    {
        var begin = operandCount;
        PushOperand(pattern);
        while (operandCount > begin)
        {
            ref readonly var node = ref nodes[operands[--operandCount]];
            switch (node.Kind)
            {
                case NodeKind.Identifier:
                    ExportName(operands[operandCount]);
                    break;
                case NodeKind.ObjectPattern or NodeKind.ArrayPattern:
                    foreach (var item in Items(node.A))
                    {
                        PushOperand(item);
                    }

                    break;
                case NodeKind.Property:
                    PushOperand(node.B);
                    break;
                case NodeKind.AssignmentPattern or NodeKind.RestElement:
                    PushOperand(node.A);
                    break;
                default:
                    break;
            }
        }
    }

    private void ExportName(int identifier)
    {
        var symbol = KindOf(identifier) == NodeKind.Identifier ? model.SymbolNumberOf(identifier) : 0;
        if (symbol != 0 && slotOfSymbol[symbol] > 0)
        {
            Emit(Opcode.Store, identifier, None, namespaceSlot, ~texts.OfName(nodes[identifier].A), Here(slotOfSymbol[symbol] - 1, identifier));
        }
    }

    // constructor(private a) { } sets this.a.
    private void BindParameterProperty(int parameter, int value)
    {
        Bind(parameter, value);
        var name = KindOf(parameter) == NodeKind.AssignmentPattern ? nodes[parameter].A : parameter;
        if (KindOf(name) == NodeKind.Identifier && slotOfNode[name] > 0)
        {
            Emit(Opcode.Store, parameter, None, This(parameter), ~texts.OfName(nodes[name].A), slotOfNode[name] - 1);
        }
    }
}
