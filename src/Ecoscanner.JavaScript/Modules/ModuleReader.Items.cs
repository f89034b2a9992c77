using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <remarks>What ECMAScript and TypeScript write at the top of a file.</remarks>
internal sealed partial class ModuleReader
{
    private void ReadModuleItems()
    {
        // The names of `export const { a, b } = c`, by declaration.
        var declared = model.ExportedNames.ToLookup(name => name.Node.Index);
        foreach (var item in tree.Root.BodyItems)
        {
            ReadImport(item);
        }

        // An export may stand before the import that it passes on.
        foreach (var item in tree.Root.BodyItems)
        {
            ReadExport(item, declared);
        }
    }

    private void ReadImport(Node item)
    {
        switch (item.Kind)
        {
            case NodeKind.ImportDeclaration:
                hasEcmaScript = true;
                ReadImportDeclaration(item);
                break;
            case NodeKind.ExportNamedDeclaration when item.Source.Exists:
                hasEcmaScript = true;
                AddRequest(item.Has(NodeFlags.TypeOnly) ? ImportKind.Type : ImportKind.Import, [item.Source.StringValue], item);
                break;
            case NodeKind.ExportNamedDeclaration when item.Declaration.Kind == NodeKind.TSImportEqualsDeclaration:
                hasEcmaScript = true;
                ReadImportEquals(item.Declaration);
                break;
            case NodeKind.ExportAllDeclaration:
                hasEcmaScript = true;
                AddRequest(item.Has(NodeFlags.TypeOnly) ? ImportKind.Type : ImportKind.Import, [item.Source.StringValue], item);
                break;
            case NodeKind.ExportNamedDeclaration or NodeKind.ExportDefaultDeclaration:
                hasEcmaScript = true;
                break;
            case NodeKind.TSImportEqualsDeclaration:
                ReadImportEquals(item);
                break;
            case NodeKind.TSModuleDeclaration when item.Id.Kind == NodeKind.StringLiteral:
                declaredModules.Add(item.Id.StringValue);
                break;
            default:
                break;
        }
    }

    private void ReadImportDeclaration(Node item)
    {
        var isType = item.Has(NodeFlags.TypeOnly);
        var request = AddRequest(isType ? ImportKind.Type : ImportKind.Import, [item.Source.StringValue], item);
        foreach (var specifier in item.Specifiers)
        {
            var (part, name) = specifier.Kind switch
            {
                NodeKind.ImportDefaultSpecifier => (ImportedPart.Name, ExportEntry.Default),
                NodeKind.ImportNamespaceSpecifier => (ImportedPart.Namespace, ImportEntry.All),
                _ => (ImportedPart.Name, ModuleName(specifier.Imported.Exists ? specifier.Imported : specifier.Local)),
            };
            AddImport(new(request, part, name, model.SymbolOf(specifier), specifier) { IsType = isType || specifier.Has(NodeFlags.TypeOnly) });
        }
    }

    // import a = require("a")
    private void ReadImportEquals(Node item)
    {
        hasEcmaScript = true;
        if (item.ModuleReference is { Kind: NodeKind.TSExternalModuleReference } reference)
        {
            var isType = item.Has(NodeFlags.TypeOnly);
            var request = AddRequest(isType ? ImportKind.Type : ImportKind.Require, constants.Of(reference.Expression), item);
            AddImport(new(request, ImportedPart.Module, ImportEntry.All, model.SymbolOf(item), item) { IsType = isType });
        }
        else if (Taken(item.ModuleReference) is { } taken)
        {
            // import b = a.b
            AddImport(taken with { Symbol = model.SymbolOf(item), Node = item, IsType = taken.IsType || item.Has(NodeFlags.TypeOnly) });
        }
    }

    private void ReadExport(Node item, ILookup<int, ExportedName> declared)
    {
        switch (item.Kind)
        {
            case NodeKind.ExportNamedDeclaration:
                var isType = item.Has(NodeFlags.TypeOnly);
                foreach (var specifier in item.Specifiers)
                {
                    ReadExportSpecifier(item, specifier, isType || specifier.Has(NodeFlags.TypeOnly));
                }

                if (item.Declaration.Exists)
                {
                    foreach (var name in declared[item.Declaration.Index])
                    {
                        AddLocal(name.Name, name.Node, DeclarationOf(name), name.Symbol);
                    }
                }

                break;
            case NodeKind.ExportDefaultDeclaration:
                ReadDefault(item);
                break;
            case NodeKind.ExportAllDeclaration:
                ReadExportAll(item);
                break;
            case NodeKind.TSExportAssignment:
                hasEcmaScript = true;
                AddWhole(item.Expression, item, isAssigned: false);
                break;
            default:
                break;
        }
    }

    private void ReadExportSpecifier(Node item, Node specifier, bool isType)
    {
        var local = specifier.Local;
        var exported = ModuleName(specifier.Exported.Exists ? specifier.Exported : local);
        if (requestAt.TryGetValue(item.Index, out var request))
        {
            var entry = new ImportEntry(request, ImportedPart.Name, ModuleName(local), default, specifier) { IsType = isType };
            imports.Add(entry);
            exports.Add(new(ExportForm.Indirect, exported, specifier, default) { From = entry, IsType = isType });
            return;
        }

        AddLocal(exported, specifier, local, model.SymbolOf(local), isType);
    }

    private void ReadDefault(Node item)
    {
        var value = item.Declaration;
        // `export default f` is another name for f; where f is imported, for what is imported.
        var symbol = value.Kind is NodeKind.Identifier || !IsExpression(value) ? model.SymbolOf(value) : default;
        AddLocal(ExportEntry.Default, item, value, symbol);
    }

    private static bool IsExpression(Node value) =>
        value.Kind
            is not (
                NodeKind.FunctionDeclaration
                or NodeKind.ClassDeclaration
                or NodeKind.TSDeclareFunction
                or NodeKind.TSInterfaceDeclaration
                or NodeKind.TSEnumDeclaration
            );

    private void ReadExportAll(Node item)
    {
        var request = requestAt[item.Index];
        var isType = item.Has(NodeFlags.TypeOnly);
        var entry = new ImportEntry(request, ImportedPart.Namespace, ImportEntry.All, default, item) { IsType = isType };
        imports.Add(entry);
        exports.Add(
            item.Exported.Exists
                ? new(ExportForm.Indirect, ModuleName(item.Exported), item, default) { From = entry, IsType = isType }
                : new(ExportForm.Star, ImportEntry.All, item, default) { From = entry, IsType = isType }
        );
    }

    /// <summary>Exports something by its name here, which may be an import.</summary>
    private void AddLocal(string name, Node node, Node value, Symbol symbol, bool isType = false)
    {
        if (symbol.Exists && importOf.TryGetValue(symbol.Index, out var taken))
        {
            exports.Add(new(ExportForm.Indirect, name, node, default) { From = taken, IsType = isType || taken.IsType });
            return;
        }

        exports.Add(new(ExportForm.Local, name, node, value) { Symbol = symbol, IsType = isType || (symbol.Exists && !symbol.Is(SymbolKinds.Values)) });
    }

    // Of a variable, its declarator; the pattern's name where it is taken out of a pattern.
    private Node DeclarationOf(ExportedName name)
    {
        if (name.Node.Kind != NodeKind.VariableDeclaration)
        {
            return name.Node;
        }

        foreach (var declarator in name.Node.Declarations)
        {
            if (declarator.Id.Kind == NodeKind.Identifier && model.SymbolOf(declarator.Id) == name.Symbol)
            {
                return declarator;
            }
        }

        return name.Symbol.Declarations is [var first, ..] ? first : name.Node;
    }

    private static string ModuleName(Node name) => name.Kind == NodeKind.StringLiteral ? name.StringValue : name.Name;
}
