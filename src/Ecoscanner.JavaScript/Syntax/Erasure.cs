namespace Ecoscanner.JavaScript.Syntax;

/// <summary>Finds the nodes of a tree of which nothing runs, as TypeScript's compiler erases them.</summary>
internal static class Erasure
{
    /// <summary>A mark for each node, by its number; empty where the language has nothing to erase.</summary>
    public static bool[] Of(SyntaxTree tree)
    {
        // Flow's types are read as TypeScript's.
        if (!tree.Options.TypeScript && !tree.IsFlow)
        {
            return [];
        }

        var erased = new bool[tree.NodeCount + 1];
        var empty = new bool[tree.NodeCount + 1];
        // Children stand before their parents: what these depend on is known, and on the way back it is handed down.
        for (var index = 1; index <= tree.NodeCount; index++)
        {
            var node = tree.NodeAt(index);
            empty[index] = node.Kind == NodeKind.TSModuleDeclaration && !HasValues(node, empty);
            erased[index] |= empty[index] || IsErasedItself(node, erased);
            if (ThisParameter(node) is { Exists: true } parameter)
            {
                erased[parameter.Index] = true;
            }
        }

        for (var index = tree.NodeCount; index > 0; index--)
        {
            if (erased[index])
            {
                foreach (var child in tree.NodeAt(index).Children)
                {
                    erased[child.Index] = true;
                }
            }
        }

        return erased;
    }

    private static bool IsErasedItself(Node node, bool[] erased) =>
        node.Kind switch
        {
            NodeKind.Program => node.Tree.Options.Ambient,
            NodeKind.TSInterfaceDeclaration
            or NodeKind.TSInterfaceBody
            or NodeKind.TSInterfaceHeritage
            or NodeKind.TSClassImplements
            or NodeKind.TSTypeAliasDeclaration
            or NodeKind.TSDeclareFunction
            or NodeKind.TSEmptyBodyFunctionExpression
            or NodeKind.TSAbstractMethodDefinition
            or NodeKind.TSAbstractPropertyDefinition
            or NodeKind.TSAbstractAccessorProperty
            or NodeKind.TSIndexSignature
            or NodeKind.TSNamespaceExportDeclaration => true,
            NodeKind.VariableDeclaration
            or NodeKind.FunctionDeclaration
            or NodeKind.ClassDeclaration
            or NodeKind.PropertyDefinition
            or NodeKind.AccessorProperty
            or NodeKind.TSEnumDeclaration
            or NodeKind.TSModuleDeclaration => node.Has(NodeFlags.Declare),
            NodeKind.ImportDeclaration
            or NodeKind.ImportSpecifier
            or NodeKind.ExportSpecifier
            or NodeKind.ExportAllDeclaration
            or NodeKind.TSImportEqualsDeclaration => node.Has(NodeFlags.TypeOnly),
            NodeKind.ExportNamedDeclaration or NodeKind.ExportDefaultDeclaration => node.Has(NodeFlags.TypeOnly) || erased[node.Declaration.Index],
            NodeKind.MethodDefinition => erased[node.Value.Index],
            // The name of a namespace, and what an import alias stands for.
            NodeKind.TSQualifiedName => false,
            >= NodeKind.TSAnyKeyword and <= NodeKind.TSTypePredicate => true,
            _ => false,
        };

    // As TypeScript decides (getModuleInstanceState): even a variable that is only declared makes an object of its namespace.
    private static bool HasValues(Node module, bool[] empty)
    {
        foreach (var statement in module.Body.List(NodeRole.Body))
        {
            var isExported = statement.Kind == NodeKind.ExportNamedDeclaration && statement.Declaration.Exists;
            var declared = isExported ? statement.Declaration : statement;
            var hasValue = declared.Kind switch
            {
                NodeKind.TSInterfaceDeclaration or NodeKind.TSTypeAliasDeclaration or NodeKind.ImportDeclaration => false,
                NodeKind.TSImportEqualsDeclaration => isExported,
                NodeKind.TSModuleDeclaration => !empty[declared.Index],
                _ => true,
            };
            if (hasValue)
            {
                return true;
            }
        }

        return false;
    }

    // `this` is no name of a parameter but says what type it is of.
    private static Node ThisParameter(Node function) =>
        function.Kind is NodeKind.FunctionDeclaration or NodeKind.FunctionExpression
        && function.List(NodeRole.Params) is { Count: > 0 } parameters
        && parameters[0] is { Kind: NodeKind.Identifier, Name: "this" } first
            ? first
            : default;
}
