using System.Text;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>Prints who calls whom: for people, for programs, and for Graphviz.</summary>
public static partial class CallPrinter
{
    private const int LongestText = 48;

    // Rules name functions by their paths, so that a path is of use only as a whole.
    private const int LongestPath = 200;

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
        var callers = calls.CallersOf(function.Node);
        var title = $"  {ListedFunction.TitleOf(function.Node)}";
        if (callers.IsEmpty)
        {
            text.Append(title).Append(function.IsFunction ? ", no call of it known\n" : "\n");
        }
        else
        {
            Print(text, title, ", called at ", "called at ", Some([.. callers.Select(caller => SourceWords.PlaceFrom(function.Node, caller))]));
        }

        foreach (var call in function.Nodes)
        {
            var begin = $"    {SourceWords.Place(call), -7} {SourceWords.Excerpt(call, LongestText)}";
            Print(text, begin, "  -> ", "-> ", TargetsOf(calls, call));
        }
    }

    // In one line, or a line for each.
    private static void Print(StringBuilder text, string begin, string before, string beforeEach, IReadOnlyList<string> words)
    {
        var fits = begin.Length + before.Length + words.Sum(word => word.Length + 2) <= SourceWords.LineWidth;
        text.Append(begin)
            .Append(fits ? $"{before}{string.Join(", ", words)}" : string.Concat(words.Select(word => $"\n              {beforeEach}{word}")))
            .Append('\n');
    }

    private static List<string> TargetsOf(CallGraph calls, Node call)
    {
        var targets = calls.TargetsOf(call);
        var isComplete = calls.IsComplete(call);
        return targets.IsEmpty
            ? [isComplete ? "nothing" : "unknown"]
            : [.. Some([.. targets.Select(target => WordsOf(call, target))]), .. isComplete ? Array.Empty<string>() : ["incomplete"]];
    }

    private static string WordsOf(Node call, CallTarget target) =>
        target.Path is { } path ? SourceWords.Shown(path, LongestPath)
        : target.Function.Exists ? $"{ListedFunction.NameOf(target.Function)} ({SourceWords.PlaceFrom(call, target.Function)})"
        : "a function of the language";

    private static IReadOnlyList<string> Some(IReadOnlyList<string> words) =>
        words.Count <= MaximumShown ? words : [.. words.Take(MaximumShown), $"{words.Count - MaximumShown} more"];

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
