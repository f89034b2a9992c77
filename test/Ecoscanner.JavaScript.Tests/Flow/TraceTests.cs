using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Functions that were made up run in Node, and what they did is a way through their graphs.</summary>
public sealed class TraceTests
{
    private const int RunsEach = 3;

    private static int Count => Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? 20_000 : 1_000;

    [Fact]
    public void What_Node_does_is_a_way_through_the_graph()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var functions = Enumerable.Range(0, Count).Select(_ => MadeUpFunction.Of(random)).ToList();
        var traces = Trace.Run(
            functions.Select(function => new
            {
                source = function.Source,
                kind = function.Kind,
                seeds = Enumerable.Range(0, RunsEach).Select(_ => random.Next()),
            })
        );
        Assert.Equal(functions.Count * RunsEach, traces.Count);
        var events = 0;
        for (var index = 0; index < functions.Count; index++)
        {
            var tree = SyntaxTree.Parse(functions[index].Source);
            Assert.True(tree.Diagnostics.Count == 0, functions[index].Source);
            var graph = ControlFlowGraph.Of(tree, tree.Root.BodyItems[0]);
            FlowRules.Check(graph);
            var path = new TracePath(graph);
            foreach (var trace in traces.Skip(index * RunsEach).Take(RunsEach))
            {
                events += trace.Events.Count;
                if (path.Wrong(trace.Events, trace.End) is { } wrong)
                {
                    var shown = string.Join(' ', trace.Events.Select(item => $"{item / 8}:{item % 8}"));
                    Assert.Fail($"seed {seed}: {wrong} is no way through\n{functions[index].Source}\n{shown} {trace.End}\n{FlowPrinter.Text(graph)}");
                }
            }
        }

        Assert.True(events > functions.Count * RunsEach, "hardly anything ran");
    }
}
