using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ecoscanner.Reports.Sinks;

/// <summary>Text with all that steers a display or cannot be seen made visible: what every other encoder starts from.</summary>
public static class Visible
{
    /// <summary>
    /// The text with controls (ANSI and OSC escapes begin with one), line breaks, bidirectional, zero-width, tag, private-use and unassigned
    /// characters and lone surrogates replaced by <c>\u{202E}</c>, their number in hex. Other text comes back unchanged; null as nothing.
    /// </summary>
    public static string Of(string? text)
    {
        var at = FirstHostile(text);
        if (at < 0)
        {
            return text ?? "";
        }

        var visible = new StringBuilder(text!.Length + 16).Append(text, 0, at);
        for (var rest = text.AsSpan(at); rest.Length > 0; )
        {
            var found = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            if (found && !IsHostile(rune))
            {
                visible.Append(rest[..length]);
            }
            else
            {
                visible.Append($"\\u{{{(found ? rune.Value : rest[0]):X}}}");
            }

            rest = rest[length..];
        }

        return visible.ToString();
    }

    private static int FirstHostile(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; )
        {
            if (text[at] is >= ' ' and <= '~')
            {
                at++;
                continue;
            }

            if (Rune.DecodeFromUtf16(text[at..], out var rune, out var length) != OperationStatus.Done || IsHostile(rune))
            {
                return at;
            }

            at += length;
        }

        return -1;
    }

    private static bool IsHostile(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
        || IsInvisible(rune.Value);

    // Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt, without those of category Format: joiners, fillers and
    // variation selectors, which can carry hidden text.
    private static bool IsInvisible(int value) =>
        value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xE0000 and <= 0xE0FFF);
}
