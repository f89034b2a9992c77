using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>
/// Tells which function goes with which key where a loop defines the rows of a table: values alone know the keys and the functions, and not that they come in pairs.
/// </summary>
internal sealed class TablePairs(ProgramValues program)
{
    private readonly LoopSources sources = new(program);

    /// <summary>What <c>define(name, function)</c> defines, where it is rows of a table; empty where it is not.</summary>
    public IReadOnlyList<TableRow> RowsOf(Node name, Node function) => [.. Rows(name, function).Distinct()];

    private IEnumerable<TableRow> Rows(Node name, Node function)
    {
        // define(k, table[k]); the same words at one place are the same value.
        if (function.Kind == NodeKind.MemberExpression && function.Has(NodeFlags.Computed) && function.Property.Text.SequenceEqual(name.Text))
        {
            var keys = program.Of(name).Texts;
            return program.Of(function.Object).SelectMany(RowsOfTable).Where(row => keys is null || keys.Contains(row.Key, StringComparer.Ordinal));
        }

        if (sources.ColumnOf(name) is not { } keyColumn || RowsOf(keyColumn.Source) is not { Count: > 0 } rows)
        {
            return [];
        }

        // ([k, f]) => define(k, f), for (const row of table) define(row.key, row.run)
        if (sources.ColumnOf(function) is { } column && column.Root == keyColumn.Root)
        {
            return from row in rows from key in row.TextsAt(keyColumn.Path) from value in row.ValuesAt(column.Path) select new TableRow(key, value);
        }

        // define(k, wrap(f)): the keys are known, and each may have any of the functions.
        var functions = program.Of(function).ToList();
        return from row in rows from key in row.TextsAt(keyColumn.Path) from value in functions select new TableRow(key, value);
    }

    // What a loop goes through, item by item.
    private List<LoopItem> RowsOf(LoopSource source)
    {
        var values = source.Expression.Exists ? program.Of(source.Expression).ToList() : [];
        return source.Kind switch
        {
            LoopSourceKind.Names => [.. values.SelectMany(NamesOf).Select(row => new LoopItem(row.Name, [], HasName: true))],
            LoopSourceKind.Entries => [.. values.SelectMany(NamesOf).Select(row => new LoopItem(row.Name, row.Values, HasName: true))],
            LoopSourceKind.Values => [.. values.SelectMany(NamesOf).Select(row => new LoopItem(null, row.Values, HasName: false))],
            _ => [.. values.SelectMany(ItemsOf).Select(item => new LoopItem(null, [.. program.Of(item)], HasName: false))],
        };
    }

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

    private IEnumerable<TableRow> RowsOfTable(Value table) => NamesOf(table).SelectMany(row => row.Values.Select(value => new TableRow(row.Name, value)));

    // The members of an object, and what an instance has of its class.
    private IEnumerable<(string Name, ImmutableArray<Value> Values)> NamesOf(Value table)
    {
        foreach (var name in table.Members)
        {
            yield return (name, [.. table.Member(name)]);
        }

        if (table is { Kind: ValueKind.Object, Node.Kind: NodeKind.NewExpression })
        {
            var prototypes = program.Of(table.Node.Callee).Where(made => made.Kind is ValueKind.Class).SelectMany(made => made.Member("prototype"));
            foreach (var prototype in prototypes)
            {
                foreach (var name in prototype.Members.Where(name => name != "constructor"))
                {
                    yield return (name, [.. prototype.Member(name)]);
                }
            }
        }
    }

    /// <summary>An item that a loop goes through: a value, or a name with its values.</summary>
    private sealed record LoopItem(string? Name, ImmutableArray<Value> Values, bool HasName)
    {
        public IEnumerable<string?> TextsAt(ImmutableArray<string> path) =>
            HasName && Values.IsEmpty && path.IsEmpty ? [Name]
            : HasName && path is ["0"] ? [Name]
            : ValuesAt(path).Select(value => value.Text);

        public IEnumerable<Value> ValuesAt(ImmutableArray<string> path) =>
            !HasName ? At(Values, path)
            : path is ["1", ..] ? At(Values, path.RemoveAt(0))
            : [];

        private static IEnumerable<Value> At(IEnumerable<Value> values, ImmutableArray<string> path) =>
            path.Aggregate(values, (current, name) => current.SelectMany(value => value.Member(name)));
    }
}

/// <summary>A row of a table.</summary>
/// <param name="Key">Null where it is not known.</param>
internal readonly record struct TableRow(string? Key, Value Function);
