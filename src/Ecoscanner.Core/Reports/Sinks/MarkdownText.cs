namespace Ecoscanner.Reports.Sinks;

/// <summary>Text for GitHub-flavoured Markdown. Plain words stay words; everything else stands in code, where nothing is interpreted.</summary>
public static class MarkdownText
{
    private const string PlainPunctuation = " ,.;'\"()/%?-";

    /// <summary>
    /// The text for one line of prose, a list or a table's cell. Escapes would not do: GitHub looks for mentions, references and addresses
    /// after they are undone, but never inside code.
    /// </summary>
    public static string Of(string? text)
    {
        var visible = Visible.Of(text);
        return visible.Length == 0 || IsPlain(visible) ? visible : Code(text);
    }

    /// <summary>A fenced block of one line, which that line cannot close.</summary>
    /// <param name="indent">What stands before each line: the spaces of the list it belongs to.</param>
    public static string Block(string? text, string indent)
    {
        var visible = ConsoleText.Of(text);
        var fence = new string('`', Math.Max(3, LongestFence(visible) + 1));
        return $"{indent}{fence}\n{indent}{visible}\n{indent}{fence}\n";
    }

    /// <summary>The text in code, whatever it is: for names and commands. Commands of build servers are broken: a build's log may show the page.</summary>
    public static string Code(string? text)
    {
        var visible = ConsoleText.Of(text);
        if (visible.Length == 0)
        {
            return "";
        }

        // A table's row is cut at pipes before code is looked for.
        visible = visible.Replace("|", @"\u{7C}", StringComparison.Ordinal);
        var fence = new string('`', LongestFence(visible) + 1);
        // One space on each side is taken off again, unless there is nothing but spaces (CommonMark 6.1).
        var isPadded = visible[0] == '`' || visible[^1] == '`' || (visible is [' ', .., ' '] && visible.AsSpan().ContainsAnyExcept(' '));
        var padding = isPadded ? " " : "";
        return $"{fence}{padding}{visible}{padding}{fence}";
    }

    // No heading, quote or rule begins with a letter or digit. GitHub links "www." and "GH-1".
    private static bool IsPlain(string text) =>
        char.IsLetterOrDigit(text[0])
        && !IsNumbered(text)
        && !text.Contains("www.", StringComparison.OrdinalIgnoreCase)
        && !text.Contains("GH-", StringComparison.OrdinalIgnoreCase)
        && !Enumerable.Range(0, text.Length).Any(at => !char.IsLetterOrDigit(text[at]) && !PlainPunctuation.Contains(text[at]) && !IsColonOfProse(text, at));

    // "1. " and "1) " begin a list.
    private static bool IsNumbered(string text)
    {
        var rest = text.AsSpan().TrimStart("0123456789");
        return rest.Length < text.Length && rest is ['.' or ')'] or ['.' or ')', ' ', ..];
    }

    private static bool IsColonOfProse(string text, int at) => text[at] == ':' && at + 1 < text.Length && text[at + 1] == ' ';

    private static int LongestFence(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
