using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>
/// A small world to ask who reaches what in. Each exported function is an entry and is handed a <c>request</c>. <c>act(what, detail)</c> is an effect; <c>source()</c> gives
/// something; <c>mayEdit(what)</c> and, as a promise, <c>mayEditSoon(what)</c> are true where it is allowed; <c>demand(what)</c> throws, and <c>demandSoon(what)</c> rejects,
/// where it is not; <c>look(what)</c> gives something that says it in a way that nobody knows.
/// </summary>
internal sealed partial record ReachWorld(ProgramValues Program, ReachAnalysis Analysis)
{
    private static readonly string[] Answers = ["source", "mayEdit", "mayEditSoon", "demand", "demandSoon", "look"];

    public static ReachWorld Of(string source) => Of([KeyValuePair.Create("main.js", source)]);

    public static ReachWorld Of(IReadOnlyList<KeyValuePair<string, string>> files)
    {
        var graph = ModuleGraph.From(new MemoryFiles(files), files.Select(file => file.Key), cancellation: TestContext.Current.CancellationToken);
        var entries = EntriesOf(graph).ToFrozenSet();
        var program = ProgramValues.Of(
            graph,
            new() { EntriesOf = _ => entries.Select(entry => new EnteredFunction(entry, ["request"])) },
            TestContext.Current.CancellationToken
        );
        return new(program, ReachAnalysis.Of(program, RulesOf(program, entries), TestContext.Current.CancellationToken));
    }

    /// <summary>The calls of a function from outside, in the order of the source.</summary>
    public static IEnumerable<Node> CallsOf(ProgramValues program, params string[] paths) =>
        program
            .Calls.Calls.Where(call => call.Exists && call.Kind == NodeKind.CallExpression)
            .Where(call => program.Calls.TargetsOf(call).Any(target => target.Path is { } path && paths.Contains(path)))
            .OrderBy(call => call.Tree.Source.Path, StringComparer.Ordinal)
            .ThenBy(call => call.Start);

    /// <summary>The functions that modules export, by how they are written.</summary>
    public static IEnumerable<Node> EntriesOf(ModuleGraph graph) =>
        from module in graph.Modules
        where module.Record is not null
        let tree = module.Record!.Tree
        from index in Enumerable.Range(1, tree.NodeCount)
        let node = tree.NodeAt(index)
        where IsExported(node)
        select node;

    /// <summary>A reach in a line: the entry, what it acts upon, and whether a guard decides.</summary>
    public static string Told(Reach reach)
    {
        var subjects = string.Join("; ", reach.Subjects.Select(subject => Names(subject)));
        return $"{NameOf(reach.Entry)}: {reach.Effect.Call.Callee.Text}({subjects}) {(reach.IsGuarded ? "guarded" : "open")}{(reach.IsReturned ? " returned" : "")}";
    }

    public static string Names(IEnumerable<Origin> origins) =>
        string.Join(", ", origins.Select(origin => origin.Name).Distinct().Order(StringComparer.Ordinal));

    public string Told() => string.Join('\n', Analysis.Reaches.Select(Told));

    public static string NameOf(Node function)
    {
        var parent = function.Tree.ParentOf(function);
        return function.Kind == NodeKind.FunctionDeclaration ? function.Id.Name
            : parent.Kind == NodeKind.VariableDeclarator ? parent.Id.Name
            : "?";
    }

    private static ReachRules RulesOf(ProgramValues program, FrozenSet<Node> entries) =>
        new()
        {
            Entries = entries,
            Effects = [.. CallsOf(program, "act").Select(call => new ReachEffect(call, [.. call.Arguments.Take(1)], [.. call.Arguments.Skip(1)]))],
            Answers = CallsOf(program, Answers).Distinct().ToFrozenDictionary(call => call, call => ImmutableArray.CreateRange<Node>(call.Arguments)),
            // What is called is no member, but something of what it is called on.
            OriginOf = path => Member().IsMatch(path) ? path : null,
            IsGuard = IsGuard,
        };

    private static bool IsGuard(ReachCondition condition) =>
        condition.Outcome.Kind == OutcomeKind.Any
            ? condition.Values.Any(value => value.Path == "demand()" || (value.Path == "demandSoon()" && condition.IsAwaited))
                && IsAbout(condition, condition.Expression)
            : condition.Origins.Any(origin => origin.Call.Exists && IsYes(condition, origin.Name) && IsAbout(condition, origin.Call));

    private static bool IsYes(ReachCondition condition, string name)
    {
        var isTrue = condition.Outcome.MeansTruthy || condition.Outcome.Kind == OutcomeKind.NotFalse;
        return name switch
        {
            "mayEdit" => isTrue,
            "mayEditSoon" => isTrue && condition.IsAwaited,
            // That there was an answer says nothing.
            "look" => (!condition.IsStrict || isTrue) && !condition.Values.Any(value => value.Path == "look()"),
            _ => false,
        };
    }

    // Each thing that is acted upon is one that the answer is about.
    private static bool IsAbout(ReachCondition condition, Node answer)
    {
        var about = condition.SubjectOf(answer).Select(origin => origin.Name).ToHashSet();
        return condition.Subjects.All(subject => subject.All(origin => about.Contains(origin.Name)));
    }

    private static bool IsExported(Node node)
    {
        var parent = node.Tree.ParentOf(node);
        return node.Kind switch
        {
            NodeKind.FunctionDeclaration => parent.Kind is NodeKind.ExportNamedDeclaration or NodeKind.ExportDefaultDeclaration,
            NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression => parent.Kind switch
            {
                NodeKind.VariableDeclarator => node.Tree.ParentOf(node.Tree.ParentOf(parent)).Kind == NodeKind.ExportNamedDeclaration,
                NodeKind.AssignmentExpression => parent.Left.Text.StartsWith("exports.", StringComparison.Ordinal),
                _ => false,
            },
            _ => false,
        };
    }

    [GeneratedRegex(@"^request(\.\w+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Member();
}
