using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <remarks>Imports and exports.</remarks>
internal sealed partial class Binder
{
    private readonly List<Export> _exports = [];

    private bool VisitModuleItem(int index, in NodeRecord node)
    {
        switch (node.Kind)
        {
            case NodeKind.ImportDeclaration:
                foreach (var specifier in ItemsOf(node.A))
                {
                    ref readonly var item = ref _nodes[specifier];
                    Declare(item.Kind == NodeKind.ImportSpecifier ? item.B : item.A, SymbolKinds.Import, _scope);
                }

                return true;
            case NodeKind.ExportNamedDeclaration:
                VisitNamedExport(index);
                return true;
            case NodeKind.ExportDefaultDeclaration:
                VisitDefaultExport(index);
                return true;
            case NodeKind.ExportAllDeclaration:
                _exports.Add(new(node.A, 0, index));
                return true;
            default:
                return false;
        }
    }

    private void VisitNamedExport(int index)
    {
        var fields = _nodes[index].A;
        if (_lists[fields] != 0)
        {
            Push(Step.Exports, index);
            Push(Step.Visit, _lists[fields]);
        }

        var isLocal = _lists[fields + 2] == 0;
        foreach (var specifier in ItemsOf(_lists[fields + 1]))
        {
            var (local, exported) = (_nodes[specifier].A, _nodes[specifier].B);
            if (isLocal && KindOf(local) == NodeKind.Identifier)
            {
                Refer(local, ReferenceFlags.Read | ReferenceFlags.Export);
                AddExport(new(exported, local, specifier));
            }
            else
            {
                AddExport(new(exported, 0, specifier));
            }
        }
    }

    private void VisitDefaultExport(int index)
    {
        var value = _nodes[index].A;
        switch (KindOf(value))
        {
            case NodeKind.Identifier:
                Refer(value, ReferenceFlags.Read | ReferenceFlags.Export);
                AddExport(new(0, value, index));
                break;
            case NodeKind.FunctionDeclaration or NodeKind.TSDeclareFunction:
                AddExport(new(0, _lists[_nodes[value].A], index));
                Push(Step.Visit, value);
                break;
            case NodeKind.ClassDeclaration:
                AddExport(new(0, _lists[_nodes[value].A + 1], index));
                Push(Step.Visit, value);
                break;
            case NodeKind.TSInterfaceDeclaration:
                AddExport(new(0, _lists[_nodes[value].A], index));
                Push(Step.Visit, value);
                break;
            default:
                AddExport(new(0, 0, index));
                PushVisit(value);
                break;
        }
    }

    // Of namespaces, what they export is a matter of their symbols only.
    private void AddExport(Export export)
    {
        if (_scopes[_scope].Parent == 0)
        {
            _exports.Add(export);
        }
    }

    /// <summary>Each name that the exported declaration declares is exported.</summary>
    private void ExportDeclared(int index)
    {
        var declaration = _lists[_nodes[index].A];
        ref readonly var node = ref _nodes[declaration];
        switch (node.Kind)
        {
            case NodeKind.VariableDeclaration:
                var begin = _workCount;
                foreach (var declarator in ItemsOf(node.A))
                {
                    Push(Step.Bind, _nodes[declarator].A);
                }

                ExportPatterns(begin, declaration);
                break;
            case NodeKind.FunctionDeclaration or NodeKind.TSDeclareFunction or NodeKind.TSInterfaceDeclaration:
                ExportName(_lists[node.A], declaration);
                break;
            case NodeKind.ClassDeclaration:
                ExportName(_lists[node.A + 1], declaration);
                break;
            case NodeKind.TSTypeAliasDeclaration or NodeKind.TSEnumDeclaration or NodeKind.TSModuleDeclaration or NodeKind.TSImportEqualsDeclaration:
                ExportName(LeftmostOf(node.A), declaration);
                break;
            default:
                break;
        }
    }

    // The names in the patterns that stand on the stack of work since it was that high.
    private void ExportPatterns(int begin, int declaration)
    {
        while (_workCount > begin)
        {
            var index = (int)_work[--_workCount];
            ref readonly var node = ref _nodes[index];
            switch (node.Kind)
            {
                case NodeKind.Identifier:
                    ExportName(index, declaration);
                    break;
                case NodeKind.ObjectPattern or NodeKind.ArrayPattern:
                    PushList(node.A, Step.Bind);
                    break;
                case NodeKind.Property:
                    Push(Step.Bind, node.B);
                    break;
                case NodeKind.AssignmentPattern or NodeKind.RestElement:
                    Push(Step.Bind, node.A);
                    break;
                default:
                    break;
            }
        }
    }

    private void ExportName(int identifier, int declaration)
    {
        var symbol = _symbolOf[identifier];
        if (symbol != 0)
        {
            _symbols.At(symbol).Marks |= SymbolMarks.Exported;
            AddExport(new(identifier, identifier, declaration));
        }
    }

    private int LeftmostOf(int name)
    {
        while (KindOf(name) is NodeKind.TSQualifiedName)
        {
            name = _nodes[name].A;
        }

        return name;
    }

    /// <summary>After names are resolved: what each export is, and which are wrong (ECMA-262 16.2.1.1).</summary>
    private ModuleExport[] FinishExports()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var exports = new ModuleExport[_exports.Count];
        for (var item = 0; item < exports.Length; item++)
        {
            var (exported, local, node) = _exports[item];
            var name = ExportedNameOf(exported, node);
            var symbol = _symbolOf[local];
            exports[item] = new(name, symbol, node);
            if (symbol != 0 && _scopes[_symbols.At(symbol).Scope].Parent == 0)
            {
                _symbols.At(symbol).Marks |= SymbolMarks.Exported;
            }

            if (_isTyped)
            {
                continue;
            }

            if (name != "*" && !names.Add(name))
            {
                var place = exported != 0 ? exported : node;
                _diagnostics.DuplicateExport(new(_nodes[place].Start, _nodes[place].End), name);
            }

            if (local != 0 && symbol == 0)
            {
                ref readonly var unknown = ref _nodes[local];
                if ((_flagsOf[local] & ReferenceFlags.Export) != 0 && KindOf(node) == NodeKind.ExportSpecifier)
                {
                    _diagnostics.UndeclaredExport(new(unknown.Start, unknown.End), _tree.Names.Text(unknown.A));
                }
            }
        }

        return exports;
    }

    private string ExportedNameOf(int exported, int node)
    {
        ref readonly var name = ref _nodes[exported];
        return name.Kind switch
        {
            NodeKind.Identifier => _tree.Names.Text(name.A),
            NodeKind.StringLiteral => LiteralValues.Unescape(_tree.Source.Content.AsSpan(name.Start + 1, Math.Max(0, name.End - name.Start - 2))),
            _ => KindOf(node) == NodeKind.ExportAllDeclaration ? "*" : "default",
        };
    }

    /// <summary>An export while the tree is walked, as nodes.</summary>
    /// <param name="Exported">The name under which; 0 where it is none.</param>
    /// <param name="Local">The identifier that is exported; 0 where it is none.</param>
    /// <param name="Node">The specifier or declaration.</param>
    private readonly record struct Export(int Exported, int Local, int Node);
}
