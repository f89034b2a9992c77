using System.IO.Compression;
using System.Text.Json;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Versions;

/// <summary>Versions that real advisories name.</summary>
internal static class AdvisoryVersions
{
    /// <summary>Those of each Maven package.</summary>
    public static IReadOnlyCollection<IReadOnlySet<string>> Maven()
    {
        var packages = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        using var file = new GZipStream(File.OpenRead(SharedData.Path("advisories/maven-npm.osv.jsonl.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            using var record = JsonDocument.Parse(line);
            foreach (var affected in record.RootElement.GetProperty("affected").EnumerateArray())
            {
                var package = affected.GetProperty("package");
                if (package.GetProperty("ecosystem").GetString() != "Maven")
                {
                    continue;
                }

                var name = package.GetProperty("name").GetString()!;
                if (!packages.TryGetValue(name, out var versions))
                {
                    packages.Add(name, versions = new(StringComparer.Ordinal));
                }

                if (affected.TryGetProperty("versions", out var listed))
                {
                    versions.UnionWith(listed.EnumerateArray().Select(version => version.GetString()!));
                }

                if (affected.TryGetProperty("ranges", out var ranges))
                {
                    versions.UnionWith(
                        ranges
                            .EnumerateArray()
                            .SelectMany(range => range.GetProperty("events").EnumerateArray())
                            .SelectMany(e => e.EnumerateObject())
                            .Select(e => e.Value.GetString()!)
                    );
                }
            }
        }

        foreach (var versions in packages.Values)
        {
            versions.RemoveWhere(version => version.Length == 0 || version.Contains(' ', StringComparison.Ordinal));
        }

        return packages.Values;
    }
}
