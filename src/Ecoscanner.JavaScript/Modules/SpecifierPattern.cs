using System.Collections.Immutable;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>A specifier of which some pieces are not known, to hold files' names against.</summary>
/// <param name="parts">Null for a piece that is not known.</param>
internal sealed class SpecifierPattern(ImmutableArray<string?> parts)
{
    /// <summary>Whether a file may be meant, by its name with or without its extension or as the index of its directory.</summary>
    public bool Matches(string path, string extension)
    {
        var bare = path[..^extension.Length];
        return IsMatch(path) || IsMatch(bare) || (bare.EndsWith("/index", StringComparison.Ordinal) && IsMatch(bare[..^"/index".Length]));
    }

    // Each constant piece is looked for behind the one before; the first and the last are bound to the ends.
    private bool IsMatch(string name)
    {
        var at = 0;
        for (var index = 0; index < parts.Length; index++)
        {
            if (parts[index] is not { } part)
            {
                continue;
            }

            if (index == 0)
            {
                if (!name.StartsWith(part, StringComparison.Ordinal))
                {
                    return false;
                }

                at = part.Length;
            }
            else if (index == parts.Length - 1)
            {
                return name.Length >= at + part.Length && name.EndsWith(part, StringComparison.Ordinal);
            }
            else
            {
                at = name.IndexOf(part, at, StringComparison.Ordinal);
                if (at < 0)
                {
                    return false;
                }

                at += part.Length;
            }
        }

        return parts[^1] is null || at == name.Length;
    }
}
