using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <remarks>JSON, and DOT for Graphviz.</remarks>
public static partial class TaintPrinter
{
    /// <summary>Writes an object with <c>findings</c>, each with its <c>steps</c>, <c>safe</c> and <c>gaps</c>.</summary>
    public static void WriteJson(TaintAnalysis analysis, Stream output, bool showsSafe = false)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(output);
        var json = new JsonText(output);
        json.BeginObject();
        json.Name("findings"u8);
        json.BeginArray();
        foreach (var finding in analysis.Findings)
        {
            Write(json, finding);
        }

        json.EndArray();
        if (showsSafe)
        {
            json.Name("safe"u8);
            json.BeginArray();
            foreach (var proof in analysis.Safe)
            {
                json.BeginObject();
                SourceWords.Write(json, "rule"u8, proof.Sink.Rule);
                SourceWords.Write(json, "sink"u8, proof.Sink.Path);
                SourceWords.WritePlace(json, proof.Call);
                SourceWords.Write(json, "reason"u8, proof.Reason.ToString());
                SourceWords.Write(json, "message"u8, proof.ToString());
                WritePlaces(json, "by"u8, proof.By);
                json.EndObject();
            }

            json.EndArray();
        }

        json.Name("gaps"u8);
        json.BeginArray();
        foreach (var gap in analysis.Gaps)
        {
            json.String(gap);
        }

        json.EndArray();
        json.EndObject();
        json.Finish();
    }

    /// <summary>A directed graph in Graphviz's language: the steps to each sink, in red, as a chain; what several have in common is there once.</summary>
    public static string Dot(TaintAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var numbers = new Dictionary<(string Place, string Line), int>();
        var sinks = analysis.Findings.SelectMany(StepsOf).Where(step => step.IsSink).Select(step => (step.Place, step.Line)).ToHashSet();
        var nodes = new StringBuilder();
        var edges = new List<string>();
        foreach (var steps in analysis.Findings.Select(StepsOf))
        {
            for (var index = 0; index < steps.Count; index++)
            {
                var to = NumberOf((steps[index].Place, steps[index].Line));
                if (index > 0)
                {
                    edges.Add($"  n{NumberOf((steps[index - 1].Place, steps[index - 1].Line))} -> n{to} [label={SourceWords.Label(steps[index].Words)}];\n");
                }
            }
        }

        return $"digraph taint {{\n  node [shape=box];\n{nodes}{string.Concat(edges.Distinct(StringComparer.Ordinal))}}}\n";

        int NumberOf((string Place, string Line) step)
        {
            if (!numbers.TryGetValue(step, out var number))
            {
                number = numbers.Count;
                numbers.Add(step, number);
                nodes.Append(
                    CultureInfo.InvariantCulture,
                    $"  n{number} [label={SourceWords.Label(step.Place, step.Line)}{(sinks.Contains(step) ? ", color=red" : "")}];\n"
                );
            }

            return number;
        }
    }

    private static void Write(JsonText json, TaintFinding finding)
    {
        json.BeginObject();
        SourceWords.Write(json, "rule"u8, finding.Sink.Rule);
        SourceWords.Write(json, "sink"u8, finding.Sink.Path);
        SourceWords.WritePlace(json, finding.Place);
        SourceWords.Write(json, "message"u8, finding.Message);
        json.Name("may"u8);
        json.Boolean(finding.IsMay);
        WritePlaces(json, "sources"u8, finding.Sources);
        json.Name("steps"u8);
        json.BeginArray();
        foreach (var step in finding.Steps)
        {
            json.BeginObject();
            SourceWords.WritePlace(json, step.Node);
            SourceWords.Write(json, "kind"u8, step.Kind.ToString());
            SourceWords.Write(json, "line"u8, LineOf(step.Node));
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }

    private static void WritePlaces(JsonText json, ReadOnlySpan<byte> name, IEnumerable<Node> nodes)
    {
        json.Name(name);
        json.BeginArray();
        foreach (var node in nodes)
        {
            json.BeginObject();
            SourceWords.WritePlace(json, node);
            SourceWords.Write(json, "text"u8, SourceWords.Excerpt(node, LongestText));
            json.EndObject();
        }

        json.EndArray();
    }
}
