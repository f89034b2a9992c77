using System.Xml;

namespace Ecoscanner.Packages.Java;

/// <summary>The coordinates that a <c>pom.xml</c> gives itself; what it depends on is another matter.</summary>
/// <param name="Group">Its own, else its parent's; null where neither is known.</param>
/// <param name="Version">Likewise; null where it is left to a property that stands elsewhere.</param>
internal sealed record MavenPom(string? Group, string? Artifact, string? Version, string? Packaging)
{
    /// <summary>The largest of Maven's own have 100 KB.</summary>
    public const int MaximumBytes = 1024 * 1024;

    // A project has a few levels; nobody writes more by hand.
    private const int MaximumDepth = 64;

    // Properties that name properties that name properties.
    private const int MaximumReplacements = 8;

    // Names of versions and groups are short.
    private const int MaximumValueLength = 512;

    /// <summary>Reads it; null where it is none.</summary>
    public static MavenPom? Parse(byte[] bytes)
    {
        try
        {
            using var xml = SafeXml.Read(bytes);
            return Read(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static MavenPom? Read(XmlReader xml)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = new List<string>();
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.Depth < MaximumDepth)
            {
                path.RemoveRange(Math.Min(xml.Depth, path.Count), Math.Max(0, path.Count - xml.Depth));
                path.Add(xml.LocalName);
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && Key(path, xml.Depth) is { } key && xml.Value.Length <= MaximumValueLength)
            {
                values.TryAdd(key, xml.Value.Trim());
            }
        }

        return path.Count == 0 || path[0] != "project"
            ? null
            : new MavenPom(
                Value(values, "groupId") ?? Value(values, "parent.groupId"),
                Value(values, "artifactId"),
                Value(values, "version") ?? Value(values, "parent.version"),
                Value(values, "packaging")
            );
    }

    private static string? Key(List<string> path, int depth) =>
        depth != path.Count || path[0] != "project" ? null
        : path.Count == 2 ? path[1]
        : path.Count == 3 && path[1] is "parent" ? $"parent.{path[2]}"
        : path.Count == 3 && path[1] is "properties" ? $"properties.{path[2]}"
        : null;

    private static string? Value(Dictionary<string, string> values, string key)
    {
        if (!values.TryGetValue(key, out var value))
        {
            return null;
        }

        for (var round = 0; round < MaximumReplacements && value.Length <= MaximumValueLength; round++)
        {
            var start = value.IndexOf("${", StringComparison.Ordinal);
            var end = start < 0 ? -1 : value.IndexOf('}', start);
            if (end < 0)
            {
                break;
            }

            var name = value[(start + 2)..end];
            var own =
                name.StartsWith("project.", StringComparison.Ordinal) ? name["project.".Length..]
                : name.StartsWith("pom.", StringComparison.Ordinal) ? name["pom.".Length..]
                : null;
            if (
                !values.TryGetValue(own ?? $"properties.{name}", out var replacement)
                && !(own is "groupId" or "version" && values.TryGetValue($"parent.{own}", out replacement))
            )
            {
                return null;
            }

            value = string.Concat(value.AsSpan(0, start), replacement, value.AsSpan(end + 1));
        }

        return value.Length is 0 or > MaximumValueLength || value.Contains("${", StringComparison.Ordinal) ? null : value;
    }
}
