namespace Ecoscanner.Bench;

/// <summary>A jar and the coordinates that Debian publishes it under.</summary>
internal sealed record DebianJar(string Path, long Bytes, IReadOnlyList<Coordinates> Coordinates);

internal sealed record Coordinates(string Group, string Artifact, string Version)
{
    public string Name => $"{Group}:{Artifact}";

    public override string ToString() => $"{Name}:{Version}";
}

/// <summary>Reads a folder that <c>lib*-java</c> packages were unpacked into.</summary>
internal static class DebianJars
{
    public const string Repository = "usr/share/maven-repo";

    private const int MaximumLinks = 20;

    public static List<DebianJar> Read(string folder)
    {
        var root = Path.GetFullPath(folder);
        var repository = Path.Combine(root, Repository);
        var known = new SortedDictionary<string, List<Coordinates>>(StringComparer.Ordinal);
        foreach (var link in Directory.EnumerateFiles(repository, "*.jar", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var segments = Path.GetRelativePath(repository, link).Split('/');
            var coordinates = segments.Length < 4 ? null : new Coordinates(string.Join('.', segments[..^3]), segments[^3], segments[^2]);
            // Debian publishes most under a version "debian" or "4.x" as well, which nobody released.
            if (
                coordinates is null
                || coordinates.Version.Contains("debian", StringComparison.Ordinal)
                || coordinates.Version.EndsWith(".x", StringComparison.Ordinal)
                || segments[^1] != $"{coordinates.Artifact}-{coordinates.Version}.jar"
                || Resolve(root, link) is not { } path
            )
            {
                continue;
            }

            known.TryAdd(path, []);
            known[path].Add(coordinates);
        }

        return [.. known.Select(jar => new DebianJar(jar.Key, new FileInfo(jar.Key).Length, jar.Value))];
    }

    // Links of a package lead into the system that it is installed in, which here is the folder.
    private static string? Resolve(string root, string path)
    {
        for (var links = 0; links < MaximumLinks && new FileInfo(path).LinkTarget is { } target; links++)
        {
            path = Path.GetFullPath(target.StartsWith('/') ? root + target : Path.Combine(Path.GetDirectoryName(path)!, target));
        }

        return File.Exists(path) ? path : null;
    }
}
