using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>What the analysis finds in the cases is what they say, and it has a reason for each sink that is safe.</summary>
public sealed class TaintAnalysisTests(ITestOutputHelper output)
{
    /// <summary>What the cases use, as <c>Cases/README.md</c> tells it.</summary>
    public const string Rules = """
        source source
        source sourceObject
        sink taint sink(0)
        sanitizer sanitize
        sanitizer encodeURIComponent
        guard taint isSafe(0) true
        guard taint assertSafe(0) returns
        effect unguarded sensitive(0)
        guard unguarded isAllowed(1) true
        guard unguarded checkAllowed(0) resolves-true
        guard unguarded requireAllowed(0) returns
        guard unguarded ensureAllowed(0) resolves
        """;

    public static TheoryData<string> Entries => [.. TaintCases.All.Where(file => file.Cases.Length > 0).Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Entries))]
    public void The_analysis_finds_what_is_annotated(string name)
    {
        var graph = ModuleGraph.From(new FolderFiles(TaintCases.Folder), [name], cancellation: TestContext.Current.CancellationToken);
        var program = ProgramValues.Of(graph, cancellation: TestContext.Current.CancellationToken);
        var analysis = TaintAnalysis.Of(program, TaintRules.Parse(Rules));
        var wrong = new List<string>();
        foreach (var file in TaintCases.All.Where(file => graph.ModuleAt(file.Name) is not null))
        {
            var findings = analysis.Findings.Where(finding => finding.Call.Tree.Source.Path == file.Name).Select(Reported).ToList();
            wrong.AddRange(ReportedFinding.Differences(file, findings));
            wrong.AddRange(
                file.Annotations.Where(annotation => !annotation.IsFinding && !findings.Any(finding => finding.Line == annotation.Line))
                    .Where(annotation => Proof(analysis, file, annotation) is null)
                    .Select(annotation => $"{file.Name}:{annotation.Line} {annotation.Case}: safe, but nobody says why")
            );
            foreach (var annotation in file.Annotations.Where(annotation => !annotation.IsFinding))
            {
                output.WriteLine($"{file.Name}:{annotation.Line} {annotation.Reason}: {Proof(analysis, file, annotation)}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}\n{string.Join('\n', wrong)}");
    }

    private static TaintProof? Proof(TaintAnalysis analysis, TaintCases file, TaintAnnotation annotation) =>
        analysis.Safe.FirstOrDefault(proof =>
            proof.Call.Tree.Source.Path == file.Name && proof.Call.Tree.Source.Lines.PositionOf(proof.Call.Start).Line == annotation.Line
        );

    private static ReportedFinding Reported(TaintFinding finding)
    {
        var position = finding.Place.Tree.Source.Lines.PositionOf(finding.Place.Start);
        var line = finding.Call.Tree.Source.Lines.PositionOf(finding.Call.Start).Line;
        var rule = finding.Sink.Rule == "taint" ? TaintRule.Taint : TaintRule.Unguarded;
        return new(line, position.Column, finding.Place.End - finding.Place.Start, rule, finding.IsMay, finding.Message);
    }
}
