namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>Looks at HTML just enough to tell a shell that a script fills from a page that says something.</summary>
internal static class HtmlText
{
    private static readonly string[] Unseen = ["script", "style", "noscript", "title", "template", "svg"];

    /// <summary>Whether a text is HTML with a script and at most that many visible characters.</summary>
    public static bool IsShell(string html, int maximumText) =>
        html.Contains("<script", StringComparison.OrdinalIgnoreCase) && VisibleLength(html, maximumText) <= maximumText;

    /// <summary>Whether a page asks for a password or sends the browser on: the door, not the room.</summary>
    public static bool IsDoor(string html) =>
        html.Contains("type=\"password\"", StringComparison.OrdinalIgnoreCase)
        || html.Contains("type='password'", StringComparison.OrdinalIgnoreCase)
        || html.Contains("type=password", StringComparison.OrdinalIgnoreCase)
        || (html.Contains("http-equiv", StringComparison.OrdinalIgnoreCase) && html.Contains("refresh", StringComparison.OrdinalIgnoreCase));

    /// <summary>Visible characters but white space, counted until there are more than <paramref name="enough"/>. Linear: each character is read once.</summary>
    private static int VisibleLength(string html, int enough)
    {
        var (visible, i) = (0, 0);
        while (i < html.Length && visible <= enough)
        {
            if (html[i] != '<')
            {
                visible += char.IsWhiteSpace(html[i]) ? 0 : 1;
                i++;
                continue;
            }

            i = EndOfTag(html, i);
        }

        return visible;
    }

    /// <summary>The index behind a tag, a comment, or an element whose text nobody sees.</summary>
    private static int EndOfTag(string html, int start)
    {
        if (string.CompareOrdinal(html, start, "<!--", 0, 4) == 0)
        {
            return After(html, "-->", start + 4);
        }

        foreach (var name in Unseen)
        {
            var end = start + 1 + name.Length;
            if (
                string.Compare(html, start + 1, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
                && end < html.Length
                && !char.IsAsciiLetterOrDigit(html[end])
            )
            {
                // Unclosed, it hides all that follows, as in a browser.
                return After(html, ">", After(html, $"</{name}", end));
            }
        }

        return After(html, ">", start);
    }

    /// <summary>The index behind the next such text; where there is none, the end.</summary>
    private static int After(string html, string text, int from)
    {
        var found = from < html.Length ? html.IndexOf(text, from, StringComparison.OrdinalIgnoreCase) : -1;
        return found < 0 ? html.Length : found + text.Length;
    }
}
