using System.IO.Compression;
using Ecoscanner.Tests.Core.Packages.Java.Classes;

namespace Ecoscanner.Bench;

/// <summary>The libraries of a folder, with their coordinates by Maven's layout or by the jar's own pom.properties.</summary>
internal static class JarFolder
{
    /// <summary>Each release once, in the order of its coordinates.</summary>
    public static List<PackagedLibrary> Read(string folder)
    {
        // One jar may have several names there, such as 3.0 and 3.0.1: the longest says most.
        var jars = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.jar", SearchOption.AllDirectories) : [])
        {
            var file = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
            if (Coordinates(folder, path) is { } coordinates && File.Exists(file) && (!jars.TryGetValue(file, out var other) || other.Length < coordinates.Length))
            {
                jars[file] = coordinates;
            }
        }

        return
        [
            .. jars.OrderBy(jar => jar.Value, StringComparer.Ordinal)
                .DistinctBy(jar => jar.Value, StringComparer.Ordinal)
                .Select(jar => PackagedLibrary.Read(jar.Value[..jar.Value.LastIndexOf(':')], jar.Value[(jar.Value.LastIndexOf(':') + 1)..], jar.Key))
                .Where(library => library.Classes.Count > 0),
        ];
    }

    private static string? Coordinates(string folder, string path)
    {
        if (
            Path.GetRelativePath(folder, path).Split('/') is [.. { Length: > 0 } group, var artifact, var version, var name]
            && name == $"{artifact}-{version}.jar"
        )
        {
            return char.IsAsciiDigit(version[0]) && !version.EndsWith('x') ? $"{string.Join('.', group)}:{artifact}:{version}" : null;
        }

        using var jar = ZipFile.OpenRead(path);
        foreach (var entry in jar.Entries.Where(entry => entry.FullName.EndsWith("/pom.properties", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            var properties = reader
                .ReadToEnd()
                .Split('\n')
                .Select(line => line.Trim().Split('='))
                .Where(line => line.Length == 2)
                .GroupBy(line => line[0], StringComparer.Ordinal)
                .ToDictionary(line => line.Key, line => line.First()[1], StringComparer.Ordinal);
            if (
                properties.TryGetValue("artifactId", out var id)
                && properties.TryGetValue("version", out var release)
                && Path.GetFileName(path) == $"{id}-{release}.jar"
            )
            {
                return $"{properties.GetValueOrDefault("groupId")}:{id}:{release}";
            }
        }

        return null;
    }
}
