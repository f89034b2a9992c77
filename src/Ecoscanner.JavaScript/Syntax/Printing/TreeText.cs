using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <summary>Shows a tree to a person: a line for each node, indented, with its role before it.</summary>
public static class TreeText
{
    // A line is for the eye; the source itself has the rest.
    private const int LongestDetail = 60;

    // Deeper than this, indenting would only fill the disk.
    private const int DeepestIndent = 200;

    /// <summary>Writes the tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="output">Where to.</param>
    /// <param name="encode">Makes text of the source harmless to where it is shown.</param>
    public static void Write(SyntaxTree tree, TextWriter output, Func<string, string> encode)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(encode);
        foreach (var step in TreeWalk.Of(tree))
        {
            for (var level = Math.Min(step.Depth, DeepestIndent); level > 0; level--)
            {
                output.Write("  ");
            }

            if (step.Role is { } role)
            {
                output.Write($"{Spellings.Word(role)}: ");
            }

            output.WriteLine(step.Node.Exists ? Line(step.Node, tree.Source.Lines, encode) : "hole");
        }
    }

    private static string Line(Node node, LineMap lines, Func<string, string> encode)
    {
        var words = new List<string> { $"{node.Kind}", $"{lines.PositionOf(node.Start)}-{lines.PositionOf(node.End)}" };
        words.AddRange(NodeWords.Flags(node));
        if (NodeWords.Detail(node, LongestDetail) is { Length: > 0 } detail)
        {
            words.Add(IsBareText(node.Kind) ? $"\"{encode(detail)}\"" : encode(detail));
        }

        return string.Join(' ', words);
    }

    // What has no quotes of its own, and where blanks count.
    private static bool IsBareText(NodeKind kind) =>
        kind is NodeKind.JSXText or NodeKind.TemplateElement or NodeKind.InvalidExpression or NodeKind.InvalidStatement;
}
