using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Tests.Conformance;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>The cases of the taint analysis are true, many, and half of them safe.</summary>
public sealed class TaintCasesTests(ITestOutputHelper output)
{
    private const int FewestCases = 900;
    private const int FewestGuardCases = 300;
    private const int FewestCarets = 40;

    // Their loops ask maybe() for ever.
    private static readonly string[] EndlesslyAsking = ["branches.js afterWhile", "branches.js afterWhileSafe", "guard-values.js wholeObject"];

    [Fact]
    public void Annotations_tell_what_Node_does()
    {
        Assert.SkipWhen(Suites.FindPackage("typescript") is null, Suites.HowToInstall("typescript"));
        var runs = CaseRuns.Of(TaintCases.Folder);
        output.WriteLine($"{runs.Cases.Count} cases, {runs.Runs} runs");
        Assert.Equal(TaintCases.All.SelectMany(file => file.Cases.Select(name => $"{file.Name} {name}")).Order(), runs.Cases.Order());
        Assert.Equal(EndlesslyAsking, runs.Cut);
        Assert.Empty(TaintCases.All.SelectMany(runs.Contradictions));

        // Else nothing would be proven.
        var opposite = TaintCases.All.Select(Opposite).ToList();
        Assert.Equal(opposite.Sum(file => file.Annotations.Length), opposite.Sum(file => runs.Contradictions(file).Count()));
    }

    [Fact]
    public void There_are_many_and_half_of_them_are_safe()
    {
        var all = TaintCases.All.SelectMany(file => file.Cases.Select(name => (file, name))).ToList();
        var guards = all.Count(@case => @case.file.Name.StartsWith("guard", StringComparison.Ordinal));
        var safe = all.Count(@case => @case.name.EndsWith(TaintCases.SafeSuffix, StringComparison.Ordinal));
        output.WriteLine($"{all.Count} cases, {safe} of them safe, {guards} about guards");
        Assert.True(all.Count >= FewestCases);
        Assert.True(guards >= FewestGuardCases);
        Assert.Equal(all.Count, safe * 2);
    }

    [Fact]
    public void Behind_each_flawed_case_stands_its_safe_twin()
    {
        foreach (var file in TaintCases.All)
        {
            foreach (var pair in file.Cases.Chunk(2))
            {
                Assert.Equal($"{file} {pair[0]}{TaintCases.SafeSuffix}", $"{file} {pair[^1]}");
            }

            foreach (var @case in file.Annotations.Where(annotation => annotation.Case is not null).GroupBy(annotation => annotation.Case!))
            {
                var isFlawed = @case.Any(annotation => annotation.IsFinding);
                Assert.True(isFlawed != @case.Key.EndsWith(TaintCases.SafeSuffix, StringComparison.Ordinal), $"{file} {@case.Key}");
            }
        }
    }

    [Fact]
    public void Files_are_read_without_errors_and_carets_stand_under_arguments()
    {
        foreach (var file in TaintCases.All)
        {
            var tree = SyntaxTree.Parse(new SourceText(file.Text, file.Name), ParseOptions.For(file.Name));
            Assert.True(tree.Diagnostics.Count == 0, file.Name);
            Assert.True(SemanticModel.Of(tree).Diagnostics.Count == 0, file.Name);
            var arguments = Enumerable
                .Range(1, tree.NodeCount)
                .Select(tree.NodeAt)
                .Where(node => node.Kind == NodeKind.CallExpression && node.Arguments.Count == 1)
                .Select(node => node.Arguments[0].Span)
                .ToHashSet();
            foreach (var annotation in file.Annotations.Where(annotation => annotation.Column is not null))
            {
                var start = tree.Source.Lines.StartOf(annotation.Line) + annotation.Column!.Value - 1;
                var span = new TextSpan(start, start + annotation.Length);
                Assert.True(arguments.Contains(span), $"{file}:{annotation.Line} has carets under {file.Text.Substring(span.Start, span.Length)}");
            }
        }

        Assert.True(TaintCases.All.Sum(file => file.Annotations.Count(annotation => annotation.Column is not null)) >= FewestCarets);
    }

    [Fact]
    public void Modules_of_cases_lead_to_each_other()
    {
        var graph = ModuleGraph.Of(new FolderFiles(TaintCases.Folder));
        Assert.Empty(graph.Problems);
        Assert.Equal(
            TaintCases.All.Select(file => file.Name),
            graph.Modules.Select(module => module.Path).Where(path => !path.EndsWith(".d.ts", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
        var leadingNowhere = graph.Unresolved.Select(request => request.Target.Request.Specifier).Where(specifier => specifier?.StartsWith('.') != false);
        Assert.Empty(leadingNowhere);
    }

    [Fact]
    public void Each_reason_occurs()
    {
        var reasons = TaintCases.All.SelectMany(file => file.Annotations).Select(annotation => annotation.Reason).OfType<string>().CountBy(reason => reason);
        output.WriteLine(string.Join(", ", reasons.Select(reason => $"{reason.Key} {reason.Value}")));
        Assert.Equal(TaintAnnotation.Reasons.Order(), reasons.Select(reason => reason.Key).Order());
    }

    [Fact]
    public void An_annotation_is_read()
    {
        var text = "export function a() {\n  sink(b); // finding: taint may {{source() at line @-1}}\n  //   ^\n  sensitive(b); // safe: guarded\n}";
        var file = TaintCases.Read("a.js", text);
        Assert.Equal(["a"], file.Cases);
        Assert.Equal(
            [
                new TaintAnnotation(2, "a", TaintRule.Taint, true, true, null, "source() at line 1", 8, 1),
                new TaintAnnotation(4, "a", TaintRule.Unguarded, false, false, "guarded", null, null, 0),
            ],
            file.Annotations
        );
        Assert.Equal([1], file.Annotations[0].LinesOfMessage);
    }

    [Fact]
    public void What_is_reported_is_compared_with_annotations()
    {
        var text = "sink(source()); // finding: taint {{line 1}}\n//   ^^^^^^^^\nsink(1); // safe: constant\nlog();";
        var file = TaintCases.Read("a.js", text);
        var right = new ReportedFinding(1, 6, 8, TaintRule.Taint, false, "source() at line 1 reaches sink()");
        Assert.Empty(ReportedFinding.Differences(file, [right]));
        Assert.Single(ReportedFinding.Differences(file, []));
        Assert.Single(ReportedFinding.Differences(file, [right, right with { Line = 3 }]));
        Assert.Single(ReportedFinding.Differences(file, [right, right with { Line = 4 }]));
        Assert.Single(ReportedFinding.Differences(file, [right with { IsMay = true }]));
        Assert.Single(ReportedFinding.Differences(file, [right with { Message = "it is so" }]));
        Assert.Single(ReportedFinding.Differences(file, [right with { Column = 1 }]));
        Assert.Equal(2, ReportedFinding.Differences(file, [right with { Rule = TaintRule.Unguarded }]).Count());
    }

    [Theory]
    [InlineData("sink(a);")]
    [InlineData("sink(a); // finding")]
    [InlineData("sink(a); // finding: unguarded")]
    [InlineData("sensitive(a); // finding: taint")]
    [InlineData("sink(a); // safe: because")]
    [InlineData("log(a); // safe: constant")]
    public void An_annotation_that_is_wrong_is_refused(string line) => Assert.Throws<FormatException>(() => TaintCases.Read("a.js", line));

    private static TaintCases Opposite(TaintCases cases) =>
        cases with
        {
            Annotations =
            [
                .. cases.Annotations.Select(annotation =>
                    annotation.IsFinding ? annotation with { IsFinding = false, Reason = "constant" }
                    : annotation.Reason == TaintAnnotation.Unreachable ? annotation with { Reason = "constant" }
                    : annotation with { IsFinding = true, Reason = null }
                ),
            ],
        };
}
