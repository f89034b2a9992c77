namespace Ecoscanner.Packages.Node;

/// <summary>Tells which folders are workspaces, by patterns such as <c>packages/*</c>, <c>apps/**</c> and <c>!packages/old</c>.</summary>
internal static class Workspaces
{
    // More than any monorepo's; a longer list is read that far.
    private const int MaximumPatterns = 200;

    public static bool Match(IReadOnlyList<string> patterns, string folder)
    {
        var isIn = false;
        foreach (var pattern in patterns.Take(MaximumPatterns))
        {
            var isNot = pattern.StartsWith('!');
            if (isIn == isNot && Matches(Plain(pattern.TrimStart('!')).Split('/'), folder.Split('/')))
            {
                isIn = !isNot;
            }
        }

        return isIn;
    }

    private static string Plain(string pattern) => (pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern).TrimEnd('/');

    /// <summary>Greedy with one way back, as wildcards need no more.</summary>
    private static bool Matches(string[] pattern, string[] path)
    {
        var (at, from) = (0, 0);
        var (star, mark) = (-1, 0);
        while (from < path.Length)
        {
            if (at < pattern.Length && pattern[at] == "**")
            {
                (star, mark) = (at++, from);
            }
            else if (at < pattern.Length && Segment(pattern[at], path[from]))
            {
                at++;
                from++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                from = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).IndexOfAnyExcept("**") < 0;
    }

    private static bool Segment(string pattern, string name)
    {
        var (at, from) = (0, 0);
        var (star, mark) = (-1, 0);
        while (from < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, mark) = (at++, from);
            }
            else if (at < pattern.Length && (pattern[at] == name[from] || pattern[at] == '?'))
            {
                at++;
                from++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                from = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).IndexOfAnyExcept('*') < 0;
    }
}
