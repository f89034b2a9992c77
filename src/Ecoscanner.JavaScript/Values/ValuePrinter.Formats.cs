using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Syntax.Printing;

namespace Ecoscanner.JavaScript.Values;

/// <remarks>JSON, and DOT for Graphviz.</remarks>
public static partial class ValuePrinter
{
    // Graphviz draws no more in a time that a person waits for.
    private const int MaximumObjects = 2000;

    /// <summary>Writes an object with <c>functions</c>, each with its <c>values</c>, and <c>gaps</c>.</summary>
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
            json.Name("values"u8);
            json.BeginArray();
            foreach (var node in listed.Nodes)
            {
                json.BeginObject();
                SourceWords.WritePlace(json, node);
                SourceWords.Write(json, "role"u8, RoleOf(program, node));
                SourceWords.Write(json, "text"u8, SourceWords.Excerpt(node, LongestText));
                Write(json, program.Of(node));
                json.EndObject();
            }

            json.EndArray();
            json.EndObject();
        }

        json.EndArray();
        GapWords.Write(json, program.Gaps);
        json.EndObject();
        json.Finish();
    }

    /// <summary>
    /// A directed graph in Graphviz's language: boxes are objects, functions and classes by the place that makes them, with their members that are constants; an edge
    /// says what a member may be, ellipses are external. It begins with what the printed variables, arguments and results may be.
    /// </summary>
    public static string Dot(ProgramValues program, string? function = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        var numbers = new Dictionary<Value, int>();
        var waiting = new Queue<Value>();
        var nodes = new StringBuilder();
        var edges = new StringBuilder();
        foreach (var value in Listed(program, function).SelectMany(listed => listed.Nodes).SelectMany(node => program.Of(node)).Where(IsDrawn))
        {
            NumberOf(value);
        }

        while (waiting.TryDequeue(out var owner))
        {
            var lines = new List<string> { SourceWords.Shown(owner.ToString(), LongestPath) };
            foreach (var name in owner.Members.Order(StringComparer.Ordinal))
            {
                var member = owner.Member(name);
                foreach (var value in member.Where(IsDrawn))
                {
                    if (NumberOf(value) is >= 0 and var to)
                    {
                        edges.Append(
                            CultureInfo.InvariantCulture,
                            $"  n{numbers[owner]} -> n{to} [label={SourceWords.Label(SourceWords.Shown(name, LongestText))}];\n"
                        );
                    }
                }

                var constants = string.Join(" | ", member.Where(value => !IsDrawn(value)).Take(MaximumShown));
                if (constants.Length > 0)
                {
                    lines.Add(SourceWords.Shown($"{name} = {constants}", LongestValue));
                }
            }

            nodes.Append(
                CultureInfo.InvariantCulture,
                $"  n{numbers[owner]} [label={SourceWords.Label(lines)}{(owner.Kind == ValueKind.External ? ", shape=ellipse" : "")}];\n"
            );
        }

        return $"digraph values {{\n  rankdir=LR;\n  node [shape=box];\n{nodes}{edges}}}\n";

        int NumberOf(Value value)
        {
            if (numbers.TryGetValue(value, out var number))
            {
                return number;
            }

            if (numbers.Count == MaximumObjects)
            {
                return -1;
            }

            numbers.Add(value, numbers.Count);
            waiting.Enqueue(value);
            return numbers.Count - 1;
        }
    }

    private static bool IsDrawn(Value value) => value.Kind >= ValueKind.Function;

    private static void Write(JsonText json, ValueSet set)
    {
        json.Name("values"u8);
        json.BeginArray();
        foreach (var value in set.Where(value => value.Kind != ValueKind.Unknown))
        {
            json.BeginObject();
            SourceWords.Write(json, "kind"u8, value.Kind.ToString());
            if (value.Number is { } number)
            {
                json.Name("number"u8);
                json.Number(number);
            }
            else if ((value.Text ?? value.Path) is { } text)
            {
                json.Name(value.Path is null ? "text"u8 : "external"u8);
                json.String(text);
            }
            else if (value.Kind == ValueKind.Pattern)
            {
                json.Name("pieces"u8);
                json.BeginArray();
                foreach (var piece in value.Pieces)
                {
                    json.String(piece);
                }

                json.EndArray();
            }
            else if (value.Node.Exists)
            {
                SourceWords.WritePlace(json, value.Node);
            }

            json.EndObject();
        }

        json.EndArray();
        json.Name("mayBeAnything"u8);
        json.Boolean(set.MayBeAnything);
    }
}
