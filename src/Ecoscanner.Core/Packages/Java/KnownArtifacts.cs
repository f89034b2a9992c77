using System.Collections.Frozen;
using System.Globalization;

namespace Ecoscanner.Packages.Java;

/// <summary>Which groups publish an artifact of a name, and below which packages its classes stand: <c>known-artifacts.tsv</c>, for jars that do not say it themselves.</summary>
internal static class KnownArtifacts
{
    private static readonly Lazy<Table> Loaded = new(Load);

    /// <summary>What is known of an artifact's name: entries of that very name, or else those of the longest pattern that fits.</summary>
    public static IReadOnlyList<KnownArtifact> Named(string artifact)
    {
        var table = Loaded.Value;
        if (table.Exact.TryGetValue(artifact, out var known))
        {
            return known;
        }

        for (var length = artifact.Length; length > 0; length--)
        {
            if (table.Patterns.TryGetValue(artifact[..length], out known))
            {
                return known;
            }
        }

        return [];
    }

    private static Table Load()
    {
        // What is ours stands first, so that it goes before what is made from others' packages.
        var entries = Lines("known-artifacts.tsv").Concat(Lines("debian-artifacts.tsv")).Select(KnownArtifact.Parse).ToList();
        return new Table(Grouped(entries.Where(entry => !entry.IsPattern)), Grouped(entries.Where(entry => entry.IsPattern)));
    }

    private static IEnumerable<string> Lines(string resource)
    {
        using var stream = typeof(KnownArtifacts).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }

    private static FrozenDictionary<string, KnownArtifact[]> Grouped(IEnumerable<KnownArtifact> entries) =>
        entries
            .GroupBy(entry => entry.Artifact, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private sealed record Table(FrozenDictionary<string, KnownArtifact[]> Exact, FrozenDictionary<string, KnownArtifact[]> Patterns);
}

/// <summary>A line of the table.</summary>
/// <param name="Artifact">Its name, or the beginning of the names that a pattern stands for.</param>
/// <param name="Roots">Packages that its classes stand below, such as <c>org.dom4j</c>; empty where they follow from the group.</param>
/// <param name="From">The first leading number of the versions that this group published; 0 for all.</param>
/// <param name="Below">The first that it did not any more; null where it still does.</param>
internal sealed record KnownArtifact(string Artifact, bool IsPattern, string Group, string[] Roots, double From, double? Below)
{
    /// <summary>Whether this group published such a version: groups were renamed between releases.</summary>
    /// <param name="version">Null where it is not known.</param>
    public bool Published(string? version) => version is null || Leading(version) is not { } number || (number >= From && !(number >= Below));

    /// <summary>Reads a line: artifact or pattern, group, roots separated by commas, versions such as <c>&gt;=2 &lt;3.1</c>.</summary>
    public static KnownArtifact Parse(string line)
    {
        var cells = line.Split('\t');
        var (from, below) = (0d, (double?)null);
        foreach (var bound in cells.Length > 3 ? cells[3].Split(' ') : [])
        {
            if (bound.StartsWith(">=", StringComparison.Ordinal))
            {
                from = Leading(bound[2..]) ?? 0;
            }
            else if (bound.StartsWith('<'))
            {
                below = Leading(bound[1..]);
            }
        }

        var isPattern = cells[0].EndsWith('*');
        var roots = cells.Length > 2 && cells[2].Length > 0 ? cells[2].Split(',') : [];
        return new KnownArtifact(isPattern ? cells[0][..^1] : cells[0], isPattern, cells[1], roots, from, below);
    }

    // The first three numbers are enough to tell such releases apart: 3.10 is 3.010, so that it comes after 3.9.
    private static double? Leading(string version)
    {
        var (value, unit) = (0d, 1d);
        var parts = version.Split('.', '-', '_');
        for (var at = 0; at < Math.Min(parts.Length, 3); at++, unit /= 1000)
        {
            var digits = parts[at].AsSpan();
            digits = digits.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? digits[..end] : digits;
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return at == 0 ? null : value;
            }

            value += Math.Min(number, at == 0 ? int.MaxValue : 999) * unit;
        }

        return value;
    }
}
