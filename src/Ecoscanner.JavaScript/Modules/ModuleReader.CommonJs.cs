using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <remarks>
/// What is put into <c>exports</c>. First the names that stand for it are found (<c>const e = module.exports</c>, <c>module.exports = app</c>),
/// then every assignment and call that fills it.
/// </remarks>
internal sealed partial class ModuleReader
{
    // `a = b = c = …`; people write three.
    private const int MaximumChain = 32;

    // Aliases of aliases: each round finds those of the round before.
    private const int MaximumAliasRounds = 4;

    private readonly HashSet<int> aliases = [];
    private HashSet<int>? umdFunctions;

    // Where helpers stand that fill any `exports` that they are given.
    private readonly List<Node> helperBodies = [];

    // Whether `module.exports` was replaced at the top, so that what `exports` gets is lost.
    private bool isReplaced;

    private void ReadCommonJsExports()
    {
        FindAliases();
        isReplaced = IsReplaced();
        for (var index = 1; index <= tree.NodeCount; index++)
        {
            switch (tree.Nodes[index].Kind)
            {
                case NodeKind.AssignmentExpression:
                    ReadExportAssignment(tree.NodeAt(index));
                    break;
                case NodeKind.CallExpression:
                    ReadExportCall(tree.NodeAt(index));
                    break;
                default:
                    break;
            }
        }
    }

    private void FindAliases()
    {
        for (var round = 0; round < MaximumAliasRounds; round++)
        {
            var before = aliases.Count;
            for (var index = 1; index <= tree.NodeCount; index++)
            {
                var kind = tree.Nodes[index].Kind;
                if (kind == NodeKind.VariableDeclarator)
                {
                    var declarator = tree.NodeAt(index);
                    NoteHelper(declarator.Id, declarator.Init);
                    if (declarator.Id.Kind == NodeKind.Identifier && declarator.Init.Exists && Denotes(declarator.Init))
                    {
                        Alias(declarator.Id);
                    }
                }
                else if (kind == NodeKind.AssignmentExpression)
                {
                    FindAliasesIn(tree.NodeAt(index));
                }
                else if (kind == NodeKind.FunctionDeclaration && round == 0)
                {
                    NoteHelper(tree.NodeAt(index).Id, tree.NodeAt(index));
                }
            }

            if (aliases.Count == before)
            {
                break;
            }
        }
    }

    private void FindAliasesIn(Node assignment)
    {
        if (assignment.Operator != TokenKind.Equals)
        {
            return;
        }

        if (assignment.Left.Kind == NodeKind.Identifier && Denotes(assignment.Right))
        {
            Alias(assignment.Left);
        }

        // module.exports = app; then app.a = … exports a.
        if (IsModuleExports(assignment.Left))
        {
            var value = LastValue(assignment.Right);
            if (value.Kind == NodeKind.CallExpression && CompilerHelpers.CalledBy(value) == CompilerHelper.ToCommonJs && value.Arguments.Count > 0)
            {
                isCompiled = true;
                value = value.Arguments[0];
            }

            if (value.Kind == NodeKind.Identifier && Taken(value) is null)
            {
                Alias(value);
            }
        }
    }

    private void NoteHelper(Node id, Node value)
    {
        if (id.Kind == NodeKind.Identifier && value.Exists && CompilerHelpers.Of(id.Name) != CompilerHelper.None)
        {
            helperBodies.Add(value);
        }
    }

    private void Alias(Node identifier)
    {
        if (model.SymbolOf(identifier) is { Exists: true } symbol && !importOf.ContainsKey(symbol.Index))
        {
            aliases.Add(symbol.Index);
        }
    }

    /// <summary>Whether an expression is the object that the module exports.</summary>
    private bool Denotes(Node expression)
    {
        var node = expression;
        for (var left = MaximumChain; left > 0 && node.Exists; left--)
        {
            switch (node.Kind)
            {
                case NodeKind.Identifier:
                    return IsExportsName(node);
                case NodeKind.MemberExpression:
                    return IsModuleExports(node);
                case NodeKind.AssignmentExpression when node.Operator == TokenKind.Equals:
                    if (IsTarget(node.Left))
                    {
                        return true;
                    }

                    node = node.Right;
                    break;
                default:
                    var inner = Members.Unwrap(node);
                    if (inner == node)
                    {
                        return false;
                    }

                    node = inner;
                    break;
            }
        }

        return false;
    }

    private bool IsTarget(Node target) => target.Kind == NodeKind.Identifier ? IsExportsName(target) : IsModuleExports(target);

    private bool IsExportsName(Node identifier)
    {
        var symbol = model.SymbolOf(identifier);
        return symbol.Exists
            ? aliases.Contains(symbol.Index) || (identifier.Name == "exports" && IsUmdParameter(symbol, "exports"))
            : identifier.Name == "exports" && model.IsUnresolved(identifier);
    }

    private bool IsModuleExports(Node expression)
    {
        if (expression.Kind != NodeKind.MemberExpression || expression.Object.Kind != NodeKind.Identifier || expression.Object.Name != "module")
        {
            return false;
        }

        var symbol = model.SymbolOf(expression.Object);
        return (symbol.Exists ? IsUmdParameter(symbol, "module") : model.IsUnresolved(expression.Object)) && Members.NameOf(expression) == "exports";
    }

    /// <summary>Whether a parameter gets what its name says: <c>(function (exports) { … })(…)</c> and <c>define(function (require, exports) { … })</c> at the top.</summary>
    private bool IsUmdParameter(Symbol symbol, string name)
    {
        if (!symbol.Is(SymbolKinds.Parameter) || symbol.Name != name)
        {
            return false;
        }

        return (umdFunctions ??= FindUmdFunctions()).Contains(symbol.Scope.Node.Index);
    }

    private HashSet<int> FindUmdFunctions()
    {
        var found = new HashSet<int>();
        foreach (var item in tree.Root.BodyItems)
        {
            var expression = item.Expression;
            if (expression.Kind == NodeKind.UnaryExpression)
            {
                expression = expression.Argument;
            }

            if (expression.Kind == NodeKind.CallExpression)
            {
                foreach (var argument in expression.Arguments)
                {
                    if (argument.Kind is NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression)
                    {
                        found.Add(argument.Index);
                    }
                }
            }
        }

        return found;
    }

    private static Node LastValue(Node value)
    {
        for (var left = MaximumChain; left > 0; left--)
        {
            var inner = value.Kind == NodeKind.AssignmentExpression && value.Operator == TokenKind.Equals ? value.Right : Members.Unwrap(value);
            if (inner == value)
            {
                break;
            }

            value = inner;
        }

        return value;
    }

    // module.exports = … as a statement at the top, without `exports =` or an alias beside it.
    private bool IsReplaced()
    {
        var replaced = false;
        foreach (var item in tree.Root.BodyItems)
        {
            var node = item.Expression;
            var (sets, keeps) = (false, false);
            for (var left = MaximumChain; left > 0 && node.Kind == NodeKind.AssignmentExpression && node.Operator == TokenKind.Equals; left--)
            {
                sets |= IsModuleExports(node.Left);
                keeps |= node.Left.Kind == NodeKind.Identifier && node.Left.Name == "exports";
                node = node.Right;
            }

            // What a call gives may be `exports` with more in it.
            var isKnown = node.Kind is not (NodeKind.CallExpression or NodeKind.NewExpression) || Taken(node) is not null || IsCallOfObject(node);
            replaced |= isKnown && sets && !keeps && !(node.Kind == NodeKind.Identifier && node.Name == "exports") && !IsModuleExports(node);
            if (keeps)
            {
                return false;
            }
        }

        return replaced;
    }

    private static bool IsCallOfObject(Node call) =>
        call.Callee is { Kind: NodeKind.MemberExpression, Object: { Kind: NodeKind.Identifier } owner } && owner.Name == "Object";

    private void ReadExportAssignment(Node assignment)
    {
        var left = assignment.Left;
        if (left.Kind != NodeKind.MemberExpression)
        {
            return;
        }

        if (IsModuleExports(left))
        {
            hasCommonJs = true;
            if (
                !Denotes(assignment.Right)
                || assignment.Right.Kind is not (NodeKind.Identifier or NodeKind.MemberExpression)
                || LastValue(assignment.Right) is { Kind: NodeKind.Identifier } value && !IsBareExports(value)
            )
            {
                AddWhole(assignment.Right, assignment, isAssigned: true);
            }

            return;
        }

        if (!Denotes(left.Object) || (isReplaced && IsBareExports(left.Object)))
        {
            return;
        }

        hasCommonJs = true;
        if (Members.NameOf(left) is { } name)
        {
            // f.prototype = … of a function that is exported is no export.
            if (name == "prototype" && !IsBareExports(left.Object) && !IsModuleExports(left.Object))
            {
                return;
            }

            AddNamed(name, assignment, assignment.Right);
        }
        else if (left.Has(NodeFlags.Computed) && !IsInHelper(left))
        {
            gaps.Add(new(ModuleGapKind.Exports, assignment, "It exports under a name that is worked out while running."));
        }
    }

    private bool IsBareExports(Node node) => node.Kind == NodeKind.Identifier && node.Name == "exports" && model.IsUnresolved(node);

    private bool IsInHelper(Node node) => helperBodies.Exists(body => body.Start <= node.Start && node.End <= body.End);

    /// <summary>Exports a value under a name: <c>exports.a = b</c>.</summary>
    private void AddNamed(string name, Node node, Node value)
    {
        value = LastValue(value);
        if (name == "__esModule")
        {
            isCompiled = true;
            return;
        }

        if (Taken(value) is { } taken)
        {
            exports.Add(new(ExportForm.Indirect, name, node, default) { From = taken, IsAssigned = true });
            return;
        }

        var symbol = value.Kind == NodeKind.Identifier ? model.SymbolOf(value) : default;
        exports.Add(new(ExportForm.Local, name, node, value) { Symbol = symbol, IsAssigned = true });
    }
}
