namespace Ecoscanner.Findings;

/// <summary>A URL path with what varies from tenant to tenant taken out, so that the same endpoint has the same identity tomorrow.</summary>
public static class PathTemplate
{
    /// <summary>The path with each segment that is a number, a UUID, a long hexadecimal id or a filled variable replaced by <c>{}</c>.</summary>
    public static string Of(string path)
    {
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (IsVariable(segments[i]))
            {
                segments[i] = "{}";
            }
        }

        return string.Join('/', segments);
    }

    private static bool IsVariable(string segment) =>
        segment.Length > 0
        && (
            segment.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            || Guid.TryParse(segment, out _)
            || (segment.Length >= MinimumHexIdLength && segment.All(char.IsAsciiHexDigit))
            || segment.StartsWith("%7B", StringComparison.OrdinalIgnoreCase)
            || segment[0] == '{'
        );

    // Git's abbreviated hashes and Mongo's ids are longer; words such as "decade" and "facade" are shorter.
    private const int MinimumHexIdLength = 12;
}
