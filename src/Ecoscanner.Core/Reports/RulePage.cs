using System.Text;

namespace Ecoscanner.Reports;

/// <summary>Reads what reports need from a rule's page in Markdown.</summary>
internal static class RulePage
{
    /// <summary>The first sentence below the heading that speaks of the fix, without Markdown's marks; null where the page has none.</summary>
    public static string? Fix(string? page)
    {
        var paragraph = page
            ?.Split('\n')
            .Select(line => line.Trim())
            .SkipWhile(line => !(line.StartsWith('#') && line.Contains("fix", StringComparison.OrdinalIgnoreCase)))
            .Skip(1)
            .SkipWhile(line => line.Length == 0)
            .TakeWhile(IsParagraph);
        var text = Plain(string.Join(' ', paragraph ?? []));
        return text.Length == 0 ? null : FirstSentence(text);
    }

    private static bool IsParagraph(string line) =>
        line.Length > 0
        && line[0] is not ('#' or '|' or '<')
        && !line.StartsWith("```", StringComparison.Ordinal)
        && !line.StartsWith("~~~", StringComparison.Ordinal);

    private static string FirstSentence(string text)
    {
        for (var at = text.IndexOf(". ", StringComparison.Ordinal); at >= 0; at = text.IndexOf(". ", at + 1, StringComparison.Ordinal))
        {
            // "e.g. this" goes on; a sentence ends before a capital, a quote or a bracket.
            if (at + 2 < text.Length && !char.IsLower(text[at + 2]))
            {
                return text[..(at + 1)];
            }
        }

        // What a colon leads to is a block of code, which stays on the page.
        return text.EndsWith(':') ? $"{text[..^1]} …" : text;
    }

    /// <summary>The text of a line: list marks, emphasis and code marks dropped, links as their words.</summary>
    private static string Plain(string markdown)
    {
        var text = new StringBuilder(markdown.Length);
        var rest = markdown.AsSpan().TrimStart("-*+0123456789. ");
        while (rest.Length > 0)
        {
            if (rest.StartsWith("](") && rest.IndexOf(')') is > 0 and var end)
            {
                rest = rest[(end + 1)..];
                continue;
            }

            if (rest[0] is not ('`' or '*' or '[' or ']'))
            {
                text.Append(rest[0]);
            }

            rest = rest[1..];
        }

        return text.ToString();
    }
}
