using System.Text.Json;

namespace Ecoscanner.Reports.Json;

/// <summary>JSON that somebody hands us as a report of ours, measured before anything is built from it.</summary>
internal static class BoundedJson
{
    // Our own report of 10,000 findings with their requests takes some 30 MB and 1,500,000 tokens.
    public const int MaximumBytes = 128 * 1024 * 1024;
    public const int MaximumTokens = 4_000_000;

    // Ours is 13 deep, SARIF's results a few more.
    public const int MaximumDepth = 32;

    private const string WayOut = "give a report written with -f json or -f sarif";

    /// <summary>The bytes, well-formed and within the limits.</summary>
    /// <exception cref="ReportFormatException">They are not.</exception>
    public static ReadOnlyMemory<byte> Read(Stream stream)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = stream.Read(buffer)) > 0; )
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > MaximumBytes)
            {
                throw new ReportFormatException($"the report is larger than {MaximumBytes:N0} bytes; {WayOut}");
            }
        }

        var bytes = copy.GetBuffer().AsMemory(0, (int)copy.Length);
        Measure(bytes.Span);
        return bytes;
    }

    /// <summary>What a failed reading means for the person who gave the file.</summary>
    public static ReportFormatException Wrong(JsonException e) =>
        new($"the file is no report of ours: see line {e.LineNumber + 1:N0}, {e.Path ?? "which is no JSON"}; {WayOut}", e);

    private static void Measure(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaximumDepth });
        var tokens = 0;
        var isMember = true;
        try
        {
            while (reader.Read())
            {
                // No list of ours has a hole, and the reader of shapes does not look for one.
                if (reader.TokenType is JsonTokenType.Null && !isMember)
                {
                    throw new ReportFormatException($"the report has null in a list, near byte {reader.TokenStartIndex:N0}; {WayOut}");
                }

                isMember = reader.TokenType is JsonTokenType.PropertyName;
                if (++tokens > MaximumTokens)
                {
                    throw new ReportFormatException($"the report has more than {MaximumTokens:N0} JSON tokens; {WayOut}");
                }
            }
        }
        catch (JsonException e)
        {
            throw Wrong(e);
        }
    }
}
