using System.Text;

namespace Ecoscanner.Reports.Sinks;

/// <summary>Text for the <c>text</c> of a SARIF message, which may hold links (SARIF 2.1.0, 3.11.6) and placeholders (3.11.5).</summary>
internal static class SarifText
{
    /// <summary>The visible text with a space inside <c>](</c> and before the number of <c>{0}</c>: viewers do not agree on how to undo escapes.</summary>
    public static string Of(string? text)
    {
        if (text is null or "")
        {
            return "";
        }

        var broken = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length; at++)
        {
            if (at > 0 && (text[at - 1], text[at]) is (']', '(') or ('{', >= '0' and <= '9'))
            {
                broken.Append(' ');
            }

            broken.Append(text[at]);
        }

        return Visible.Of(broken.ToString());
    }
}
