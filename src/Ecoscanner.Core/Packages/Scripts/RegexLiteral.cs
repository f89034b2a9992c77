using System.Text;

namespace Ecoscanner.Packages.Scripts;

/// <summary>Finds a text that everything a regular expression matches must hold, so that most files need no regular expression.</summary>
internal static class RegexLiteral
{
    /// <summary>The longest that is sure; empty where there is none. Groups and classes count as unknown.</summary>
    public static string Longest(string pattern)
    {
        var longest = "";
        var run = new StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
        {
            var character = pattern[at];
            switch (character)
            {
                case '|':
                    // Either side may do.
                    return "";
                case '(':
                    at = End(pattern, at);
                    Close();
                    break;
                case '[':
                    at = ClassEnd(pattern, at);
                    Close();
                    break;
                case '?' or '*' or '{':
                    // What stands before may be missing, or be repeated.
                    if (run.Length > 0)
                    {
                        run.Length--;
                    }

                    Close();
                    at = character == '{' ? Math.Max(at, pattern.IndexOf('}', at)) : at;
                    break;
                case '+' or '.' or '^' or '$':
                    Close();
                    break;
                case '\\' when at + 1 < pattern.Length && !char.IsAsciiLetterOrDigit(pattern[at + 1]):
                    run.Append(pattern[++at]);
                    break;
                case '\\':
                    at++;
                    Close();
                    break;
                default:
                    run.Append(character);
                    break;
            }
        }

        Close();
        return longest;

        void Close()
        {
            if (run.Length > longest.Length)
            {
                longest = run.ToString();
            }

            run.Clear();
        }
    }

    private static int End(string pattern, int open)
    {
        var depth = 0;
        for (var at = open; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    at = ClassEnd(pattern, at);
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return at;
                default:
                    break;
            }
        }

        return pattern.Length;
    }

    private static int ClassEnd(string pattern, int open)
    {
        for (var at = open + 1; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case ']':
                    return at;
                default:
                    break;
            }
        }

        return pattern.Length;
    }
}
