using System.Globalization;
using System.Text;

namespace Ecoscanner.Probing;

/// <summary>Writes text as one word of a bash command line that stays on its line, whatever the text holds.</summary>
public static class ShellWord
{
    /// <summary>The text in single quotes; with control or non-ASCII characters in <c>$'…'</c>, its UTF-8 bytes in octal, so that no terminal acts on them.</summary>
    public static string Of(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            var quoted = new StringBuilder("$'");
            foreach (var unit in Encoding.UTF8.GetBytes(text))
            {
                _ = unit switch
                {
                    (byte)'\'' or (byte)'\\' => quoted.Append('\\').Append((char)unit),
                    >= (byte)' ' and <= (byte)'~' => quoted.Append((char)unit),
                    _ => quoted.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0')),
                };
            }

            return quoted.Append('\'').ToString();
        }

        return $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    /// <summary>
    /// The same, but for genuine credentials: in place of each stands its placeholder in double quotes, which the shell evaluates:
    /// <c>'Authorization: JWT '"$(ecoscanner connect token …)"</c>.
    /// </summary>
    internal static string Of(string text, IReadOnlyList<ProbeSecret> secrets)
    {
        var word = new StringBuilder();
        while (Redaction.First(text, secrets) is var (secret, at, length))
        {
            if (at > 0)
            {
                word.Append(Of(text[..at]));
            }

            word.Append(CultureInfo.InvariantCulture, $"\"{secret.Placeholder}\"");
            text = text[(at + length)..];
        }

        return text.Length > 0 || word.Length == 0 ? word.Append(Of(text)).ToString() : word.ToString();
    }
}
