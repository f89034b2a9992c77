using System.Text;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Writes graphs for goldens: a line for each block, with its nodes as they are written.</summary>
internal static class FlowText
{
    private const int LongestNode = 32;

    /// <summary>The source, then the graph of each of its functions that does anything.</summary>
    public static string Of(string source, string file)
    {
        var tree = SyntaxTree.Parse(new SourceText(source, file), ParseOptions.For(file));
        var text = new StringBuilder();
        foreach (var line in source.Split('\n'))
        {
            text.Append("| ").Append(line).Append('\n');
        }

        foreach (var graph in ControlFlowGraph.RootsOf(tree).Select(root => ControlFlowGraph.Of(tree, root)))
        {
            FlowRules.Check(graph);
            if (graph.Node.Kind == NodeKind.Program && graph.Entry.Nodes.All(node => node.Kind == NodeKind.FunctionDeclaration) && graph.BlockCount == 3)
            {
                continue;
            }

            text.Append(graph.Node.Kind).Append(' ').Append(FlowPrinter.NameOf(graph)).Append('\n');
            foreach (var block in graph.Blocks.Where(block => block.Kind is not (BlockKind.Exit or BlockKind.Failure)))
            {
                Write(text, block);
            }
        }

        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, BasicBlock block)
    {
        text.Append(block.IsReachable ? "  " : "  ✗").Append(block.Index);
        text.Append(block.Kind is BlockKind.Plain or BlockKind.Entry ? "" : $" {block.Kind.ToString().ToLowerInvariant()}")
            .Append(block.IsInvalid ? " invalid:" : ":");
        foreach (var node in block.Nodes)
        {
            text.Append(" ‹").Append(Excerpt(node)).Append('›');
        }

        text.Append(block.Condition.Exists ? $" ?{Excerpt(block.Condition)}?" : "");
        foreach (var edge in block.Successors)
        {
            var to = edge.To.Kind is BlockKind.Exit or BlockKind.Failure ? edge.To.Kind.ToString().ToLowerInvariant() : $"{edge.To.Index}";
            text.Append(edge.Kind == FlowEdgeKind.Next ? $" →{to}" : $" {edge.Kind}→{to}");
        }

        text.Append('\n');
    }

    private static string Excerpt(Node node)
    {
        var text = node.Text.ToString().ReplaceLineEndings(" ");
        return text.Length > LongestNode ? text[..(LongestNode - 12)] + "…" + text[^10..] : text;
    }
}
