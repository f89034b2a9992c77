using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>Prints what variables, parameters, arguments and results may be: for people, for programs, and for Graphviz.</summary>
public static partial class ValuePrinter
{
    private const int LongestText = 40;
    private const int LongestValue = 60;
    private const int MaximumMembers = 5;

    // Rules name what is external by its path.
    private const int LongestPath = 200;

    // Beyond, a set is a table of its own, and a person looks there.
    private const int MaximumShown = 8;

    private const SymbolKinds Variables = SymbolKinds.Var | SymbolKinds.Let | SymbolKinds.Const | SymbolKinds.Using | SymbolKinds.CatchParameter;

    /// <summary>A line for each variable, parameter, argument and result of each function. Literals, elements and functions that stand there are what they are, and left out.</summary>
    /// <param name="function">Only in functions of that name; null for all.</param>
    public static string Text(ProgramValues program, string? function = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        var text = new StringBuilder();
        var last = "";
        foreach (var listed in Listed(program, function).Where(listed => listed.Nodes.Count > 0))
        {
            var path = listed.Node.Tree.Source.Path;
            text.Append(path == last ? "" : $"{SourceWords.Shown(path)}\n");
            last = path;
            text.Append(CultureInfo.InvariantCulture, $"  {ListedFunction.TitleOf(listed.Node)}\n");
            foreach (var node in listed.Nodes)
            {
                Print(text, node, RoleOf(program, node), program.Of(node));
            }
        }

        GapWords.Print(text, program.Gaps);
        return text.ToString();
    }

    private static void Print(StringBuilder text, Node node, string role, ValueSet set)
    {
        var begin = $"    {SourceWords.Place(node), -7} {role, -9} {SourceWords.Excerpt(node, LongestText)} =";
        var words = WordsOf(node, set);
        text.Append(begin)
            .Append(
                words.Count == 1 || begin.Length + words.Sum(word => word.Length + 3) <= SourceWords.LineWidth
                    ? $" {string.Join(" | ", words)}"
                    : string.Concat(words.Select(word => $"\n              | {word}"))
            )
            .Append('\n');
    }

    private static List<string> WordsOf(Node reader, ValueSet set)
    {
        var words = set.Where(value => value.Kind != ValueKind.Unknown).Select(value => WordsOf(reader, value)).Distinct(StringComparer.Ordinal).ToList();
        return set.Count == 0
            ? ["nothing"]
            :
            [
                .. words.Take(MaximumShown),
                .. words.Count > MaximumShown ? new[] { $"{words.Count - MaximumShown} more" } : [],
                .. set.MayBeAnything ? new[] { "unknown" } : [],
            ];
    }

    // Of an object its members, as far as they are one constant each.
    private static string WordsOf(Node reader, Value value)
    {
        var words = value.ToString();
        if (value.Path is not null || !value.Node.Exists)
        {
            return SourceWords.Shown(words, value.Path is null ? LongestValue : LongestPath);
        }

        words = SourceWords.Shown(
            words.Replace(ValueText.PlaceOf(value.Node), SourceWords.PlaceFrom(reader, value.Node), StringComparison.Ordinal),
            LongestPath
        );
        if (value.Kind != ValueKind.Object)
        {
            return words;
        }

        var names = value.Members.Order(StringComparer.Ordinal).ToList();
        var members = names
            .Take(MaximumMembers)
            .Select(name => $"{name}: {(value.Member(name) is { Count: 1 } member && !IsDrawn(member.Single()) ? member : "…")}");
        return names.Count == 0
            ? words
            : $"{words} {{{SourceWords.Shown(string.Join(", ", members), LongestValue)}{(names.Count > MaximumMembers ? ", …" : "")}}}";
    }

    private static IEnumerable<ListedFunction> Listed(ProgramValues program, string? function) =>
        program.Graph.Modules.SelectMany(module => ListedFunction.In(module, node => RoleOf(module.Record!.Model, node).Length > 0, function));

    private static string RoleOf(ProgramValues program, Node node) => RoleOf(program.Graph.ModuleOf(node.Tree)!.Record!.Model, node);

    // What a node is that is worth a line; empty of others.
    private static string RoleOf(SemanticModel model, Node node)
    {
        var parent = node.Tree.ParentOf(node);
        if (node.Kind == NodeKind.Identifier && (model.FlagsOf(node.Index) & ReferenceFlags.Declaration) != 0)
        {
            var symbol = model.SymbolOf(node);
            return symbol.Is(SymbolKinds.Parameter) ? "parameter"
                : symbol.Is(Variables) && !(parent.Kind == NodeKind.VariableDeclarator && IsFunction(parent.Init)) ? "variable"
                : "";
        }

        if (parent.Kind == NodeKind.AssignmentExpression && parent.Left == node && node.Kind == NodeKind.Identifier && !IsFunction(parent.Right))
        {
            return "written";
        }

        return IsFunction(node) || IsLiteral(node) || node.Kind == NodeKind.SpreadElement ? ""
            : parent.Kind is NodeKind.CallExpression or NodeKind.NewExpression && parent.Callee != node ? "argument"
            : parent.Kind == NodeKind.ReturnStatement ? "returned"
            : parent.Kind == NodeKind.ArrowFunctionExpression && parent.Body == node && node.Kind != NodeKind.BlockStatement ? "returned"
            : "";
    }

    private static bool IsFunction(Node node) =>
        node.WithoutAssertions.Kind is NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression or NodeKind.ClassExpression;

    private static bool IsLiteral(Node node) =>
        node.WithoutAssertions.Kind
            is NodeKind.StringLiteral
                or NodeKind.NumericLiteral
                or NodeKind.BigIntLiteral
                or NodeKind.BooleanLiteral
                or NodeKind.NullLiteral
                or NodeKind.JSXElement
                or NodeKind.JSXFragment;
}
