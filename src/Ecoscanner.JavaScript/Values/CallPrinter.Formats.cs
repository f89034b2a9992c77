using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;

namespace Ecoscanner.JavaScript.Values;

/// <remarks>JSON, and DOT for Graphviz.</remarks>
public static partial class CallPrinter
{
    /// <summary>Writes an object with <c>functions</c>, each with its <c>calls</c>, and <c>gaps</c>.</summary>
    public static void WriteJson(ProgramValues program, Stream output, string? function = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(output);
        var json = new JsonText(output);
        json.BeginObject();
        json.Name("functions"u8);
        json.BeginArray();
        foreach (var listed in Listed(program, function))
        {
            json.BeginObject();
            ListedFunction.Write(json, listed.Node);
            json.Name("callers"u8);
            json.BeginArray();
            foreach (var caller in program.Calls.CallersOf(listed.Node))
            {
                json.BeginObject();
                SourceWords.WritePlace(json, caller);
                json.EndObject();
            }

            json.EndArray();
            json.Name("calls"u8);
            json.BeginArray();
            foreach (var call in listed.Nodes)
            {
                Write(json, program.Calls, call);
            }

            json.EndArray();
            json.EndObject();
        }

        json.EndArray();
        GapWords.Write(json, program.Gaps);
        json.EndObject();
        json.Finish();
    }

    /// <summary>A directed graph in Graphviz's language: boxes are functions and modules, ellipses what is external; an edge says that something in one calls the other, dashed where the call may run what is not known.</summary>
    public static string Dot(ProgramValues program, string? function = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        var nodes = new Dictionary<string, int>(StringComparer.Ordinal);
        var edges = new HashSet<(int From, int To, bool IsKnown)>();
        foreach (var listed in Listed(program, function))
        {
            var from = Number(BoxOf(listed.Node));
            foreach (var call in listed.Nodes)
            {
                foreach (var target in program.Calls.TargetsOf(call).Where(target => target.Path is not null || target.Function.Exists))
                {
                    edges.Add((from, Number(target.Path is { } path ? Ellipse(path) : BoxOf(target.Function)), true));
                }

                if (!program.Calls.IsComplete(call))
                {
                    edges.Add((from, Number(Ellipse("unknown")), false));
                }
            }
        }

        var text = new StringBuilder("digraph calls {\n  rankdir=LR;\n  node [shape=box];\n");
        foreach (var (node, number) in nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{number} [{node}];\n");
        }

        foreach (var (from, to, isKnown) in edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{to}{(isKnown ? "" : " [style=dashed]")};\n");
        }

        return text.Append("}\n").ToString();

        int Number(string node)
        {
            nodes.TryAdd(node, nodes.Count);
            return nodes[node];
        }
    }

    // The place in the label tells functions apart.
    private static string BoxOf(Node function) =>
        $"label={(function.Kind == NodeKind.Program ? SourceWords.Label(SourceWords.Shown(function.Tree.Source.Path)) : SourceWords.Label(ListedFunction.NameOf(function), SourceWords.FullPlace(function)))}";

    private static string Ellipse(string path) => $"label={SourceWords.Label(SourceWords.Shown(path, LongestPath))}, shape=ellipse";

    private static void Write(JsonText json, CallGraph calls, Node call)
    {
        json.BeginObject();
        SourceWords.WritePlace(json, call);
        SourceWords.Write(json, "kind"u8, call.Kind.ToString());
        SourceWords.Write(json, "text"u8, SourceWords.Excerpt(call, LongestText));
        json.Name("targets"u8);
        json.BeginArray();
        foreach (var target in calls.TargetsOf(call))
        {
            json.BeginObject();
            if (target.Path is { } external)
            {
                SourceWords.Write(json, "external"u8, external);
            }
            else if (target.Function.Exists)
            {
                ListedFunction.Write(json, target.Function);
            }

            json.EndObject();
        }

        json.EndArray();
        json.Name("complete"u8);
        json.Boolean(calls.IsComplete(call));
        json.EndObject();
    }
}
