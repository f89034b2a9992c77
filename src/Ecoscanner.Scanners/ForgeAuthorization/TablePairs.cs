using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>
/// Tells which function goes with which key where a loop defines the rows of a table: values alone know the keys and the functions, and not that they come in pairs.
/// </summary>
internal sealed class TablePairs(ProgramValues program)
{
    /// <summary>What <c>define(name, function)</c> defines, where it is rows of a table; empty where it is not.</summary>
    public IReadOnlyList<TableRow> RowsOf(Node name, Node function) => [.. RowsBySyntax(name, function).Distinct()];

    private IEnumerable<TableRow> RowsBySyntax(Node name, Node function)
    {
        // define(k, table[k])
        if (function.Kind == NodeKind.MemberExpression && function.Has(NodeFlags.Computed) && IsSame(function.Property, name))
        {
            var keys = program.Of(name).Texts;
            return program.Of(function.Object).SelectMany(InTable).Where(row => keys is null || keys.Contains(row.Key, StringComparer.Ordinal));
        }

        // define(row.key, row.run)
        if (name.Kind == NodeKind.MemberExpression && function.Kind == NodeKind.MemberExpression && IsSame(name.Object, function.Object))
        {
            var (first, second) = (MemberName(name), MemberName(function));
            if (first is null || second is null)
            {
                return [];
            }

            return
                SymbolOf(name.Object) is { Exists: true, Declarations: [var declaration] }
                && SourceOf(declaration) is { Exists: true } source
                && IsEntries(source)
                ? OfSource(source, first, second)
                : program.Of(name.Object).SelectMany(row => InRow(row, first, second));
        }

        // ([k, f]) => define(k, f), for (const { key, run } of table) define(key, run)
        return PatternOf(name) is { } one && PatternOf(function) is { } other && one.Pattern == other.Pattern
            ? OfSource(SourceOf(one.Pattern), one.Member, other.Member)
            : [];
    }

    private IEnumerable<TableRow> OfSource(Node source, string first, string second) =>
        !source.Exists ? []
        : IsEntries(source)
            ? (first, second) == ("0", "1") ? program.Of(source.Arguments[0]).SelectMany(InTable)
                : []
        : program.Of(source).SelectMany(ItemsOf).SelectMany(item => program.Of(item)).SelectMany(row => InRow(row, first, second));

    // The items of an array, or of what `new Map(array)` is made of.
    private IEnumerable<Node> ItemsOf(Value list) =>
        list.Node switch
        {
            { Kind: NodeKind.ArrayExpression } array => array.Elements,
            { Kind: NodeKind.NewExpression } made when made.Arguments.Count == 1 => program
                .Of(made.Arguments[0])
                .Where(given => given.Node.Kind == NodeKind.ArrayExpression)
                .SelectMany(given => given.Node.Elements),
            _ => [],
        };

    private bool IsEntries(Node source) =>
        source.Kind == NodeKind.CallExpression && source.Arguments.Count > 0 && program.Calls.TargetsOf(source).Any(target => target.Path == "Object.entries");

    private static IEnumerable<TableRow> InRow(Value row, string first, string second) =>
        from key in row.Member(first)
        from function in row.Member(second)
        select new TableRow(key.Text, function);

    private IEnumerable<TableRow> InTable(Value table)
    {
        foreach (var name in table.Members)
        {
            foreach (var function in table.Member(name))
            {
                yield return new(name, function);
            }
        }

        // What an instance has of its class.
        if (table is { Kind: ValueKind.Object, Node.Kind: NodeKind.NewExpression })
        {
            foreach (
                var row in program
                    .Of(table.Node.Callee)
                    .Where(made => made.Kind is ValueKind.Class)
                    .SelectMany(made => made.Member("prototype"))
                    .SelectMany(InTable)
            )
            {
                yield return row;
            }
        }
    }

    // What is taken apart, or gone through: the right side of a loop, or the array whose method calls the function.
    private static Node SourceOf(Node target)
    {
        var parent = target.Tree.ParentOf(target);
        if (parent.Kind == NodeKind.VariableDeclarator)
        {
            var loop = parent.Tree.ParentOf(parent.Tree.ParentOf(parent));
            return loop.Kind == NodeKind.ForOfStatement ? loop.Right.WithoutAssertions : default;
        }

        return
            parent.Kind is NodeKind.ArrowFunctionExpression or NodeKind.FunctionExpression
            && parent.Params.Count > 0
            && parent.Params[0] == target
            && parent.Tree.ParentOf(parent) is { Kind: NodeKind.CallExpression } call
            && call.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } method
            ? method.Object.WithoutAssertions
            : default;
    }

    // The pattern that declares a name, and which member of it that is.
    private (Node Pattern, string Member)? PatternOf(Node name)
    {
        if (SymbolOf(name) is not { Exists: true, Declarations: [var declaration] })
        {
            return null;
        }

        var parent = declaration.Tree.ParentOf(declaration);
        if (parent.Kind == NodeKind.ArrayPattern)
        {
            var place = parent.Elements.TakeWhile(element => element != declaration).Count();
            return (
                parent,
                place == 0 ? "0"
                : place == 1 ? "1"
                : ""
            );
        }

        return parent.Kind == NodeKind.Property && !parent.Has(NodeFlags.Computed) && parent.Tree.ParentOf(parent) is { Kind: NodeKind.ObjectPattern } pattern
            ? (pattern, parent.Key.Kind == NodeKind.Identifier ? parent.Key.Name : parent.Key.StringValue)
            : null;
    }

    private bool IsSame(Node one, Node other) =>
        one.Kind == NodeKind.Identifier && other.Kind == NodeKind.Identifier && SymbolOf(one) is { Exists: true } symbol && symbol == SymbolOf(other);

    private Symbol SymbolOf(Node name) =>
        name.Kind == NodeKind.Identifier && program.Graph.ModuleOf(name.Tree)?.Record is { } record ? record.Model.SymbolOf(name) : default;

    private string? MemberName(Node member) =>
        !member.Has(NodeFlags.Computed)
            ? member.Property.Name
            : program.Of(member.Property).ToList() switch
            {
                [{ Text: { } text }] => text,
                [{ Number: 0 }] => "0",
                [{ Number: 1 }] => "1",
                _ => null,
            };
}

/// <summary>A row of a table.</summary>
/// <param name="Key">Null where it is not known.</param>
internal readonly record struct TableRow(string? Key, Value Function);
