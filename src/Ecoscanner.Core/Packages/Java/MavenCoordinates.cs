using System.Text;

namespace Ecoscanner.Packages.Java;

/// <summary>What one folder below <c>META-INF/maven</c> says.</summary>
/// <param name="Path">The file that says it.</param>
/// <param name="Version">Null where it is not known.</param>
/// <param name="IsPlaced">Whether it stands in the folder of its own group and artifact, as Maven writes it.</param>
/// <param name="Kind">Which of the two files it is.</param>
internal sealed record MavenCoordinates(string Path, string Group, string Artifact, string? Version, bool IsPlaced, ClueKind Kind)
{
    /// <summary>Maven writes 150.</summary>
    public const int MaximumPropertiesBytes = 64 * 1024;

    // Groups, artifacts and versions; Maven itself allows letters, digits, - _ and dots.
    private const int MaximumLength = 256;

    public string Name => $"{Group}:{Artifact}";

    public Clue Clue => new(Kind, $"{Path}: {Version ?? "no version"}");

    /// <summary>Reads the two files of a folder; null where they do not tell group and artifact.</summary>
    /// <param name="folder">Such as <c>META-INF/maven/org.yaml/snakeyaml</c>.</param>
    /// <param name="properties">The bytes of <c>pom.properties</c>; null where there is none.</param>
    /// <param name="pom">The bytes of <c>pom.xml</c>; null where there is none.</param>
    public static MavenCoordinates? Read(string folder, byte[]? properties, byte[]? pom)
    {
        var values = properties is null ? null : Properties(Encoding.UTF8.GetString(properties));
        var project = pom is null ? null : MavenPom.Parse(pom);
        if (values is null && project is null)
        {
            return null;
        }

        var segments = folder.Split('/');
        var (folderGroup, folderArtifact) = segments is ["META-INF", "maven", var first, var second] ? (first, second) : (null, null);
        var artifact = Plain(values?.GetValueOrDefault("artifactId")) ?? Plain(project?.Artifact) ?? Plain(folderArtifact);
        var group = Plain(values?.GetValueOrDefault("groupId")) ?? Plain(project?.Group) ?? Plain(folderGroup);
        if (artifact is null || group is null)
        {
            return null;
        }

        var version = Plain(values?.GetValueOrDefault("version")) ?? Plain(project?.Version);
        var (file, kind) = values is null ? ("pom.xml", ClueKind.Pom) : ("pom.properties", ClueKind.PomProperties);
        return new MavenCoordinates($"{folder}/{file}", group, artifact, version, group == folderGroup && artifact == folderArtifact, kind);
    }

    /// <summary>A name or version as Maven allows it; null where it is none.</summary>
    public static string? Plain(string? text) => text is { Length: > 0 and <= MaximumLength } && text.AsSpan().IndexOfAnyExcept(Allowed) < 0 ? text : null;

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+~"
    );

    private static Dictionary<string, string> Properties(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.IsEmpty || trimmed[0] is '#' or '!' || trimmed.IndexOfAny('=', ':') is not (> 0 and var at))
            {
                continue;
            }

            values.TryAdd(trimmed[..at].TrimEnd().ToString(), trimmed[(at + 1)..].TrimStart().ToString().Replace("\\", "", StringComparison.Ordinal));
        }

        return values;
    }
}
