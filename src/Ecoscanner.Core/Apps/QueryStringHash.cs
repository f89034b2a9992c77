using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Apps;

/// <summary>The <c>qsh</c> claim, which binds a token to one request: the hash of its method, path and query, as npm atlassian-jwt 2.0.3 computes it.</summary>
public static class QueryStringHash
{
    /// <summary>What stands in the claim of a context token, which is bound to no URL.</summary>
    public const string OfContextToken = "context-qsh";

    /// <summary>The hash, in lower-case hexadecimal.</summary>
    /// <param name="url">The request, with the path and query that go over the wire.</param>
    /// <param name="baseUrl">The app's base URL, whose path is taken off.</param>
    public static string Of(string method, Uri url, Uri baseUrl) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(method, url, baseUrl))));

    /// <summary>The text that is hashed, for a person who compares it with what an app logs.</summary>
    public static string Canonical(string method, Uri url, Uri baseUrl) =>
        $"{method.ToUpperInvariant()}&{Path(url.AbsolutePath, baseUrl.AbsolutePath)}&{Query(url.Query)}";

    private static string Path(string path, string basePath)
    {
        // A prefix of characters, not of segments: that is how the reference does it.
        var below = path.StartsWith(basePath, StringComparison.Ordinal) ? path[basePath.Length..] : path;
        if (below.Length == 0)
        {
            return "/";
        }

        // Node's url.parse, through which the reference reads a path, escapes the apostrophe.
        below = below.Replace("&", "%26", StringComparison.Ordinal).Replace("'", "%27", StringComparison.Ordinal);
        if (below[0] != '/')
        {
            below = $"/{below}";
        }

        return below.Length > 1 && below[^1] == '/' ? below[..^1] : below;
    }

    private static string Query(string query) =>
        string.Join(
            '&',
            query
                .TrimStart('?')
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(Parameter)
                .Where(parameter => parameter.Name is not ("jwt" or "__proto__"))
                .GroupBy(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{Uri.EscapeDataString(group.Key)}={string.Join(',', group.Order(StringComparer.Ordinal).Select(Uri.EscapeDataString))}")
        );

    private static (string Name, string Value) Parameter(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
    }

    // As forms decode; a percent sign without two digits stays, and bytes that are no UTF-8 become U+FFFD.
    private static string Decode(string text)
    {
        var bytes = new ArrayBufferWriter<byte>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            if (
                text[i] == '%'
                && i + 2 < text.Length
                && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)
            )
            {
                bytes.Write([octet]);
                i += 2;
                continue;
            }

            // A request's query is ASCII; anything else was escaped before.
            bytes.Write([text[i] == '+' ? (byte)' ' : (byte)text[i]]);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
