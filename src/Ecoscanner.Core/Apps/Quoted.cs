using System.Text;

namespace Ecoscanner.Apps;

/// <summary>Text that an app's partner wrote, as it may stand in a message: short, printable, on one line.</summary>
internal static class Quoted
{
    // Enough to recognise a URL by; a message stays one line on a terminal.
    private const int MaximumLength = 100;

    /// <summary>The text in quotes, cut, with everything but printable ASCII as <c>\uXXXX</c>.</summary>
    public static string Of(string text) => $"\"{Bare(text)}\"";

    /// <summary>The same without quotes, for the name of a file or URL in front of a message.</summary>
    public static string Bare(string text)
    {
        var quoted = new StringBuilder();
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaximumLength)))
        {
            _ = character switch
            {
                '"' => quoted.Append("\\\""),
                >= ' ' and <= '~' => quoted.Append(character),
                _ => quoted.Append($"\\u{(int)character:x4}"),
            };
        }

        return text.Length > MaximumLength ? quoted.Append("...").ToString() : quoted.ToString();
    }
}
