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

    // What the analysis says otherwise than it is, and why. All but the last are false alarms.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["aliases.js copiedBeforeSafe"] = "members are joined over time",
        ["objects.js overwrittenFieldSafe"] = "members are joined over time",
        ["objects.js memberSafe"] = "members are joined over time",
        ["destructuring.js spreadOverSafe"] = "members are joined over time",
        ["prototypes.js prototypeFieldSafe"] = "members are joined over time",
        ["prototypes.js chainedSafe"] = "what is assigned to a prototype may not be there yet, so that what it inherits from holds",
        ["destructuring.js restOfArraySafe"] = "the items of a rest are not told apart",
        ["locals.js assignedInExpressionSafe"] = "that a text is truthy is not known",
        ["locals.js logicalAssignmentSafe"] = "that a text is truthy is not known",
        ["functions.js defaultParameterSafe"] = "a default is taken to be taken",
        ["closures.js neverCalledSafe"] = "what nothing calls is taken to be called from outside",
        ["callbacks.js listOfFunctionsSafe"] = "the order of a list's items is not followed",
        ["callbacks.js replacerSafe"] = "all that a method of something tainted hands over is tainted",
        ["strings.js matchedAllSafe"] = "all members of something tainted are tainted",
        ["exceptions.js writtenBeforeThrowSafe"] = "an exception may leave a block anywhere",
        ["exceptions.js finallyReturnsSafe"] = "that a finally replaces what is returned is not followed",
        ["guard-callers.js capturedAnswerSafe"] = "a variable that several functions write is not followed",
        ["guard-classes.js setterSafe"] = "a member may be a setter or hold a value",
        ["guard-helpers.js middlewaresSafe"] = "that each item of a list is called is not known",
        ["guard-permissions.js filteredListSafe"] = "the items of a filtered list have no name in the callers",
        ["guard-permissions.js generatorSafe"] = "what a generator is given back is not followed",
        ["guard-promises.js someByPromiseSafe"] = "answers in a list are not followed",
        ["strings.js decodedAgain"] = "what a sanitizer made harmless stays so",
    };

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
            var differences = ReportedFinding.Differences(file, findings).ToList();
            var known = Known.Keys.Where(@case => @case.StartsWith($"{file.Name} ", StringComparison.Ordinal)).ToList();
            wrong.AddRange(differences.Where(difference => !known.Exists(@case => IsOf(difference, @case))));
            wrong.AddRange(known.Where(@case => !differences.Exists(difference => IsOf(difference, @case))).Select(@case => $"{@case} is right by now"));
            wrong.AddRange(
                file.Annotations.Where(annotation => !annotation.IsFinding && !Known.ContainsKey($"{file.Name} {annotation.Case}") && !findings.Any(finding => finding.Line == annotation.Line))
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

    // A difference begins with the file, the line and the case.
    private static bool IsOf(string difference, string @case) =>
        @case.Split(' ') is [var file, var name]
        && difference.StartsWith($"{file}:", StringComparison.Ordinal)
        && difference.Contains($" {name}: ", StringComparison.Ordinal);

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
