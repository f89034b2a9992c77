using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ecoscanner.Apps;

/// <summary>
/// URLs of a descriptor, taken apart by hand: the framework's reader removes dot segments and decodes escapes, and a path that was
/// rewritten has another query string hash than the one the product signs.
/// </summary>
internal static class DescriptorUrl
{
    // What common servers accept as a request line.
    private const int MaximumLength = 8192;

    // RFC 1035, 2.3.4.
    private const int MaximumHostLength = 253;
    private const int MaximumLabelLength = 63;

    // RFC 3986, 3.3 and 3.4; the percent sign is judged by what follows it.
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/"
    );
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?"
    );
    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>Whether a URL names its own host, as <c>https://host/path</c> and <c>//host/path</c> do.</summary>
    public static bool HasHost(string text) => Scheme(text) is not null || text.StartsWith("//", StringComparison.Ordinal);

    /// <summary>Reads an absolute http or https URL. Null where it is unusable, and then <c>Wrong</c> follows "the URL".</summary>
    public static (Uri? Url, string Wrong) Absolute(string text) => Absolute(text, static part => part);

    /// <summary>
    /// Reads a URL of a module and fills its context variables. A path is appended to the base URL's path, as the products and
    /// atlassian-connect-express do; it is not resolved against it as a browser would.
    /// </summary>
    /// <param name="fill">Fills context variables; is given path and query, never the host.</param>
    public static (Uri? Url, string Wrong) Join(Uri baseUrl, string text, Func<string, string> fill)
    {
        if (HasHost(text))
        {
            return Absolute(text[0] == '/' ? $"{baseUrl.Scheme}:{text}" : text, fill);
        }

        return Unusable(text) is { } wrong ? (null, wrong) : Build(baseUrl.GetLeftPart(UriPartial.Authority), baseUrl.AbsolutePath, text, fill);
    }

    /// <summary>Whether a browser would shorten the path by its <c>.</c> and <c>..</c> segments, and so break the signature.</summary>
    public static bool HasDotSegments(Uri url) =>
        (url.AbsolutePath.Contains("/.", StringComparison.Ordinal) || url.AbsolutePath.Contains("/%2e", StringComparison.OrdinalIgnoreCase))
        && url.AbsolutePath.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Split('/').Any(segment => segment is "." or "..");

    private static (Uri? Url, string Wrong) Absolute(string text, Func<string, string> fill)
    {
        if (Unusable(text) is { } unusable)
        {
            return (null, unusable);
        }

        var scheme = Scheme(text)?.ToLowerInvariant();
        if (scheme is not ("http" or "https"))
        {
            return (null, scheme is null ? "is not absolute" : $"has the scheme {Quoted.Bare(scheme)}");
        }

        if (!text.AsSpan(scheme.Length).StartsWith("://"))
        {
            return (null, "lacks the // before its host");
        }

        var rest = text[(scheme.Length + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        return WrongWith(authority) is { } wrong ? (null, wrong) : Build($"{scheme}://{authority}", "", end < 0 ? "" : rest[end..], fill);
    }

    private static (Uri? Url, string Wrong) Build(string origin, string basePath, string text, Func<string, string> fill)
    {
        // A fragment never leaves the browser.
        var fragment = text.IndexOf('#', StringComparison.Ordinal);
        var sent = fragment < 0 ? text : text[..fragment];
        var question = sent.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? sent : sent[..question];
        var query = Encode(fill(question < 0 ? "" : WithoutToken(sent[question..])), QueryCharacters);
        var joined = path.Length == 0 ? basePath : $"{basePath.TrimEnd('/')}/{Encode(fill(path), PathCharacters).TrimStart('/')}";
        var whole = $"{origin}{(joined.Length == 0 ? "/" : joined)}{query}";
        return Uri.TryCreate(whole, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var url)
            ? (url, "")
            : (null, "cannot be read as a URL");
    }

    // Where the product puts its token, a probe puts its own or none.
    private static string WithoutToken(string query)
    {
        if (!query.Contains("{jwt}", StringComparison.Ordinal))
        {
            return query;
        }

        var kept = query[1..].Split('&').Where(parameter => parameter is not ("jwt={jwt}" or "jwt=${jwt}")).ToList();
        return kept.Count == 0 ? "" : $"?{string.Join('&', kept)}";
    }

    private static string? Scheme(string text)
    {
        var end = text.AsSpan().IndexOfAny(":/?#");
        return end > 0 && text[end] == ':' && char.IsAsciiLetter(text[0]) && !text.AsSpan(0, end).ContainsAnyExcept(SchemeCharacters) ? text[..end] : null;
    }

    private static string? Unusable(string text) =>
        text.Length > MaximumLength ? $"has more than {MaximumLength} characters"
        : text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f') ? "has control characters"
        : null;

    private static string? WrongWith(string authority)
    {
        if (authority.Contains('@', StringComparison.Ordinal))
        {
            return "has a user name or password in it";
        }

        var bracket = authority.LastIndexOf(']');
        var colon = authority.LastIndexOf(':');
        var host = colon > bracket ? authority[..colon] : authority;
        if (colon > bracket && !(ushort.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0))
        {
            return $"has the port {Quoted.Of(authority[(colon + 1)..])}, which is no port";
        }

        return host switch
        {
            "" => "has no host",
            ['[', .. var address, ']']
                when System.Net.IPAddress.TryParse(address, out var ip) && ip.ScopeId == 0 && !address.Contains('%', StringComparison.Ordinal) => null,
            // RFC 3986 hosts are ASCII, and in its xn-- form no name can be mistaken for another one that looks the same.
            _ when !Ascii.IsValid(host) => $"has the host {Quoted.Of(host)} with letters beyond ASCII{Punycode(host)}",
            _ when host.AsSpan().ContainsAnyExcept(HostCharacters)
                    || host.Length > MaximumHostLength
                    || host.TrimEnd('.').Split('.').Any(label => label.Length is 0 or > MaximumLabelLength) =>
                $"has the host {Quoted.Of(host)}, which is no host",
            _ => null,
        };
    }

    private static string Punycode(string host)
    {
        try
        {
            return $", which may look like another host; if it is meant, write {new IdnMapping().GetAscii(host)}";
        }
        catch (ArgumentException)
        {
            return ", and it is not a valid international name";
        }
    }

    private static string Encode(string text, SearchValues<char> allowed)
    {
        if (!text.AsSpan().ContainsAnyExcept(allowed))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (allowed.Contains(text[i]) || (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2])))
            {
                encoded.Append(text[i]);
                continue;
            }

            var rune = Rune.GetRuneAt(text, i);
            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return encoded.ToString();
    }
}
