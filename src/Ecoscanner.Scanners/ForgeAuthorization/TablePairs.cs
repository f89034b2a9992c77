using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>
/// Tells which function goes with which key where a loop defines the rows of a table: values alone know the keys and the functions, and not that they come in pairs.
/// </summary>
internal sealed class TablePairs(ProgramValues program)
{
    /// <summary>The functions of a key; null where the calls do not say more than the values.</summary>
    public IReadOnlyList<Value>? Of(IReadOnlyList<Node> calls, string key, ValueSet values)
    {
        if (values.Count < 2)
        {
            return null;
        }

        var found = new List<Value>();
        foreach (var call in calls)
        {
            if (call.Arguments.Count < 2)
            {
                return null;
            }

            var (name, function) = (call.Arguments[0].WithoutAssertions, call.Arguments[1].WithoutAssertions);
            if (program.Of(name).Count == 1)
            {
                found.AddRange(program.Of(function));
                continue;
            }

            if (RowsOf(name, function, key) is not { Count: > 0 } rows)
            {
                return null;
            }

            found.AddRange(rows);
        }

        return [.. found.Distinct().Where(values.Contains)];
    }

    private List<Value>? RowsOf(Node name, Node function, string key)
    {
        // define(k, table[k])
        if (function is { Kind: NodeKind.MemberExpression } member && member.Has(NodeFlags.Computed) && IsSame(member.Property, name))
        {
            return [.. program.Of(member.Object).SelectMany(table => table.Member(key))];
        }

        // define(row.key, row.run), define(row[0], row[1])
        if (
            name.Kind == NodeKind.MemberExpression
            && function.Kind == NodeKind.MemberExpression
            && IsSame(name.Object, function.Object)
            && (MemberName(name), MemberName(function)) is ({ } first, { } second)
        )
        {
            return [.. program.Of(name.Object).SelectMany(row => InRow(row, first, second, key))];
        }

        return PatternOf(name) is { } one && PatternOf(function) is { } other && one.Pattern == other.Pattern
            ? OfPattern(one.Pattern, one.Member, other.Member, key)
            : null;
    }

    // ([k, f]) => define(k, f), for (const { key, run } of table) define(key, run)
    private List<Value>? OfPattern(Node pattern, string first, string second, string key)
    {
        var source = SourceOf(pattern);
        if (!source.Exists)
        {
            return null;
        }

        if (
            source.Kind == NodeKind.CallExpression
            && source.Arguments.Count > 0
            && program.Calls.TargetsOf(source).Any(target => target.Path == "Object.entries")
        )
        {
            return (first, second) == ("0", "1") ? [.. program.Of(source.Arguments[0]).SelectMany(table => table.Member(key))] : null;
        }

        return
        [
            .. program
                .Of(source)
                .Where(table => table.Node.Kind == NodeKind.ArrayExpression)
                .SelectMany(table => table.Node.Elements)
                .SelectMany(row => program.Of(row))
                .SelectMany(row => InRow(row, first, second, key)),
        ];
    }

    private static IEnumerable<Value> InRow(Value row, string first, string second, string key) =>
        row.Member(second).Where(_ => row.Member(first).Any(value => value.Text == key));

    // What is taken apart: the right side of a loop or declaration, or the array whose method calls the function.
    private static Node SourceOf(Node pattern)
    {
        var parent = pattern.Tree.ParentOf(pattern);
        if (parent.Kind == NodeKind.VariableDeclarator)
        {
            var loop = parent.Tree.ParentOf(parent.Tree.ParentOf(parent));
            return loop.Kind == NodeKind.ForOfStatement ? loop.Right.WithoutAssertions : default;
        }

        return
            parent.Kind is NodeKind.ArrowFunctionExpression or NodeKind.FunctionExpression
            && parent.Params[0] == pattern
            && parent.Tree.ParentOf(parent) is { Kind: NodeKind.CallExpression } call
            && call.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } method
            ? method.Object.WithoutAssertions
            : default;
    }

    // The pattern that declares a name, and which member it takes.
    private (Node Pattern, string Member)? PatternOf(Node name)
    {
        if (SymbolOf(name) is not { Declarations: [var declaration] })
        {
            return null;
        }

        var parent = declaration.Tree.ParentOf(declaration);
        if (parent.Kind == NodeKind.ArrayPattern)
        {
            var place = 0;
            foreach (var element in parent.Elements)
            {
                if (element == declaration)
                {
                    return (
                        parent,
                        place == 0 ? "0"
                        : place == 1 ? "1"
                        : ""
                    );
                }

                place++;
            }
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
        !member.Has(NodeFlags.Computed) ? member.Property.Name
        : program.Of(member.Property) is { Count: 1 } names
            ? names.First() switch
            {
                { Text: { } text } => text,
                { Number: 0 } => "0",
                { Number: 1 } => "1",
                _ => null,
            }
        : null;
}
