using System.Globalization;
using System.IO.Compression;

namespace Ecoscanner.Bench;

/// <summary>Makes <c>debian-artifacts.tsv</c>: under which groups Debian publishes Java's artifacts, and the packages of their classes.</summary>
internal static class DebianArtifacts
{
    private const string Table = "src/Ecoscanner.Core/Packages/Java";
    private const int MaximumRoots = 3;

    // Classes of others that a jar has taken in are fewer than its own.
    private const double LeastShare = 0.2;

    public static bool Run(string root, string? folder)
    {
        if (folder is null || !Directory.Exists(folder))
        {
            Console.WriteLine("name a folder with Debian's lib*-java packages: `./dev bench artifacts FOLDER`");
            return false;
        }

        var ours = File.ReadLines(Path.Combine(root, Table, "known-artifacts.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(cells => (cells[0], cells[1]))
            .ToHashSet();
        var lines = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var jar in DebianJars.Read(folder))
        {
            foreach (var coordinates in jar.Coordinates)
            {
                if (!ours.Contains((coordinates.Artifact, coordinates.Group)) && !coordinates.Group.Contains("debian", StringComparison.Ordinal))
                {
                    // Releases move their classes: javax became jakarta.
                    var name = $"{coordinates.Artifact}\t{coordinates.Group}";
                    lines.TryAdd(name, new SortedSet<string>(StringComparer.Ordinal));
                    lines[name].UnionWith(Roots(jar.Path));
                }
            }
        }

        var path = Path.Combine(root, Table, "debian-artifacts.tsv");
        File.WriteAllLines(
            path,
            [
                $"# Artifact, group and packages of the classes of the jars of Debian's lib*-java packages, {DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; made by `./dev bench artifacts FOLDER`.",
                .. lines.Select(line => $"{line.Key}\t{string.Join(',', line.Value)}".TrimEnd()),
            ]
        );
        Console.WriteLine($"{lines.Count} artifacts in {path}");
        return true;
    }

    private static List<string> Roots(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        var packages = zip
            .Entries.Where(entry =>
                entry.FullName.EndsWith(".class", StringComparison.Ordinal) && !entry.FullName.StartsWith("META-INF/", StringComparison.Ordinal)
            )
            .Select(entry => entry.FullName.Split('/')[..^1])
            .Where(segments => segments.Length > 0)
            .ToList();
        // Two names of a package tell whose it is; what all of these share tells more.
        return
        [
            .. packages
                .GroupBy(segments => string.Join('.', segments.Take(2)), StringComparer.Ordinal)
                .Where(group => group.Count() >= packages.Count * LeastShare)
                .OrderByDescending(group => group.Count())
                .Take(MaximumRoots)
                .Select(group => string.Join('.', Shared(group)))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string[] Shared(IEnumerable<string[]> packages) =>
        packages.Aggregate((first, second) => [.. first.Zip(second).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)]);
}
