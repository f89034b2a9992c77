using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>Prints control-flow graphs: for people, for programs, and for Graphviz.</summary>
public static class FlowPrinter
{
    private const int LongestText = 60;
    private const int LongestLabel = 30;

    /// <summary>A line for each block and each node in it, and one for where control goes on.</summary>
    public static string Text(ControlFlowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder(Title(graph)).Append('\n');
        foreach (var block in graph.Blocks.Where(IsShown))
        {
            text.Append("  ").Append(Words(block)).Append('\n');
            foreach (var node in block.Nodes)
            {
                text.Append("    ").Append(Place(node)).Append(' ').Append(node.Kind).Append(' ').Append(Excerpt(node, LongestText)).Append('\n');
            }

            if (block.Successors.Any())
            {
                text.Append("    ").Append(Ways(block)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>An array of graphs; places are UTF-16 code units from the start.</summary>
    public static void WriteJson(IEnumerable<ControlFlowGraph> graphs, Stream output)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        ArgumentNullException.ThrowIfNull(output);
        var json = new JsonText(output);
        json.BeginArray();
        foreach (var graph in graphs)
        {
            Write(json, graph);
        }

        json.EndArray();
        json.Finish();
    }

    /// <summary>A cluster for each graph, a box for each block; dashed are the ways of exceptions, grey what can't be reached.</summary>
    public static string Dot(IEnumerable<ControlFlowGraph> graphs)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        var text = new StringBuilder("digraph flow {\n  node [shape=box, fontname=\"monospace\"];\n");
        var number = 0;
        foreach (var graph in graphs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph cluster{number} {{\n    label=\"{Quoted(Title(graph))}\";\n");
            foreach (var block in graph.Blocks.Where(IsShown))
            {
                var lines = block.Nodes.Select(node => Quoted(Excerpt(node, LongestLabel))).Prepend(Words(block));
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"    g{number}b{block.Index} [label=\"{string.Join("\\l", lines)}\\l\"{(block.IsReachable ? "" : ", color=gray")}];\n"
                );
                foreach (var edge in block.Successors)
                {
                    var style = edge.Kind is FlowEdgeKind.Exception or FlowEdgeKind.Throw ? ", style=dashed" : "";
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"    g{number}b{block.Index} -> g{number}b{edge.To.Index} [label=\"{Word(edge.Kind)}\"{style}];\n"
                    );
                }
            }

            text.Append("  }\n");
            number++;
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>What a graph is of: the name of a function, or of what it is given to; empty where it has none.</summary>
    public static string NameOf(ControlFlowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var node = graph.Node;
        var parent = graph.Tree.ParentOf(node);
        var named = node.Kind switch
        {
            NodeKind.PropertyDefinition or NodeKind.AccessorProperty => node.Key,
            _ when node.Id.Exists => node.Id,
            _ when parent.Kind is NodeKind.MethodDefinition or NodeKind.Property or NodeKind.PropertyDefinition or NodeKind.AccessorProperty => parent.Key,
            _ when parent.Kind == NodeKind.VariableDeclarator => parent.Id,
            _ when parent.Kind is NodeKind.AssignmentExpression or NodeKind.AssignmentPattern => parent.Left,
            _ => default,
        };
        return named.Kind switch
        {
            NodeKind.Identifier => named.Name,
            NodeKind.PrivateIdentifier => $"#{named.Name}",
            NodeKind.StringLiteral => named.StringValue,
            NodeKind.MemberExpression when !named.Has(NodeFlags.Computed) => named.Property.Name,
            _ => "",
        };
    }

    private static void Write(JsonText json, ControlFlowGraph graph)
    {
        json.BeginObject();
        json.Name("kind"u8);
        json.String($"{graph.Node.Kind}");
        json.Name("name"u8);
        json.String(NameOf(graph));
        WritePlace(json, graph.Node);
        json.Name("blocks"u8);
        json.BeginArray();
        foreach (var block in graph.Blocks)
        {
            Write(json, block);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void Write(JsonText json, BasicBlock block)
    {
        json.BeginObject();
        json.Name("block"u8);
        json.Number(block.Index);
        json.Name("kind"u8);
        json.String(Word(block.Kind.ToString()));
        json.Name("reachable"u8);
        json.Boolean(block.IsReachable);
        json.Name("invalid"u8);
        json.Boolean(block.IsInvalid);
        json.Name("condition"u8);
        Write(json, block.Condition);
        json.Name("nodes"u8);
        json.BeginArray();
        foreach (var node in block.Nodes)
        {
            Write(json, node);
        }

        json.EndArray();
        json.Name("edges"u8);
        json.BeginArray();
        foreach (var edge in block.Successors)
        {
            json.BeginObject();
            json.Name("kind"u8);
            json.String(Word(edge.Kind));
            json.Name("to"u8);
            json.Number(edge.To.Index);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }

    private static void Write(JsonText json, Node node)
    {
        if (!node.Exists)
        {
            json.Null();
            return;
        }

        json.BeginObject();
        json.Name("kind"u8);
        json.String($"{node.Kind}");
        WritePlace(json, node);
        json.EndObject();
    }

    private static void WritePlace(JsonText json, Node node)
    {
        json.Name("start"u8);
        json.Number(node.Start);
        json.Name("end"u8);
        json.Number(node.End);
    }

    // The failure is rarely reached, and then of little interest.
    private static bool IsShown(BasicBlock block) => block.Kind != BlockKind.Failure || block.Predecessors.Any();

    private static string Title(ControlFlowGraph graph) =>
        string.Join(' ', new[] { $"{graph.Node.Kind}", NameOf(graph), Place(graph.Node) }.Where(word => word.Length > 0));

    private static string Words(BasicBlock block)
    {
        var kind = block.Kind == BlockKind.Plain ? "" : $" {Word(block.Kind.ToString())}";
        return $"block {block.Index}{kind}{(block.IsReachable ? "" : " unreachable")}{(block.IsInvalid ? " invalid" : "")}";
    }

    private static string Ways(BasicBlock block)
    {
        var condition = block.Condition is { Exists: true } node ? $"by {Excerpt(node, LongestLabel)}: " : "";
        return $"-> {condition}{string.Join(", ", block.Successors.Select(edge => $"{Word(edge.Kind)} {edge.To.Index}"))}";
    }

    private static string Excerpt(Node node, int longest)
    {
        // A node that an error left may end before it starts.
        var text = node.Start < node.End ? node.Text : [];
        var isLong = text.Length > longest;
        var shown = isLong ? text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] : text;
        return $"{shown}{(isLong ? "…" : "")}".ReplaceLineEndings(" ");
    }

    private static string Place(Node node) => node.Tree.Source.Lines.PositionOf(node.Start).ToString();

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Word(FlowEdgeKind kind) => Word(kind.ToString());

    // NotNullish is printed as not-nullish.
    private static string Word(string name)
    {
        var word = new StringBuilder();
        foreach (var letter in name)
        {
            word.Append(char.IsAsciiLetterUpper(letter) && word.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
