using System.Text;

namespace Ecoscanner.Reports.Sinks;

/// <summary>Text for a terminal or a log line: one line that neither the terminal nor a build server takes for a command.</summary>
public static class ConsoleText
{
    /// <summary>
    /// The visible text, its build-server commands broken: <c>::name</c> (GitHub) where a line might begin, but not an IPv6 address; <c>##[</c>, <c>##vso[</c> (Azure)
    /// and <c>##teamcity[</c> anywhere. The first character of each becomes its number.
    /// </summary>
    public static string Of(string? text)
    {
        var visible = Visible.Of(text);
        if (!visible.Contains("::", StringComparison.Ordinal) && !visible.Contains("##", StringComparison.Ordinal))
        {
            return visible;
        }

        var safe = new StringBuilder(visible.Length + 16);
        for (var at = 0; at < visible.Length; at++)
        {
            if (BeginsCommand(visible, at))
            {
                safe.Append($"\\u{{{(int)visible[at]:X}}}");
            }
            else
            {
                safe.Append(visible[at]);
            }
        }

        return safe.ToString();
    }

    private static bool BeginsCommand(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("::"))
        {
            // The runner trims a line before it looks, and wrapping may begin a line at any word.
            return (at == 0 || char.IsWhiteSpace(text[at - 1])) && !IsAddress(rest);
        }

        if (!rest.StartsWith("##"))
        {
            return false;
        }

        var name = rest[2..];
        while (name is [var first, ..] && char.IsAsciiLetter(first))
        {
            name = name[1..];
        }

        return name is ['[', ..];
    }

    // A command's name ends at a space or at "::", and none has a digit; an address such as ::1 or ::ffff:10.0.0.1 has one before either.
    private static bool IsAddress(ReadOnlySpan<char> text)
    {
        for (var name = text[2..]; name is [var first, ..] && !char.IsWhiteSpace(first) && !name.StartsWith("::"); name = name[1..])
        {
            if (char.IsAsciiDigit(first))
            {
                return true;
            }
        }

        return false;
    }
}
