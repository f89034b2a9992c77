using System.Text;

namespace Ecoscanner.Cli.Terminals;

/// <summary>Shows the Markdown that our own pages use on a terminal: headings, paragraphs, lists, quotes, tables as they are, fenced code.</summary>
internal sealed class MarkdownPage(int width, Paint paint)
{
    private const string Fence = "```";

    // Prose over the whole width of a wide screen is hard to read.
    private const int WidestProse = 100;

    private readonly int prose = Math.Min(width, WidestProse);

    public void Write(string markdown, TextWriter output)
    {
        var paragraph = new StringBuilder();
        var marker = "";
        var inCode = false;

        void Flush()
        {
            if (paragraph.Length == 0)
            {
                return;
            }

            var indent = new string(' ', marker.Length);
            var first = true;
            foreach (var line in Wrapping.Wrap(Inline(paragraph.ToString()), prose - marker.Length))
            {
                output.WriteLine($"{(first ? marker : indent)}{line}");
                first = false;
            }

            paragraph.Clear();
            marker = "";
        }

        foreach (var line in markdown.ReplaceLineEndings("\n").TrimEnd().Split('\n'))
        {
            var text = line.TrimStart();
            if (text.StartsWith(Fence, StringComparison.Ordinal))
            {
                Flush();
                inCode = !inCode;
            }
            else if (inCode)
            {
                output.WriteLine($"    {paint.Cyan(line)}");
            }
            else if (text.Length == 0)
            {
                Flush();
                output.WriteLine();
            }
            else if (text.StartsWith('#'))
            {
                Flush();
                output.WriteLine(paint.Bold(text.TrimStart('#').Trim()));
            }
            else if (text.StartsWith('|'))
            {
                Flush();
                output.WriteLine(Inline(text));
            }
            else
            {
                if (MarkerLength(text) is > 0 and var length)
                {
                    Flush();
                    marker = new string(' ', line.Length - text.Length) + text[..length];
                    text = text[length..];
                }

                paragraph.Append(text).Append(' ');
            }
        }

        Flush();
    }

    /// <summary>Characters of a list's or quote's marker with its space; 0 where the line begins none.</summary>
    private static int MarkerLength(string text)
    {
        if (text is ['-' or '*' or '>', ' ', ..])
        {
            return 2;
        }

        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 4 && text.AsSpan(digits).StartsWith(". ") ? digits + 2 : 0;
    }

    /// <summary>Code in colour (in its backticks where there is none), bold, and links as text and address.</summary>
    private string Inline(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '`' && text.IndexOf('`', i + 1) is > 0 and var tick)
            {
                result.Append(paint.HasColour ? Words(text[(i + 1)..tick], paint.Cyan) : text[i..(tick + 1)]);
                i = tick;
            }
            else if (text.AsSpan(i).StartsWith("**") && text.IndexOf("**", i + 2, StringComparison.Ordinal) is > 0 and var star)
            {
                result.Append(Words(text[(i + 2)..star], paint.Bold));
                i = star + 1;
            }
            else if (text[i] == '[' && Link(text, i) is var (label, address, end))
            {
                result.Append(label).Append(" (").Append(address).Append(')');
                i = end;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    // Word by word, so that a line may end between them.
    private static string Words(string text, Func<string, string> style) => string.Join(' ', text.Split(' ').Select(style));

    private static (string Label, string Address, int End)? Link(string text, int start)
    {
        var middle = text.IndexOf("](", start, StringComparison.Ordinal);
        var end = middle < 0 ? -1 : text.IndexOf(')', middle);
        return end < 0 ? null : (text[(start + 1)..middle], text[(middle + 2)..end], end);
    }
}
