using System.Globalization;

namespace Ecoscanner.Scanners.ResponseHeaders;

/// <summary>A cookie that a response sets, without its value (RFC 6265, section 5.2).</summary>
internal sealed record SetCookie(string Name)
{
    // Names that frameworks give to session cookies.
    private static readonly string[] SessionNames = ["cfid", "cftoken", "sid", "connect.sid", "sails.sid", "express:sess", "koa.sess", "auth", "jwt"];

    // Endings and parts of names that people give to theirs: "my_session", "JSESSIONID", "app.sid", "auth_token".
    private static readonly string[] SessionParts = ["sess", "auth", "jwt"];
    private static readonly string[] SessionEndings = [".sid", "_sid", "-sid", "sessid", "token"];

    // Meant to be read by scripts, and worth nothing without the session.
    private static readonly string[] NotSessions = ["csrf", "xsrf"];

    public bool Secure { get; private init; }

    public bool HttpOnly { get; private init; }

    /// <summary>As sent; null where the attribute is missing or is none of Strict, Lax and None.</summary>
    public string? SameSite { get; private init; }

    /// <summary>The response takes the cookie away: its life is over already.</summary>
    public bool Removed { get; private init; }

    public bool IsSession
    {
        get
        {
            var name = Name.ToLowerInvariant();
            return !NotSessions.Any(part => name.Contains(part, StringComparison.Ordinal))
                && (
                    SessionNames.Contains(name, StringComparer.Ordinal)
                    || SessionParts.Any(part => name.Contains(part, StringComparison.Ordinal))
                    || SessionEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
                );
        }
    }

    /// <summary>What it lacks: attributes, in words; empty where it lacks nothing.</summary>
    public IReadOnlyList<string> Lacks =>
        [.. new[] { Secure ? null : "Secure", HttpOnly ? null : "HttpOnly", SameSite is null ? "SameSite" : null }.OfType<string>()];

    /// <summary>The cookie of one header field; null where a browser would drop the field.</summary>
    public static SetCookie? Parse(string header, DateTimeOffset now)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        var end = parts[0].IndexOf('=', StringComparison.Ordinal);
        if (end <= 0)
        {
            return null;
        }

        // The last of repeated attributes counts.
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Skip(1))
        {
            var pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            attributes[pair[0]] = pair is [_, var value] ? value : "";
        }

        var sameSite = attributes.GetValueOrDefault("SameSite");
        return new SetCookie(parts[0][..end].TrimEnd())
        {
            Secure = attributes.ContainsKey("Secure"),
            HttpOnly = attributes.ContainsKey("HttpOnly"),
            SameSite = sameSite?.ToLowerInvariant() is "strict" or "lax" or "none" ? sameSite : null,
            Removed = IsOver(attributes, now),
        };
    }

    // Max-Age goes before Expires (RFC 6265, section 5.3).
    private static bool IsOver(Dictionary<string, string> attributes, DateTimeOffset now)
    {
        if (attributes.TryGetValue("Max-Age", out var maxAge) && long.TryParse(maxAge, NumberStyles.AllowLeadingSign, null, out var seconds))
        {
            return seconds <= 0;
        }

        return attributes.TryGetValue("Expires", out var expires)
            && DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            && end <= now;
    }
}
