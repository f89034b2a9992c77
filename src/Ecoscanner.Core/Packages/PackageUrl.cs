using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Ecoscanner.Packages;

/// <summary>A package URL, such as <c>pkg:maven/org.yaml/snakeyaml@1.33</c> or <c>pkg:npm/%40scope/name@1.0.0</c> (purl-spec). Two are equal letter by letter.</summary>
/// <param name="Ecosystem">Its type: <c>maven</c> or <c>npm</c>.</param>
/// <param name="Name">As the ecosystem names it: <c>group:artifact</c>, <c>@scope/name</c>.</param>
/// <param name="Version">Null where it is not known.</param>
public sealed record PackageUrl(Ecosystem Ecosystem, string Name, string? Version)
{
    /// <summary>Longer than any coordinates: npm ends names at 214 characters, and what follows them is dropped.</summary>
    public const int MaximumLength = 4096;

    private const string Scheme = "pkg:";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one; its qualifiers and its subpath are dropped.</summary>
    /// <returns>False where it is none, or of another type than ours.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageUrl? url)
    {
        url = null;
        if (text is null || text.Length > MaximumLength || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // The spec reads from the right: subpath, qualifiers, version.
        var rest = text.AsSpan(Scheme.Length);
        rest = Before(rest, '#');
        rest = Before(rest, '?').Trim('/');
        var type = rest[..Math.Max(0, rest.IndexOf('/'))];
        rest = rest[type.Length..].Trim('/');
        // A scope that was not encoded begins with @ as well.
        var at = rest.LastIndexOf('@');
        at = at > rest.LastIndexOf('/') + 1 ? at : -1;
        string? version = null;
        if (at >= 0)
        {
            version = Decoded(rest[(at + 1)..]);
            if (version is null)
            {
                return false;
            }

            rest = rest[..at].TrimEnd('/');
        }

        var slash = rest.LastIndexOf('/');
        var space = slash < 0 ? "" : Decoded(rest[..slash].Trim('/'));
        if (space is null || Decoded(rest[(slash + 1)..]) is not { Length: > 0 } name)
        {
            return false;
        }

        url = Of(type, space, name, version is { Length: > 0 } ? version : null);
        return url is not null;
    }

    /// <summary>The canonical form.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Scheme);
        var separator = Ecosystem is Ecosystem.Maven ? Name.IndexOf(':', StringComparison.Ordinal) : Name.IndexOf('/', StringComparison.Ordinal);
        text.Append(Ecosystem is Ecosystem.Maven ? "maven/" : "npm/");
        if (separator > 0)
        {
            Encode(text, Name.AsSpan(0, separator));
            text.Append('/');
        }

        Encode(text, Name.AsSpan(separator > 0 ? separator + 1 : 0));
        if (Version is not null)
        {
            text.Append('@');
            Encode(text, Version);
        }

        return text.ToString();
    }

    private static PackageUrl? Of(ReadOnlySpan<char> type, string space, string name, string? version)
    {
        if (type.Equals("maven", StringComparison.OrdinalIgnoreCase))
        {
            var isSound = space.Length > 0 && !space.Contains(':', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal);
            return isSound ? new PackageUrl(Ecosystem.Maven, $"{space}:{name}", version) : null;
        }

        if (!type.Equals("npm", StringComparison.OrdinalIgnoreCase) || name.Contains('/', StringComparison.Ordinal))
        {
            return null;
        }

        return space.Length == 0 ? new PackageUrl(Ecosystem.Npm, name, version)
            : space is ['@', _, ..] && !space.Contains('/', StringComparison.Ordinal) ? new PackageUrl(Ecosystem.Npm, $"{space}/{name}", version)
            : null;
    }

    private static ReadOnlySpan<char> Before(ReadOnlySpan<char> text, char separator) => text.LastIndexOf(separator) is >= 0 and var at ? text[..at] : text;

    /// <summary>Null where a percent sign encodes nothing, or something that no coordinates have.</summary>
    private static string? Decoded(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Strict.GetMaxByteCount(text.Length)];
        var length = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOf('%') is >= 0 and var percent ? text[..percent] : text;
            if (!TryBytes(plain, bytes, ref length))
            {
                return null;
            }

            text = text[plain.Length..];
            if (text.IsEmpty)
            {
                break;
            }

            if (text.Length < 3 || !byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[length]))
            {
                return null;
            }

            length++;
            text = text[3..];
        }

        try
        {
            var decoded = Strict.GetString(bytes, 0, length);
            return decoded.Any(char.IsControl) ? null : decoded;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool TryBytes(ReadOnlySpan<char> text, byte[] bytes, ref int length)
    {
        try
        {
            length += Strict.GetBytes(text, bytes.AsSpan(length));
            return true;
        }
        catch (EncoderFallbackException)
        {
            // Half a surrogate pair.
            return false;
        }
    }

    private static void Encode(StringBuilder target, ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            // The colon stays as it is, by the spec.
            if (rune.IsAscii && ((char)rune.Value is '.' or '-' or '_' or '~' or ':' || char.IsAsciiLetterOrDigit((char)rune.Value)))
            {
                target.Append((char)rune.Value);
                continue;
            }

            foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                target.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }
    }
}
