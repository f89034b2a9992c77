namespace Ecoscanner.Source;

/// <summary>What is wrong with names that entries of archives have.</summary>
internal static class EntryName
{
    /// <summary>Sources and packages have up to 20; each name makes as many folders.</summary>
    public const int MaximumDepth = 40;

    /// <summary>Longer than any name of a source; systems end at 4,096.</summary>
    public const int MaximumLength = 1024;

    /// <summary>Why a name is no plain path inside its archive: a clause; null where it is one.</summary>
    public static string? Wrong(ReadOnlySpan<char> name) =>
        name.Length > MaximumLength ? $"its name has more than {MaximumLength} characters"
        : name.ContainsAnyInRange('\0', '\u001f') ? "its name has control characters"
        : name.Contains('\\') ? "its name has a backslash, which is a folder's mark on some systems and a letter on others"
        : name.StartsWith('/') || (name.Length > 1 && name[1] == ':') ? "its name is absolute"
        : WrongFolder(name);

    /// <summary>A name as it is shown: no longer than the longest that is read.</summary>
    public static string Shown(string name) => name.Length > MaximumLength ? $"{name[..MaximumLength]}..." : name;

    private static string? WrongFolder(ReadOnlySpan<char> name)
    {
        var depth = 0;
        string? wrong = null;
        foreach (var range in name.Split('/'))
        {
            var segment = name[range];
            depth++;
            if (segment is "..")
            {
                return "its name leads out of its folder";
            }

            wrong = segment is "" or "." ? "its name is no plain path" : wrong;
        }

        return wrong ?? (depth > MaximumDepth ? $"it is deeper than {MaximumDepth} folders" : null);
    }
}
