using System.Globalization;
using System.Text;

namespace Ecoscanner.Reports.Text;

/// <summary>How wide text stands in a terminal, and where its lines break.</summary>
internal static class Columns
{
    // East Asian Width W and F (Unicode's EastAsianWidth.txt), in whole blocks.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F),
        (0x2E80, 0x303E),
        (0x3041, 0xA4CF),
        (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60),
        (0xFFE0, 0xFFE6),
        (0x1F300, 0x1F64F),
        (0x1F680, 0x1F6FF),
        (0x1F900, 0x1FAFF),
        (0x20000, 0x3FFFD),
    ];

    /// <summary>Columns of text that has been made visible.</summary>
    public static int Of(string text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            columns +=
                Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
                : Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2
                : 1;
        }

        return columns;
    }

    /// <summary>Lines of at most that many columns, broken at spaces; a longer word stands whole on its line.</summary>
    public static IEnumerable<string> Wrap(string text, int columns)
    {
        var (line, used) = (new StringBuilder(), 0);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var width = Of(word);
            if (used > 0 && used + 1 + width > columns)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            line.Append(used > 0 ? " " : "").Append(word);
            used += width + (used > 0 ? 1 : 0);
        }

        if (used > 0)
        {
            yield return line.ToString();
        }
    }
}
