using System.Diagnostics;
using Ecoscanner.JavaScript.Tests.Conformance;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>The cases of the call graph are what they claim to be.</summary>
public sealed class CallCasesTests(ITestOutputHelper output)
{
    private const int FewestCalls = 800;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Cases => [.. CallCases.Names];

    [Fact]
    public void Annotations_tell_what_Node_does()
    {
        Assert.SkipWhen(Suites.FindPackage(Corpus.Package) is null, Suites.HowToInstall(Corpus.Package));
        var lines = Run().TrimEnd().Split('\n');
        Assert.True(lines.Length == 1, string.Join('\n', lines));
        output.WriteLine($"{lines[0]} calls");
        Assert.True(int.Parse(lines[0]) >= FewestCalls);
    }

    [Fact]
    public void There_are_many_annotated_calls()
    {
        var annotations = CallCases
            .Names.SelectMany(name => CallCases.Graph(name).Modules)
            .Where(module => !module.IsJson)
            .SelectMany(module => CallAnnotation.In(module.Record!.Tree.Source))
            .ToList();
        output.WriteLine($"{annotations.Count} calls, {annotations.Count(annotation => annotation.Not.Length > 0)} with what must not be called");
        Assert.True(annotations.Count >= FewestCalls);
        Assert.True(annotations.Count(annotation => annotation.Not.Length > 0) >= annotations.Count / 4);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_annotation_selects_a_call_and_each_name_is_of_one_function(string name)
    {
        var graph = CallCases.Graph(name);
        Assert.Empty(graph.Problems);
        var trees = graph.Modules.Where(module => !module.IsJson).Select(module => module.Record!.Tree).ToList();
        var names = trees.SelectMany(FunctionNames.FunctionsOf).Select(FunctionNames.Of).ToLookup(text => text, StringComparer.Ordinal);
        Assert.All(trees, tree => Assert.Empty(tree.Diagnostics));
        foreach (var tree in trees)
        {
            foreach (var annotation in CallAnnotation.In(tree.Source))
            {
                var place = $"{tree.Source.Path}:{annotation.Line}";
                Assert.True(CallCases.Select(tree, annotation).Count > 0, $"{place}: no call is selected");
                foreach (var function in annotation.Calls.Concat(annotation.May).Concat(annotation.Not))
                {
                    Assert.True(names[function].Count() == 1, $"{place}: {names[function].Count()} functions are called {function}");
                }
            }
        }
    }

    private static string Run()
    {
        using var node = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(Repository.Root, "test", "node", "call-traces.mjs"), CallCases.Folder])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = node.StandardError.ReadToEndAsync();
        var lines = node.StandardOutput.ReadToEndAsync();
        if (!node.WaitForExit(Patience))
        {
            node.Kill(entireProcessTree: true);
            Assert.Fail("node did not answer");
        }

        Assert.True(node.ExitCode == 0, errors.Result);
        return lines.Result;
    }
}
