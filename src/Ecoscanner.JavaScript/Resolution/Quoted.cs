using System.Text;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>A stranger's text in a message: in quotes, cut, and without characters that a terminal obeys.</summary>
internal static class Quoted
{
    private const int MaximumLength = 120;

    public static string Of(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, MaximumLength)).EnumerateRunes())
        {
            quoted.Append(
                Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                    ? "\uFFFD"
                    : rune.ToString()
            );
        }

        return quoted.Append(text.Length > MaximumLength ? "…\"" : "\"").ToString();
    }
}
