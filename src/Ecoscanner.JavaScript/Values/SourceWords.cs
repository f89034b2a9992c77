using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;

namespace Ecoscanner.JavaScript.Values;

/// <summary>What printers say of places in sources, without characters that a terminal or Graphviz obeys.</summary>
internal static class SourceWords
{
    /// <summary>Longer lines are broken: what people's terminals show.</summary>
    public const int LineWidth = 100;

    // A source may be one line of megabytes; blanks that are taken together are looked for in so much of it.
    private const int LookedAt = 4;

    public static string Place(Node node) => node.Tree.Source.Lines.PositionOf(node.Start).ToString();

    public static string FullPlace(Node node) => $"{Shown(node.Tree.Source.Path)}:{Place(node)}";

    /// <summary>The place, with the file where it is another than that of the reader's place.</summary>
    public static string PlaceFrom(Node reader, Node node) => node.Tree == reader.Tree ? Place(node) : FullPlace(node);

    /// <summary>The begin of a node's text, in one line; of an element its opening tag, of a call on what another call gave the last name.</summary>
    public static string Excerpt(Node node, int longest)
    {
        var (start, end) = node.Kind == NodeKind.JSXElement ? (node.OpeningElement.Start, node.OpeningElement.End) : (node.Start, node.End);
        var isChained =
            node.Kind == NodeKind.CallExpression && node.Callee.Kind == NodeKind.MemberExpression && node.Callee.Object.Kind == NodeKind.CallExpression;
        start = isChained ? node.Callee.Object.End : start;
        // A node that an error left may end before it starts.
        return start < end ? $"{(isChained ? "…" : "")}{Line(node.Tree.Source.Content.AsSpan(start, end - start), longest)}" : "";
    }

    /// <summary>Text in one line, its blanks taken together, cut.</summary>
    public static string Line(ReadOnlySpan<char> text, int longest)
    {
        var line = new StringBuilder();
        var isCut = text.Length > longest * LookedAt;
        foreach (var rune in (isCut ? text[..(longest * LookedAt)] : text).Trim().EnumerateRunes())
        {
            if (line.Length >= longest)
            {
                isCut = true;
                break;
            }

            if (!Rune.IsWhiteSpace(rune))
            {
                Append(line, rune);
            }
            else if (line.Length == 0 || line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return isCut ? $"{line.ToString().TrimEnd()}…" : line.ToString();
    }

    /// <summary>Text as it stands, with line breaks and what can't be seen as escapes.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(shown, rune);
        }

        return shown.ToString();
    }

    /// <summary>Text as <see cref="Shown(string)"/> has it, cut.</summary>
    public static string Shown(string text, int longest) => text.Length <= longest ? Shown(text) : $"{Shown(text[..longest])}…";

    /// <summary>Lines that are shown already, in the quotes of Graphviz.</summary>
    public static string Label(params IEnumerable<string> lines) =>
        $"\"{string.Join("\\n", lines.Select(line => line.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)))}\"";

    public static void WritePlace(JsonText json, Node node)
    {
        json.Name("path"u8);
        json.String(node.Tree.Source.Path);
        json.Name("at"u8);
        json.String(Place(node));
    }

    public static void Write(JsonText json, ReadOnlySpan<byte> name, string text)
    {
        json.Name(name);
        json.String(text);
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        if (rune.Value is '\n' or '\r' or '\t')
        {
            text.Append(
                rune.Value == '\n' ? "\\n"
                : rune.Value == '\r' ? "\\r"
                : "\\t"
            );
        }
        else if (
            Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
        )
        {
            text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
        }
        else
        {
            text.Append(rune.ToString());
        }
    }
}
