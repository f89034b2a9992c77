using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Prints what an analysis found and how it came there, and why other sinks are safe: for people, for programs, and for Graphviz.</summary>
public static partial class TaintPrinter
{
    private const int LongestText = 60;

    // Before the column of a step, in a line that is longer than what is shown.
    private const int ShownBefore = 20;

    /// <summary>Each finding with its steps, then what was given up and how much there is.</summary>
    /// <param name="showsSafe">Whether the sinks that are safe are printed too, each with the reason.</param>
    public static string Text(TaintAnalysis analysis, bool showsSafe = false)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var text = new StringBuilder();
        foreach (var finding in analysis.Findings)
        {
            Print(text, finding);
        }

        foreach (var proof in showsSafe ? analysis.Safe : [])
        {
            Print(text, proof);
        }

        foreach (var gap in analysis.Gaps)
        {
            text.Append(CultureInfo.InvariantCulture, $"gap: {SourceWords.Shown(gap)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"findings: {analysis.Findings.Length}, safe sinks: {analysis.Safe.Length}, gaps: {analysis.Gaps.Length}\n");
        return text.ToString();
    }

    private static void Print(StringBuilder text, TaintFinding finding)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{SourceWords.FullPlace(finding.Place)} {SourceWords.Shown(finding.Sink.Rule)}: {SourceWords.Shown(finding.Message)}\n"
        );
        Print(text, StepsOf(finding));
    }

    private static void Print(StringBuilder text, TaintProof proof)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{SourceWords.FullPlace(proof.Call)} safe for {SourceWords.Shown(proof.Sink.Rule)}: {SourceWords.Shown(proof.ToString())}\n"
        );
        var by = proof.By.Select(node => new PrintedStep(
            SourceWords.FullPlace(node),
            proof.Reason == TaintSafety.Sanitized ? "is sanitized" : "is checked",
            LineOf(node),
            false
        ));
        Print(text, [.. by, new(SourceWords.FullPlace(proof.Call), "is safe", LineOf(proof.Call), true)]);
    }

    private static void Print(StringBuilder text, List<PrintedStep> steps)
    {
        var (widthOfPlaces, widthOfWords) = (steps.Max(step => step.Place.Length), steps.Max(step => step.Words.Length));
        foreach (var step in steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {step.Place.PadRight(widthOfPlaces)}  {step.Words.PadRight(widthOfWords)}  {step.Line}\n");
        }

        text.Append('\n');
    }

    // Steps within one expression say the same to a person, and so they stand there once; where a module is only what variables belong to, it is no step.
    private static List<PrintedStep> StepsOf(TaintFinding finding)
    {
        var steps = new List<PrintedStep>();
        for (var index = 0; index < finding.Steps.Length; index++)
        {
            var (node, kind) = (finding.Steps[index].Node, finding.Steps[index].Kind);
            var isLast = index == finding.Steps.Length - 1;
            var step = new PrintedStep(SourceWords.FullPlace(node), isLast ? "gets here" : WordsOf(finding, kind), LineOf(node), isLast);
            if ((node.Kind != NodeKind.Program || kind == TaintStepKind.Entry || isLast) && (steps.Count == 0 || steps[^1] != step))
            {
                steps.Add(step);
            }
        }

        return steps;
    }

    private static string WordsOf(TaintFinding finding, TaintStepKind kind) =>
        kind switch
        {
            TaintStepKind.Source => "comes from",
            TaintStepKind.Flow => "goes on",
            TaintStepKind.Call => finding.Sink.IsEffect ? "calls" : "is handed to",
            TaintStepKind.Return => "comes back",
            TaintStepKind.Member => "is kept",
            TaintStepKind.Holds => "if true",
            TaintStepKind.Fails => "if false",
            TaintStepKind.Entry => "begins",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    // The line of the source, or the part of it around the place.
    private static string LineOf(Node node)
    {
        if (node.Kind == NodeKind.Program)
        {
            return "the module";
        }

        var source = node.Tree.Source;
        var position = source.Lines.PositionOf(node.Start);
        var end = position.Line < source.Lines.Count ? source.Lines.StartOf(position.Line + 1) : source.Length;
        var start = source.Lines.StartOf(position.Line);
        var line = source.Content.AsSpan(start, end - start).TrimEnd();
        var blank = line.Length - line.TrimStart().Length;
        var from = line.Length - blank <= LongestText ? blank : Math.Max(blank, position.Column - 1 - ShownBefore);
        return $"{(from > blank ? "…" : "")}{SourceWords.Line(line[Math.Min(from, line.Length)..], LongestText)}";
    }

    private readonly record struct PrintedStep(string Place, string Words, string Line, bool IsSink);
}
