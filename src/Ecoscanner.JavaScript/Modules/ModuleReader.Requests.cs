using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <remarks>Calls of <c>require</c> and <c>import</c>, and what is taken of what they give. Children come before parents, so a call is known where its value is used.</remarks>
internal sealed partial class ModuleReader
{
    private void ReadRequests()
    {
        for (var index = 1; index <= tree.NodeCount; index++)
        {
            switch (tree.Nodes[index].Kind)
            {
                case NodeKind.CallExpression:
                    ReadCall(tree.NodeAt(index));
                    break;
                case NodeKind.ImportExpression:
                    AddRequest(ImportKind.DynamicImport, constants.Of(tree.NodeAt(index).Source), tree.NodeAt(index));
                    break;
                case NodeKind.TSImportType:
                    ReadImportType(tree.NodeAt(index));
                    break;
                case NodeKind.VariableDeclarator:
                    ReadDeclarator(tree.NodeAt(index));
                    break;
                case NodeKind.AssignmentExpression:
                    ReadAssignment(tree.NodeAt(index));
                    break;
                case NodeKind.MemberExpression:
                    ReadMember(tree.NodeAt(index));
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadCall(Node call)
    {
        var callee = call.Callee;
        if (IsRequire(callee))
        {
            hasCommonJs = true;
            if (call.Arguments.Count > 0)
            {
                AddRequest(ImportKind.Require, constants.Of(call.Arguments[0]), call);
            }

            return;
        }

        // import("./a").then(a => …)
        if (
            callee is { Kind: NodeKind.MemberExpression, Object.Kind: NodeKind.ImportExpression }
            && Members.NameOf(callee) == "then"
            && requestAt.TryGetValue(callee.Object.Index, out var request)
            && call.Arguments.Count > 0
            && call.Arguments[0] is { Kind: NodeKind.ArrowFunctionExpression or NodeKind.FunctionExpression } then
            && then.Params.Count > 0
        )
        {
            Take(then.Params[0], Taking.Whole(request, then.Params[0]));
        }
    }

    private bool IsRequire(Node callee)
    {
        if (callee.Kind == NodeKind.MemberExpression)
        {
            return callee.Object is { Kind: NodeKind.Identifier } owner
                && owner.Name == "module"
                && model.IsUnresolved(owner)
                && Members.NameOf(callee) == "require";
        }

        if (callee.Kind != NodeKind.Identifier || callee.Name != "require")
        {
            return false;
        }

        var symbol = model.SymbolOf(callee);
        return !symbol.Exists ? model.IsUnresolved(callee) : IsMadeByCreateRequire(symbol) || IsUmdParameter(symbol, "require");
    }

    // const require = createRequire(import.meta.url)
    private bool IsMadeByCreateRequire(Symbol symbol) =>
        InitOf(symbol) is { Kind: NodeKind.CallExpression } init
        && (init.Callee.Kind == NodeKind.Identifier ? init.Callee.Name : Members.NameOf(init.Callee)) == "createRequire";

    private void ReadImportType(Node type)
    {
        var source = type.Source.Kind == NodeKind.TSLiteralType ? type.Source.Literal : type.Source;
        if (Members.TextOf(source) is { } specifier)
        {
            var request = AddRequest(ImportKind.Type, [specifier], type);
            imports.Add(
                type.Qualifier.Exists
                    ? new(request, ImportedPart.Name, LeftmostName(type.Qualifier), default, type) { IsType = true }
                    : Taking.Whole(request, type)
            );
        }
    }

    private static string LeftmostName(Node name)
    {
        while (name.Kind == NodeKind.TSQualifiedName)
        {
            name = name.Left;
        }

        return name.Name;
    }

    private void ReadDeclarator(Node declarator)
    {
        var (id, init) = (declarator.Id, declarator.Init);
        if (!init.Exists)
        {
            return;
        }

        if (id.Kind == NodeKind.Identifier && model.SymbolOf(id) is { Exists: true } symbol && initOf[symbol.Index] == 0)
        {
            initOf[symbol.Index] = init.Index;
        }

        if (Taken(init) is { } taken)
        {
            Take(id, taken);
        }
    }

    private void ReadAssignment(Node assignment)
    {
        if (
            assignment.Operator == TokenKind.Equals
            && assignment.Left.Kind is NodeKind.Identifier or NodeKind.ObjectPattern
            && Taken(assignment.Right) is { } taken
        )
        {
            Take(assignment.Left, taken);
        }
    }

    private void ReadMember(Node member)
    {
        // require("./a").b; members of names are found when asked for.
        if (member.Object.Kind is NodeKind.CallExpression or NodeKind.AwaitExpression && Taken(member) is { } taken)
        {
            imports.Add(taken);
        }
    }

    /// <summary>Gives a name, or the names of a pattern, to what is taken.</summary>
    private void Take(Node target, ImportEntry taken)
    {
        while (target.Kind == NodeKind.AssignmentPattern)
        {
            target = target.Left;
        }

        if (target.Kind == NodeKind.Identifier)
        {
            AddImport(taken with { Symbol = model.SymbolOf(target), Node = target });
            return;
        }

        if (target.Kind != NodeKind.ObjectPattern || taken.Part == ImportedPart.Name)
        {
            imports.Add(taken);
            return;
        }

        foreach (var property in target.Properties)
        {
            if (property.Kind == NodeKind.Property && Members.KeyOf(property) is { } name)
            {
                var value = property.Value.Kind == NodeKind.AssignmentPattern ? property.Value.Left : property.Value;
                AddImport(taken.Member(name, property) with { Symbol = value.Kind == NodeKind.Identifier ? model.SymbolOf(value) : default });
            }
            else
            {
                imports.Add(taken with { Node = property, Symbol = default });
            }
        }
    }
}
