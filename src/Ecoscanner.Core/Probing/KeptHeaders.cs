using System.Collections.Frozen;
using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>The response headers that evidence may keep: what the server says about itself and its rules, not about its users.</summary>
internal static class KeptHeaders
{
    private const string Mask = "***";

    // Of each name, so that no number of cookies pushes another header out.
    private const int MaximumOfOneName = 64;

    private const int MaximumCharacters = 1_000;

    // Values that a verdict rests on: a cut one would be judged for what was cut off.
    private const int MaximumJudgedCharacters = 8 * 1024;

    private static readonly FrozenSet<string> Judged = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Cache-Control",
        "Location",
        "Referrer-Policy",
        "Set-Cookie",
        "Strict-Transport-Security"
    );

    /// <summary>The allow-list.</summary>
    public static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Access-Control-Allow-Credentials",
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin",
        "Age",
        "Allow",
        "Cache-Control",
        "Content-Encoding",
        "Content-Length",
        "Content-Security-Policy",
        "Content-Security-Policy-Report-Only",
        "Content-Type",
        "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Date",
        "Expires",
        "Location",
        "Permissions-Policy",
        "Pragma",
        "Referrer-Policy",
        "Retry-After",
        "Server",
        "Set-Cookie",
        "Strict-Transport-Security",
        "Vary",
        "WWW-Authenticate",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "X-Powered-By"
    );

    /// <summary>The headers that may be kept, values cut to a length; of cookies the name and attributes, of redirects all but the values in the query.</summary>
    public static IReadOnlyList<HeaderField> Of(IEnumerable<HeaderField> headers, IReadOnlyList<ProbeSecret> secrets) =>
        [
            .. headers
                .Where(header => Names.Contains(header.Name))
                .GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
                .SelectMany(sameName => sameName.Take(MaximumOfOneName))
                .Select(header => header with { Value = Cut(Redaction.Of(Masked(header), secrets), MaximumFor(header.Name)) }),
        ];

    private static string Masked(HeaderField header) =>
        header.Name.ToUpperInvariant() switch
        {
            "SET-COOKIE" => Cookie(header.Value),
            "LOCATION" => Redirect(header.Value),
            _ => header.Value,
        };

    /// <summary>RFC 6265, 4.1.1: <c>name=value; attribute; attribute</c>.</summary>
    private static string Cookie(string value)
    {
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        var pair = semicolon < 0 ? value : value[..semicolon];
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var masked = equals < 0 ? Mask : $"{pair[..(equals + 1)]}{Mask}";
        return semicolon < 0 ? masked : masked + value[semicolon..];
    }

    private static string Redirect(string value)
    {
        var hash = value.IndexOf('#', StringComparison.Ordinal);
        var (target, fragment) = hash < 0 ? (value, "") : (value[..hash], $"#{Mask}");
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], $"?{string.Join('&', target[(question + 1)..].Split('&').Select(Parameter))}");
        return WithoutUserInfo(path) + query + fragment;
    }

    private static string Parameter(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? Mask : $"{parameter[..(equals + 1)]}{Mask}";
    }

    private static string WithoutUserInfo(string path)
    {
        var authority = path.IndexOf("//", StringComparison.Ordinal) + 2;
        if (authority < 2)
        {
            return path;
        }

        var slash = path.IndexOf('/', authority);
        var at = path.LastIndexOf('@', (slash < 0 ? path.Length : slash) - 1);
        return at < authority ? path : $"{path[..authority]}{Mask}{path[at..]}";
    }

    private static int MaximumFor(string name) => Judged.Contains(name) ? MaximumJudgedCharacters : MaximumCharacters;

    private static string Cut(string value, int length) => value.Length <= length ? value : $"{value[..length]}…";
}
