using System.Text;

namespace Ecoscanner.Probing;

/// <summary>Takes genuine credentials out of everything that is kept or printed.</summary>
internal static class Redaction
{
    /// <summary>The text with each credential, as it is or percent-encoded, replaced by its placeholder.</summary>
    public static string Of(string text, IReadOnlyList<ProbeSecret> secrets)
    {
        var redacted = new StringBuilder();
        while (First(text, secrets) is var (secret, at, length))
        {
            redacted.Append(text, 0, at).Append(secret.Placeholder);
            text = text[(at + length)..];
        }

        return redacted.Append(text).ToString();
    }

    /// <summary>The first credential in the text, the longest one where two begin at the same place; null where there is none.</summary>
    public static (ProbeSecret Secret, int At, int Length)? First(string text, IReadOnlyList<ProbeSecret> secrets)
    {
        (ProbeSecret Secret, int At, int Length)? first = null;
        foreach (var secret in secrets.Where(secret => secret.Value.Length > 0))
        {
            foreach (var form in new[] { secret.Value, Uri.EscapeDataString(secret.Value) })
            {
                var at = text.IndexOf(form, StringComparison.Ordinal);
                if (at >= 0 && (first is not { } best || at < best.At || (at == best.At && form.Length > best.Length)))
                {
                    first = (secret, at, form.Length);
                }
            }
        }

        return first;
    }
}
