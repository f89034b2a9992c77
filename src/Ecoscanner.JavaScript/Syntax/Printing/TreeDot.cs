namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <summary>Draws a tree as a graph for Graphviz.</summary>
public static class TreeDot
{
    private const int LongestDetail = 30;

    /// <summary>Writes the graph.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="output">Where to.</param>
    /// <param name="encode">Makes text of the source harmless to where it is shown.</param>
    public static void Write(SyntaxTree tree, TextWriter output, Func<string, string> encode)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(encode);
        output.WriteLine("digraph ast {");
        output.WriteLine("  node [shape=box, fontname=\"monospace\"];");
        foreach (var step in TreeWalk.Of(tree))
        {
            if (!step.Node.Exists)
            {
                continue;
            }

            output.WriteLine($"  n{step.Node.Index} [label=\"{Label(step.Node, encode)}\"];");
            if (step.Role is { } role)
            {
                output.WriteLine($"  n{step.Parent.Index} -> n{step.Node.Index} [label=\"{Spellings.Word(role)}\"];");
            }
        }

        output.WriteLine("}");
    }

    private static string Label(Node node, Func<string, string> encode)
    {
        var detail = encode(NodeWords.Detail(node, LongestDetail));
        var flags = string.Join(' ', NodeWords.Flags(node));
        return string.Join("\\n", new[] { $"{node.Kind}", flags, Quoted(detail) }.Where(line => line.Length > 0));
    }

    // Inside the quotes of a label.
    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
