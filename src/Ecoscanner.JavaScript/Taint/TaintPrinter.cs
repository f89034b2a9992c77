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
            text.Append(
                CultureInfo.InvariantCulture,
                $"{SourceWords.FullPlace(proof.Call)} safe for {SourceWords.Shown(proof.Sink.Rule)}: {SourceWords.Shown(proof.ToString())}\n  {LineOf(proof.Call)}\n\n"
            );
        }

        foreach (var gap in analysis.Gaps)
        {
            text.Append(CultureInfo.InvariantCulture, $"gap: {SourceWords.Shown(gap)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{analysis.Findings.Length} findings, {analysis.Safe.Length} safe sinks, {analysis.Gaps.Length} gaps\n");
        return text.ToString();
    }

    private static void Print(StringBuilder text, TaintFinding finding)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{SourceWords.FullPlace(finding.Place)} {SourceWords.Shown(finding.Sink.Rule)}: {SourceWords.Shown(finding.Message)}\n"
        );
        var places = finding.Steps.Select(step => SourceWords.FullPlace(step.Node)).ToList();
        var words = finding.Steps.Select((step, index) => WordsOf(finding, index)).ToList();
        var (widthOfPlaces, widthOfWords) = (places.Max(place => place.Length), words.Max(word => word.Length));
        for (var index = 0; index < places.Count; index++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {places[index].PadRight(widthOfPlaces)}  {words[index].PadRight(widthOfWords)}  {LineOf(finding.Steps[index].Node)}\n"
            );
        }

        text.Append('\n');
    }

    private static string WordsOf(TaintFinding finding, int index)
    {
        var step = finding.Steps[index];
        return index == finding.Steps.Length - 1
            ? "gets here"
            : step.Kind switch
            {
                TaintStepKind.Source => "comes from",
                TaintStepKind.Flow => "goes on",
                TaintStepKind.Call => finding.Sink.IsEffect ? "calls" : "is handed to",
                TaintStepKind.Return => "comes back",
                TaintStepKind.Member => "is a member",
                TaintStepKind.Holds => "if true",
                TaintStepKind.Fails => "if false",
                _ => "begins",
            };
    }

    // The line of the source, or the part of it around the place.
    private static string LineOf(Node node)
    {
        var source = node.Tree.Source;
        var position = source.Lines.PositionOf(node.Start);
        var end = position.Line < source.Lines.Count ? source.Lines.StartOf(position.Line + 1) : source.Length;
        var start = source.Lines.StartOf(position.Line);
        var line = source.Content.AsSpan(start, end - start).TrimEnd();
        var blank = line.Length - line.TrimStart().Length;
        var from = line.Length - blank <= LongestText ? blank : Math.Max(blank, position.Column - 1 - ShownBefore);
        return $"{(from > blank ? "…" : "")}{SourceWords.Line(line[Math.Min(from, line.Length)..], LongestText)}";
    }
}
