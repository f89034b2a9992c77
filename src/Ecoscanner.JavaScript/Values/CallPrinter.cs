using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>Prints who calls whom: for people, for programs, and for Graphviz.</summary>
public static partial class CallPrinter
{
    private const int LongestText = 48;

    // What runs all handlers of an app has hundreds.
    private const int MaximumShown = 6;

    /// <summary>Whether the program has a function of that name, or a field.</summary>
    public static bool HasFunction(ProgramValues program, string name)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.Graph.Modules.Any(module => ListedFunction.In(module, static _ => false, name).Any());
    }

    /// <summary>Each function with where it is called, and each call in it with what it runs.</summary>
    /// <param name="function">Only functions of that name; null for all.</param>
    public static string Text(ProgramValues program, string? function = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        var text = new StringBuilder();
        var last = "";
        foreach (var listed in Listed(program, function))
        {
            var path = listed.Node.Tree.Source.Path;
            text.Append(path == last ? "" : $"{SourceWords.Shown(path)}\n");
            last = path;
            Print(text, program.Calls, listed);
        }

        GapWords.Print(text, program.Gaps);
        return text.ToString();
    }

    private static void Print(StringBuilder text, CallGraph calls, ListedFunction function)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {ListedFunction.TitleOf(function.Node)}{CallersOf(calls, function.Node)}\n");
        foreach (var call in function.Nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {SourceWords.Place(call), -7} {SourceWords.Excerpt(call, LongestText)}{TargetsOf(calls, call)}\n");
        }
    }

    private static string CallersOf(CallGraph calls, Node function)
    {
        var callers = calls.CallersOf(function);
        return callers.Length == 0 ? "" : $", called at {Some([.. callers.Select(caller => SourceWords.PlaceFrom(function, caller))])}";
    }

    private static string TargetsOf(CallGraph calls, Node call)
    {
        var targets = calls.TargetsOf(call);
        var incomplete = calls.IsComplete(call) ? "" : "incomplete";
        return (targets.Length, incomplete) switch
        {
            (0, "") => "  -> nothing",
            (0, _) => "  -> unknown",
            _ => $"  -> {Some([.. targets.Select(target => WordsOf(call, target))])}{(incomplete.Length > 0 ? $", {incomplete}" : "")}",
        };
    }

    private static string WordsOf(Node call, CallTarget target) =>
        target.Path is { } path ? SourceWords.Line(path, LongestText)
        : target.Function.Exists ? $"{ListedFunction.NameOf(target.Function)} ({SourceWords.PlaceFrom(call, target.Function)})"
        : "a function of the language";

    private static string Some(IReadOnlyList<string> words) =>
        words.Count <= MaximumShown ? string.Join(", ", words) : $"{string.Join(", ", words.Take(MaximumShown))} and {words.Count - MaximumShown} more";

    // Calls, and whatever else runs functions.
    private static IEnumerable<ListedFunction> Listed(ProgramValues program, string? function)
    {
        var others = program.Calls.Calls.Concat(program.Calls.Incomplete).ToHashSet();
        return program.Graph.Modules.SelectMany(module =>
            ListedFunction.In(
                module,
                node => node.Kind is NodeKind.CallExpression or NodeKind.NewExpression or NodeKind.TaggedTemplateExpression || others.Contains(node),
                function
            )
        );
    }
}
