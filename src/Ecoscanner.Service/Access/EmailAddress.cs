using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Ecoscanner.Service.Access;

/// <summary>E-mail addresses, by which people sign in and are written to.</summary>
public static class EmailAddress
{
    // RFC 5321, 4.5.3.1.
    private const int MaximumLength = 254;

    private static readonly SearchValues<char> Special = SearchValues.Create("<>()[]\\,;:\"");

    /// <summary>The one spelling of it that is kept: without spaces around it, in lower case.</summary>
    public static string Normal(string email) => email.Length <= MaximumLength ? email.Trim().ToLowerInvariant() : "";

    /// <summary>True for what looks like one; whether somebody reads it only a mail tells. Nothing passes that could end a header line or hide its reading direction.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out string email)
    {
        email = Normal(text ?? "");
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at == email.LastIndexOf('@')
            && email.IndexOf('.', at) > at + 1
            && !email.EndsWith('.')
            && !email.AsSpan().ContainsAnyExceptInRange('!', '~')
            && !email.AsSpan().ContainsAny(Special);
    }
}
