namespace Ecoscanner.Scanners.ResponseHeaders;

/// <summary>What <c>Cache-Control</c> allows (RFC 9111, section 5.2).</summary>
internal static class CacheControl
{
    /// <summary>True where no cache may keep the response.</summary>
    public static bool ForbidsStoring(IEnumerable<string> headers) =>
        headers.SelectMany(Directives).Any(directive => directive.Equals("no-store", StringComparison.OrdinalIgnoreCase));

    /// <summary>The directives' names; commas inside quoted strings separate nothing.</summary>
    private static IEnumerable<string> Directives(string header)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= header.Length; i++)
        {
            if (i == header.Length || (header[i] == ',' && !quoted))
            {
                yield return header[start..i].Split('=', 2)[0].Trim();
                start = i + 1;
            }
            else if (header[i] == '"')
            {
                quoted = !quoted;
            }
            else if (header[i] == '\\' && quoted)
            {
                i = Math.Min(i + 1, header.Length - 1);
            }
        }
    }
}
