namespace Ecoscanner.Packages.Java;

/// <summary>Compares what OSGi, manifests and file names call a version: <c>4.3.30.RELEASE</c>, <c>1.0.0.beta-2</c>, <c>1.0.0</c> for Maven's <c>1.0</c>.</summary>
internal static class OsgiVersion
{
    /// <summary>Whether they name the same release: separators, case and trailing zeros do not count, as OSGi needs three numbers and a word.</summary>
    public static bool Same(string? first, string? second) =>
        first is not null && second is not null && (first == second || Normal(first).SequenceEqual(Normal(second), StringComparer.Ordinal));

    /// <summary>
    /// A bundle's version as Maven would write it, as far as that can be told: OSGi separates its word by a dot. Who writes <c>RELEASE</c>, <c>Final</c> or <c>SP1</c>
    /// does so as well, the others by a hyphen.
    /// </summary>
    public static string AsMaven(string version)
    {
        var parts = version.Split('.', 4);
        return
            parts.Length < 4
            || char.IsAsciiDigit(parts[3].AsSpan() is [var first, ..] ? first : '0')
            || char.IsAsciiLetterUpper(parts[3][0]) && !parts[3].EndsWith("SNAPSHOT", StringComparison.Ordinal) && parts[3][0] != 'M'
            ? version
            : $"{parts[0]}.{parts[1]}.{parts[2]}-{parts[3]}";
    }

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
