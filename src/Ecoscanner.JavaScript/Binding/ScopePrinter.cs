using System.Text;
using System.Text.Json;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>Prints a model's scopes and symbols: for people, for programs, and for Graphviz.</summary>
public static class ScopePrinter
{
    /// <summary>One line a scope and a symbol, indented by how deep they stand, and last the names that nothing declares.</summary>
    public static string Text(SemanticModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var text = new StringBuilder();
        foreach (var (scope, depth) in Walk(model))
        {
            Indent(text, depth).Append(WordOf(scope.Kind)).Append(' ').Append(PlaceOf(scope.Node));
            text.Append(scope.IsStrict && !scope.Parent.IsStrict ? " strict" : "").Append(scope.IsDynamic ? " dynamic" : "").Append('\n');
            foreach (var symbol in scope.Symbols)
            {
                Indent(text, depth + 1).Append(WordsOf(symbol.Kinds)).Append(' ').Append(symbol.Name);
                text.Append(symbol.Declarations.Count > 0 ? " " : "").AppendJoin(", ", symbol.Declarations.Select(PlaceOf));
                text.Append(Uses(symbol.References)).Append(symbol.IsExported ? ", exported" : "").Append(symbol.IsHoisted ? ", hoisted" : "").Append('\n');
            }
        }

        foreach (var name in UnresolvedByName(model))
        {
            text.Append("unresolved ").Append(name.Key).Append(Uses([.. name])).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The same as one JSON object; places are UTF-16 code units from the start.</summary>
    public static string Json(SemanticModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("scopes");
            for (var index = 1; index <= model.ScopeCount; index++)
            {
                Write(json, new Scope(model, index));
            }

            json.WriteEndArray();
            json.WriteStartArray("unresolved");
            foreach (var name in UnresolvedByName(model))
            {
                json.WriteStartObject();
                json.WriteString("name", name.Key);
                Write(json, "references", name.Select(reference => reference.Node));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The same for Graphviz: a box for each scope, and an arrow to the one around it.</summary>
    public static string Dot(SemanticModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var text = new StringBuilder("digraph scopes {\n  rankdir=BT\n  node [shape=box fontname=monospace]\n");
        foreach (var (scope, _) in Walk(model))
        {
            text.Append("  s").Append(scope.Index).Append(" [label=\"").Append(WordOf(scope.Kind)).Append(' ').Append(PlaceOf(scope.Node)).Append("\\n");
            foreach (var symbol in scope.Symbols)
            {
                text.Append(WordsOf(symbol.Kinds))
                    .Append(' ')
                    .Append(symbol.Name.Replace("\"", "\\\"", StringComparison.Ordinal))
                    .Append(Uses(symbol.References))
                    .Append("\\l");
            }

            text.Append("\"]\n");
            if (scope.Parent.Exists)
            {
                text.Append("  s").Append(scope.Index).Append(" -> s").Append(scope.Parent.Index).Append('\n');
            }
        }

        return text.Append("}\n").ToString();
    }

    private static void Write(Utf8JsonWriter json, Scope scope)
    {
        json.WriteStartObject();
        json.WriteNumber("scope", scope.Index);
        json.WriteNumber("parent", scope.Parent.Index);
        json.WriteString("kind", WordOf(scope.Kind));
        json.WriteNumber("start", scope.Node.Start);
        json.WriteNumber("end", scope.Node.End);
        json.WriteBoolean("strict", scope.IsStrict);
        json.WriteBoolean("dynamic", scope.IsDynamic);
        json.WriteStartArray("symbols");
        foreach (var symbol in scope.Symbols)
        {
            json.WriteStartObject();
            json.WriteString("name", symbol.Name);
            json.WriteStartArray("kinds");
            foreach (var kind in WordsOf(symbol.Kinds).Split('+'))
            {
                json.WriteStringValue(kind);
            }

            json.WriteEndArray();
            json.WriteBoolean("exported", symbol.IsExported);
            Write(json, "declarations", symbol.Declarations);
            Write(json, "reads", symbol.References.Where(reference => !reference.IsWrite).Select(reference => reference.Node));
            Write(json, "writes", symbol.References.Where(reference => reference.IsWrite).Select(reference => reference.Node));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string property, IEnumerable<Node> nodes)
    {
        json.WriteStartArray(property);
        foreach (var node in nodes)
        {
            json.WriteNumberValue(node.Start);
        }

        json.WriteEndArray();
    }

    // Scopes stand in the order of the source, each behind the one around it.
    private static IEnumerable<(Scope Scope, int Depth)> Walk(SemanticModel model)
    {
        var depths = new int[model.ScopeCount + 1];
        for (var index = 1; index <= model.ScopeCount; index++)
        {
            var scope = new Scope(model, index);
            depths[index] = scope.Parent.Exists ? depths[scope.Parent.Index] + 1 : 0;
            yield return (scope, depths[index]);
        }
    }

    private static IOrderedEnumerable<IGrouping<string, Reference>> UnresolvedByName(SemanticModel model) =>
        model.Unresolved.GroupBy(reference => reference.Name, StringComparer.Ordinal).OrderBy(name => name.Key, StringComparer.Ordinal);

    // Deeper than a screen is wide, depth is no longer seen but counted.
    private static StringBuilder Indent(StringBuilder text, int depth)
    {
        const int Shown = 60;
        return depth <= Shown ? text.Append(' ', depth * 2) : text.Append(' ', Shown * 2).Append('[').Append(depth).Append("] ");
    }

    private static string Uses(IReadOnlyCollection<Reference> references)
    {
        var types = references.Count(reference => reference.IsType);
        var writes = references.Count(reference => reference.IsWrite);
        var reads = references.Count(reference => reference.IsRead && !reference.IsType);
        var early = references.Count(reference => (reference.Flags & ReferenceFlags.BeforeDeclaration) != 0);
        var parts = new[] { Count(reads, "read"), Count(writes, "write"), Count(types, "type"), Count(early, "early") }.Where(part => part.Length > 0);
        return string.Join(", ", parts) is { Length: > 0 } uses ? $": {uses}" : ": unused";
    }

    private static string Count(int count, string what) => count == 0 ? "" : $"{count} {what}{(count == 1 || what == "early" ? "" : "s")}";

    private static string PlaceOf(Node node) => node.Tree.Source.Lines.PositionOf(node.Start).ToString();

    private static string WordsOf(SymbolKinds kinds) => string.Join('+', kinds.ToString().Split(", ").Select(WordOf));

    private static string WordOf(ScopeKind kind) => WordOf(kind.ToString());

    // FunctionBody is printed as function-body.
    private static string WordOf(string name)
    {
        var word = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && word.Length > 0)
            {
                word.Append('-');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
