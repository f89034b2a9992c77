using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Findings and proofs in words.</summary>
internal static class TaintWords
{
    private const int LongestText = 60;
    private const int MostSources = 4;

    public static string Of(TaintFinding finding)
    {
        var sink = Shortened(finding.Sink.Path);
        var verb =
            finding.IsMay ? "may reach"
            : finding.Sources.Length > 1 ? "reach"
            : "reaches";
        if (finding.Sink.IsEffect)
        {
            var way = string.Join(
                ", ",
                finding.Steps.Where(step => step.Kind is TaintStepKind.Entry or TaintStepKind.Call).Select(step => $"line {LineOf(step.Node)}")
            );
            return $"{sink}() {(finding.IsMay ? "may be reached" : "is reached")} without a guard{(way.Length > 0 ? $", from {way}" : "")}";
        }

        var sources = string.Join(
            ", ",
            finding.Sources.Take(MostSources).Select(source => $"{SourceOf(source)} at line {LineOf(source)}{FileOf(source, finding.Call)}")
        );
        var more = finding.Sources.Length > MostSources ? $" and {finding.Sources.Length - MostSources} more" : "";
        return $"{sources}{more} {verb} {sink}()";
    }

    public static string Of(TaintProof proof)
    {
        var by = string.Join(", ", proof.By.Select(node => $"{TextOf(node)} at line {LineOf(node)}"));
        return proof.Reason switch
        {
            TaintSafety.Constant => "only constants get there",
            TaintSafety.Sanitized => $"what gets there is sanitized by {by}",
            TaintSafety.Guarded => by.Length > 0 ? $"each way there passes a guard: {by}" : "each way there passes a guard",
            TaintSafety.Unreachable => "no way leads there",
            _ => "nothing tainted gets there",
        };
    }

    // Only where it is another one.
    private static string FileOf(Node node, Node sink) => node.Tree == sink.Tree ? "" : $" of {node.Tree.Source.Path}";

    private static string SourceOf(Node source) => source.Kind == NodeKind.CallExpression ? $"{TextOf(source.Callee)}()" : TextOf(source);

    private static int LineOf(Node node) => node.Tree.Source.Lines.PositionOf(node.Start).Line;

    private static string TextOf(Node node) => Shortened(node.Text.ToString().ReplaceLineEndings(" "));

    private static string Shortened(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";
}
