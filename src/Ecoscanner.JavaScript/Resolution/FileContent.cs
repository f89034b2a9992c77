using System.Text;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>The bytes of a file, or why there are none.</summary>
/// <param name="Problem">In words that follow the file's name: "has 9.0 MB, …"; null where it was read.</param>
public sealed record FileContent(ReadOnlyMemory<byte> Bytes, string? Problem = null)
{
    /// <summary>The text, decoded by its byte order mark; UTF-8 without one, and what is no UTF-8 becomes U+FFFD.</summary>
    public string Text =>
        Bytes.Span switch
        {
            [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
            [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
            [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
            var all => Encoding.UTF8.GetString(all),
        };

    internal static FileContent Missing { get; } = new(default, "does not exist");

    internal static FileContent TooLarge(long bytes, int maximumBytes) =>
        new(default, $"has {bytes / 1024.0 / 1024:0.0} MB, and at most {maximumBytes / 1024.0 / 1024:0.0} MB are read");
}
