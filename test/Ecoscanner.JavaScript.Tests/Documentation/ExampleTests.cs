using System.Collections.Frozen;
using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Documentation;

/// <summary>The examples of docs/developing/javascript.md stand here too, and do what the page says.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void The_first_example_prints_what_is_wrong_and_what_is_called()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "import { a } from 'm';\nfunction b() {}\nb(a(1), c());\nlet x = ;\n");
        using var output = new StringWriter { NewLine = "\n" };
        SyntaxExample(path, output);
        File.Delete(path);
        Assert.Equal("4:9 expected an expression, found \";\"\n3:3 calls a\n3:1 calls b\n", output.ToString());
    }

    [Fact]
    public void The_second_example_prints_what_calls_run_and_what_taint_reaches()
    {
        var files = new MemoryFiles(
            new Dictionary<string, string>
            {
                ["index.js"] = "import { save } from './save';\nimport { read } from 'forms';\nsave(read());\nsave('a');\n",
                ["save.js"] = "import { query } from 'database';\nexport const save = (text) => query(`insert ${text}`);\n",
            }
        );
        using var output = new StringWriter { NewLine = "\n" };
        FlowExample(files, output);
        Assert.Equal(
            """
            3:1 runs save at save.js:2:21
            3:6 runs require("forms").read
            4:1 runs save at save.js:2:21
            2:31 runs require("database").query
            injection: read() at line 3 of index.js reaches require("database").query()

            """,
            output.ToString()
        );
    }

    [Fact]
    public void The_third_example_prints_who_removes_what_and_who_asks()
    {
        var files = new MemoryFiles([
            KeyValuePair.Create(
                "index.js",
                """
                export const open = (request) => remove(request.id);
                export const asks = (request) => {
                  if (mayEdit(request.id)) remove(request.id);
                };
                """
            ),
        ]);
        using var output = new StringWriter { NewLine = "\n" };
        ReachExample(files, output);
        Assert.Equal("line 1 removes request.id, unasked\nline 2 removes request.id, guarded by line 3\n", output.ToString());
    }

    [Theory]
    [InlineData(nameof(SyntaxExample))]
    [InlineData(nameof(FlowExample))]
    [InlineData(nameof(ReachExample))]
    public void The_page_has_the_examples_as_they_stand_here(string name)
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "test", "Ecoscanner.JavaScript.Tests", "Documentation", "ExampleTests.cs"));
        var method = source[source.IndexOf($"private static void {name}", StringComparison.Ordinal)..];
        var body = method[(method.IndexOf("    {\n", StringComparison.Ordinal) + 6)..method.IndexOf("\n    }\n", StringComparison.Ordinal)];
        var example = string.Join('\n', body.Split('\n').Select(line => line.Length > 8 ? line[8..] : line.Trim()));
        Assert.Contains($"```csharp\n{example}\n```", File.ReadAllText(Path.Combine(Repository.Root, "docs", "developing", "javascript.md")));
    }

    private static void SyntaxExample(string path, StringWriter output)
    {
        var tree = SyntaxTree.Parse(SourceText.Decode(File.ReadAllBytes(path), path));
        foreach (var diagnostic in tree.Diagnostics)
        {
            output.WriteLine($"{tree.Source.Lines.PositionOf(diagnostic.Span.Start)} {diagnostic.Message}");
        }

        var model = SemanticModel.Of(tree);
        for (var index = 1; index <= tree.NodeCount; index++)
        {
            if (tree.NodeAt(index) is { Kind: NodeKind.CallExpression } call && model.SymbolOf(call.Callee) is { Exists: true } callee)
            {
                output.WriteLine($"{tree.Source.Lines.PositionOf(call.Start)} calls {callee.Name}");
            }
        }
    }

    private static void FlowExample(IModuleFiles files, StringWriter output)
    {
        var program = ProgramValues.Of(ModuleGraph.Of(files));
        foreach (var call in program.Graph.Modules.SelectMany(module => program.Calls.Calls.Where(call => call.Tree == module.Record?.Tree)))
        {
            output.WriteLine($"{call.Tree.Source.Lines.PositionOf(call.Start)} runs {string.Join(", ", program.Calls.TargetsOf(call))}");
        }

        var rules = TaintRules.Parse("source require(\"forms\").read\nsink injection require(\"database\").query(0)");
        foreach (var finding in TaintAnalysis.Of(program, rules).Findings)
        {
            output.WriteLine($"{finding.Sink.Rule}: {finding.Message}");
        }
    }

    private static void ReachExample(IModuleFiles files, StringWriter output)
    {
        var graph = ModuleGraph.Of(files);
        var tree = graph.Modules[0].Record!.Tree;
        var entries = Enumerable.Range(1, tree.NodeCount).Select(tree.NodeAt).Where(node => node.Kind == NodeKind.ArrowFunctionExpression).ToFrozenSet();
        var program = ProgramValues.Of(graph, new() { EntriesOf = _ => entries.Select(entry => new EnteredFunction(entry, ["request"])) });
        var calls = program.Calls.Calls.ToLookup(call => program.Calls.TargetsOf(call).Select(target => target.Path).FirstOrDefault());
        var rules = new ReachRules
        {
            Entries = entries,
            Effects = [.. calls["remove"].Select(call => new ReachEffect(call, Subjects: [call.Arguments[0]], Details: []))],
            Answers = calls["mayEdit"].ToFrozenDictionary(call => call, call => ImmutableArray.Create(call.Arguments[0])),
            OriginOf = path => path.StartsWith("request.", StringComparison.Ordinal) ? path : null,
            IsGuard = condition =>
                condition.Outcome.MeansTruthy
                && condition
                    .Origins.Where(origin => origin.Name == "mayEdit")
                    .Any(answer => condition.Subjects.All(condition.SubjectOf(answer.Call).SequenceEqual)),
        };
        foreach (var reach in ReachAnalysis.Of(program, rules).Reaches)
        {
            var line = tree.Source.Lines.PositionOf(reach.Entry.Start).Line;
            var guards = string.Join(", ", reach.Guards.Select(guard => $"line {tree.Source.Lines.PositionOf(guard.Start).Line}"));
            output.WriteLine(
                $"line {line} removes {string.Join(", ", reach.Origins.Select(origin => origin.Name))}, {(reach.IsGuarded ? $"guarded by {guards}" : "unasked")}"
            );
        }
    }
}
