using System.Collections.Frozen;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>The scopes that Forge has, as forge-scopes.txt lists them.</summary>
internal static class ScopeNames
{
    private static readonly Lazy<string[]> Lines = new(Read);
    private static readonly Lazy<FrozenSet<string>> Names = new(static () => Lines.Value.Skip(1).ToFrozenSet(StringComparer.Ordinal));

    public static FrozenSet<string> Known => Names.Value;

    /// <summary>Where the list is from: a package, its version, a day.</summary>
    public static string Version => Lines.Value[0].TrimStart('#', ' ').Split(':')[0];

    /// <summary>The known name that is spelt most alike; null where none is near.</summary>
    public static string? Nearest(string name, int maximumDistance)
    {
        var (best, least) = ((string?)null, maximumDistance + 1);
        foreach (var known in Lines.Value.AsSpan(1))
        {
            if (Math.Abs(known.Length - name.Length) < least && Distance(known, name) is var distance && distance < least)
            {
                (best, least) = (known, distance);
            }
        }

        return best;
    }

    // Levenshtein's, without regard to case, in two rows.
    private static int Distance(string one, string other)
    {
        var previous = Enumerable.Range(0, other.Length + 1).ToArray();
        var current = new int[other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]);
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (same ? 0 : 1));
            }

            (previous, current) = (current, previous);
        }

        return previous[other.Length];
    }

    private static string[] Read()
    {
        using var stream =
            typeof(ScopeNames).Assembly.GetManifestResourceStream("forge-scopes.txt")
            ?? throw new InvalidOperationException("the list of scopes is not built in");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
