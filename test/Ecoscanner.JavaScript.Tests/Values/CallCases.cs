using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>
/// The cases of the call graph: programs in <c>Calls</c> that run in Node, and say in comments which functions are called where. A file is a case; so is a
/// folder, which is run by its file <c>main</c>.
/// </summary>
/// <remarks>
/// <code>
/// run(second);            // calls: run; not: second
/// table[name()]();        // calls: add, remove; unrun: remove
/// //    ^^^^^^            calls: name
/// </code>
/// <para><b>Which call.</b> Without carets, of the calls, <c>new</c> and tagged templates that begin on the line the one that all others are in; where there is
/// none such, carets are needed. Carets stand below what runs functions, from its first character to its last, or to the end of the line where it goes on: a
/// call, an element, a member that is read, a binding in a pattern, a pattern of an array, an assignment (which runs the setter), a spread, a decorator, an operator, a template,
/// <c>await</c>, <c>yield*</c>. Of a <c>for-of</c> it is the word <c>for</c>. They may have lists of their own, or be those of the comment above.</para>
/// <para><b>Which functions.</b> The lists are exact. <c>calls</c>: what is called there, and all of it does run. <c>may</c>: what an analysis may say although
/// it never runs, as it sees neither the order of writes to a variable that several functions share or to a member, nor the places within a list, nor more than
/// one level of callers. <c>not</c>: what must not be said, with which a reader sees what a case is about; it adds nothing, as nothing else may be said anyway.
/// <c>unrun</c>: those of <c>calls</c> that may run and by chance or by design don't. <c>nothing</c> is no function at all; <c>unknown</c> means that the
/// call graph has to say that it is not complete, which it must not say elsewhere; <c>external PATH</c> is something of Node's or of the language, named only
/// where the case is about that. Built-ins themselves are not named, but what they call back is.</para>
/// <para><b>Names.</b> A comment <c>/* name */</c> right before the function; else its own name; <c>Class.method</c>, <c>Class.get x</c>,
/// <c>Class.static m</c>, <c>Class.constructor</c>, also where that is implied; the same for functions in object literals, as in <c>box.open</c>, where the
/// literal is given to something; <c>Key[Symbol.iterator]</c> for names that are worked out, with what is written between the brackets; else what it is assigned
/// to, as it is written, or <c>default</c>. A name that is used means one function of the case.</para>
/// </remarks>
internal static class CallCases
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "test", "Ecoscanner.JavaScript.Tests", "Values", "Calls");

    /// <summary>The files and folders, by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [.. Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static ModuleGraph Graph(string name)
    {
        var path = Path.Combine(Folder, name);
        return Directory.Exists(path)
            ? ModuleGraph.From(new FolderFiles(path), [Path.GetFileName(Directory.EnumerateFiles(path, "main.*").Single())])
            : ModuleGraph.From(new FolderFiles(Folder), [name]);
    }

    /// <summary>The nodes that an annotation is about: all with that span, what it reads before it writes it, and what takes the items of a pattern.</summary>
    public static IReadOnlyList<Node> Select(SyntaxTree tree, CallAnnotation annotation)
    {
        var nodes = Enumerable.Range(1, tree.NodeCount).Select(tree.NodeAt);
        if (annotation.Column == 0)
        {
            var calls = nodes
                .Where(node => IsCall(node) && LineOf(node) == annotation.Line)
                .OrderBy(node => node.Start)
                .ThenByDescending(node => node.End)
                .ToList();
            return calls.Count > 0 && calls.TrueForAll(call => call.End <= calls[0].End) ? [calls[0]] : [];
        }

        var start = tree.Source.Lines.StartOf(annotation.Line) + annotation.Column - 1;
        var selected = nodes.Where(node => node.Start == start && EndsAt(node, start + annotation.Length)).ToList();
        return [.. selected, .. selected.SelectMany(Parts)];
    }

    private static IEnumerable<Node> Parts(Node node) =>
        node.Kind switch
        {
            NodeKind.AssignmentExpression when node.Operator != TokenKind.Equals => [node.Left],
            NodeKind.UpdateExpression => [node.Argument],
            NodeKind.ArrayPattern => node.Elements.Where(element => element.Exists),
            _ => [],
        };

    private static bool EndsAt(Node node, int end) =>
        node.Kind switch
        {
            NodeKind.ExpressionStatement => false,
            NodeKind.ForOfStatement => end - node.Start == "for".Length,
            _ => node.End == end || (LineOf(node) != node.Tree.Source.Lines.PositionOf(node.End).Line && end == EndOfCode(node.Tree.Source, LineOf(node))),
        };

    private static int EndOfCode(SourceText source, int line)
    {
        var start = source.Lines.StartOf(line);
        var text = source.Content[start..(source.Lines.StartOf(line + 1) - 1)];
        var comment = text.IndexOf("//", StringComparison.Ordinal);
        return start + (comment < 0 ? text : text[..comment]).TrimEnd().Length;
    }

    private static bool IsCall(Node node) => node.Kind is NodeKind.CallExpression or NodeKind.NewExpression or NodeKind.TaggedTemplateExpression;

    private static int LineOf(Node node) => node.Tree.Source.Lines.PositionOf(node.Start).Line;
}
