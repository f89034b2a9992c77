namespace Ecoscanner.Packages.Java;

/// <summary>Compares what OSGi, manifests and file names call a version: <c>4.3.30.RELEASE</c>, <c>1.0.0.beta-2</c>, <c>1.0.0</c> for Maven's <c>1.0</c>.</summary>
internal static class OsgiVersion
{
    /// <summary>Whether they name the same release: separators, case and trailing zeros do not count, as OSGi needs three numbers and a word.</summary>
    public static bool Same(string? first, string? second) =>
        first is not null && second is not null && (first == second || Normal(first).SequenceEqual(Normal(second), StringComparer.Ordinal));

    /// <summary>A bundle's version as Maven would write it, as far as that can be told: <c>2.11.0</c>, <c>1.0.0.RC1</c>.</summary>
    public static string AsMaven(string version) =>
        version.EndsWith(".SNAPSHOT", StringComparison.Ordinal) ? $"{version[..^".SNAPSHOT".Length]}-SNAPSHOT"
        : version.EndsWith("-SNAPSHOT", StringComparison.Ordinal) ? version
        : version;

    private static List<string> Normal(string version)
    {
        var parts = version
            .Split(['.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.TrimStart('0') is { Length: > 0 } trimmed ? trimmed.ToLowerInvariant() : "0")
            .ToList();
        for (var at = parts.Count - 1; at >= 0; at--)
        {
            // 1.0.0 is 1, and 1.0.0.Final is 1.Final.
            if (parts[at] == "0" && (at == parts.Count - 1 || !char.IsAsciiDigit(parts[at + 1][0])))
            {
                parts.RemoveAt(at);
            }
        }

        return parts;
    }
}
