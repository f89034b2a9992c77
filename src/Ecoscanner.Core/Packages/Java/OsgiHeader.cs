namespace Ecoscanner.Packages.Java;

/// <summary>The values of OSGi's headers: clauses of paths with attributes and directives (OSGi Core 3.2.4).</summary>
internal static class OsgiHeader
{
    // Bundles import some hundred packages.
    private const int MaximumClauses = 5000;

    /// <summary>Its clauses, one for each path; none where there is no header.</summary>
    public static IEnumerable<OsgiClause> Parse(string? header)
    {
        if (header is null)
        {
            yield break;
        }

        var count = 0;
        foreach (var clause in Split(header, ','))
        {
            var parts = Split(clause, ';').Select(part => part.Trim()).ToList();
            var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var part in parts)
            {
                if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                {
                    attributes.TryAdd(part[..equals].TrimEnd(':', ' '), part[(equals + 1)..].Trim(' ', '"'));
                }
            }

            foreach (var path in parts.Where(part => part.Length > 0 && !part.Contains('=', StringComparison.Ordinal)))
            {
                if (count++ == MaximumClauses)
                {
                    yield break;
                }

                yield return new OsgiClause(path.Trim('"'), attributes);
            }
        }
    }

    private static IEnumerable<string> Split(string text, char separator)
    {
        var start = 0;
        var isQuoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[at] == separator && !isQuoted)
            {
                yield return text[start..at];
                start = at + 1;
            }
        }

        yield return text[start..];
    }
}

/// <summary>One package, bundle or file that a header names.</summary>
/// <param name="Attributes">Attributes and directives, by names whose case does not count: <c>version</c>, <c>resolution</c>.</param>
internal sealed record OsgiClause(string Path, IReadOnlyDictionary<string, string> Attributes)
{
    public bool IsOptional => Attributes.TryGetValue("resolution", out var resolution) && resolution == "optional";
}
