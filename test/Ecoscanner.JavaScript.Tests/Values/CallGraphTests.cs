using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>The call graph says of each annotated call which functions it runs: all of them, and no others.</summary>
public sealed class CallGraphTests
{
    public static TheoryData<string> Cases => CallCasesTests.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_call_graph_has_what_is_annotated(string name)
    {
        var graph = CallCases.Graph(name);
        var calls = ProgramValues.Of(graph, cancellation: TestContext.Current.CancellationToken).Calls;
        Check(
            graph,
            (nodes, annotation) =>
            {
                var targets = nodes.SelectMany(node => calls.TargetsOf(node)).Distinct().ToList();
                var functions = targets
                    .Where(target => target.Function.Exists)
                    .Select(target => FunctionNames.Of(target.Function))
                    .Distinct(StringComparer.Ordinal)
                    .ToList();
                var missing = annotation
                    .Calls.Except(functions, StringComparer.Ordinal)
                    .Concat(annotation.Externals.Except(targets.Select(target => target.Path ?? ""), StringComparer.Ordinal));
                var extra = functions.Except(annotation.Calls, StringComparer.Ordinal).Except(annotation.May, StringComparer.Ordinal);
                return Difference("misses", missing)
                    + Difference("has", extra.Select(function => function.Length == 0 ? "a function without a name" : function));
            }
        );
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_call_graph_knows_where_it_is_complete(string name)
    {
        var graph = CallCases.Graph(name);
        var calls = ProgramValues.Of(graph, cancellation: TestContext.Current.CancellationToken).Calls;
        Check(
            graph,
            (nodes, annotation) =>
            {
                var isComplete = nodes.All(calls.IsComplete);
                return isComplete == !annotation.IsUnknown || annotation.MayBeUnknown ? ""
                    : isComplete ? " is said to be complete"
                    : " is said not to be complete";
            }
        );
    }

    private static void Check(ModuleGraph graph, Func<IReadOnlyList<Node>, CallAnnotation, string> difference)
    {
        var wrong =
            from module in graph.Modules
            where !module.IsJson
            let tree = module.Record!.Tree
            from annotation in CallAnnotation.In(tree.Source)
            let text = difference(CallCases.Select(tree, annotation), annotation)
            where text.Length > 0
            select $"{module.Path}:{annotation.Line}:{annotation.Column}{text}";
        var lines = wrong.ToList();
        Assert.True(lines.Count == 0, $"{lines.Count}\n{string.Join('\n', lines)}");
    }

    private static string Difference(string verb, IEnumerable<string> names) => names.ToList() is { Count: > 0 } all ? $" {verb} {string.Join(", ", all)}" : "";
}
