using System.Text;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>Writes trees for tests to compare: <c>(Kind start-end children)</c>.</summary>
internal static class TreeText
{
    /// <summary>The node and all below, with places.</summary>
    public static string Of(Node node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    /// <summary>The diagnostics: <c>code start-end</c> each.</summary>
    public static string Diagnostics(SyntaxTree tree) =>
        string.Join(", ", tree.Diagnostics.Select(diagnostic => $"{diagnostic.Code} {diagnostic.Span.Start}-{diagnostic.Span.End}"));

    private static void Write(Node node, StringBuilder text)
    {
        text.Append('(').Append(node.Kind).Append(' ').Append(node.Start).Append('-').Append(node.End);
        foreach (var child in node.Children)
        {
            text.Append(' ');
            Write(child, text);
        }

        text.Append(')');
    }
}
