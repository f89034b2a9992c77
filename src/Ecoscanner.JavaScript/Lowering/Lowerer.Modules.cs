using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>The program, what it imports and exports.</remarks>
internal sealed partial class Lowerer
{
    // The number of an import entry, by its specifier.
    private readonly Dictionary<int, int> importAt = [];
    private int moduleSlot = None;
    private int exportsSlot = None;
    private int exportsName;

    private void FindImports()
    {
        for (var index = 0; index < record.Imports.Length; index++)
        {
            if (
                record.Imports[index].Node is
                {
                    Kind: NodeKind.ImportSpecifier or NodeKind.ImportDefaultSpecifier or NodeKind.ImportNamespaceSpecifier or NodeKind.TSImportEqualsDeclaration
                } node
            )
            {
                importAt.TryAdd(node.Index, index);
            }
        }
    }

    private void LowerProgram(int node)
    {
        if (record.IsCommonJs)
        {
            exportsName = tree.Names.Find("exports");
            var exports = EmitStep(Opcode.Object, node, NewList(0));
            var members = NewList(1);
            var key = texts.Of("exports");
            numbers[members + 1] = key;
            moduleSlot = EmitStep(Opcode.Object, node, members);
            Emit(Opcode.Store, node, None, moduleSlot, ~key, exports);
            Emit(Opcode.Copy, node, current.This, exports);
            // A variable: exports = module.exports = a
            exportsSlot = exportsName == 0 ? exports : EmitStep(Opcode.Copy, node, exports);
        }
        else
        {
            Emit(Opcode.Constant, node, current.This, (int)LoweredConstantKind.Undefined);
        }

        if (!tree.IsErasedAt(node))
        {
            LowerStatements(nodes[node].A);
        }
    }

    private bool LowerModuleItem(int node)
    {
        ref readonly var item = ref nodes[node];
        switch (item.Kind)
        {
            case NodeKind.ImportDeclaration:
                foreach (var specifier in Items(item.A))
                {
                    if (!tree.IsErasedAt(specifier))
                    {
                        Import(specifier, KindOf(specifier) == NodeKind.ImportSpecifier ? nodes[specifier].B : nodes[specifier].A);
                    }
                }

                return true;
            case NodeKind.TSImportEqualsDeclaration:
                LowerImportEquals(node);
                return true;
            case NodeKind.ExportNamedDeclaration:
                LowerNamedExport(node);
                return true;
            case NodeKind.ExportDefaultDeclaration or NodeKind.TSExportAssignment:
                LowerWholeExport(node, item.A);
                return true;
            case NodeKind.ExportAllDeclaration:
                return true;
            default:
                return false;
        }
    }

    private void Import(int node, int local)
    {
        if (!importAt.TryGetValue(node, out var import))
        {
            Write(local, UnknownStep(node));
            return;
        }

        // Imports are never written: the name is what is imported.
        var slot = EmitValue(Opcode.Import, node, import);
        Write(local, slot);
    }

    private void LowerImportEquals(int node)
    {
        ref readonly var item = ref nodes[node];
        if (KindOf(item.B) != NodeKind.TSExternalModuleReference)
        {
            Write(item.A, Is(node, Value(item.B)));
            return;
        }

        Value(nodes[item.B].A);
        Import(node, item.A);
    }

    private void LowerNamedExport(int node)
    {
        var fields = nodes[node].A;
        if (lists[fields] != 0)
        {
            LowerStatement(lists[fields]);
            ExportFromNamespace(lists[fields]);
            return;
        }

        if (lists[fields + 2] == 0)
        {
            foreach (var specifier in Items(lists[fields + 1]))
            {
                // A type that is exported by its name has no value.
                var local = nodes[specifier].A;
                if (!tree.IsErasedAt(specifier) && KindOf(local) == NodeKind.Identifier && IsValue(local))
                {
                    Is(specifier, ReadName(local));
                }
            }
        }
    }

    private bool IsValue(int identifier)
    {
        var symbol = model.SymbolNumberOf(identifier);
        return symbol == 0 || (model.Symbols.At(symbol).Kinds & Binding.SymbolKinds.Values) != 0;
    }

    private void LowerWholeExport(int node, int value)
    {
        if (tree.IsErasedAt(value))
        {
            return;
        }

        if (KindOf(value) is NodeKind.FunctionDeclaration or NodeKind.ClassDeclaration or NodeKind.TSEnumDeclaration)
        {
            LowerStatement(value);
            slotOfNode[node] = slotOfNode[value];
        }
        else if (KindOf(value) != NodeKind.Identifier || IsValue(value))
        {
            Is(node, Value(value));
        }
    }
}
