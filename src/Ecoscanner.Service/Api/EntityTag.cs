using System.Globalization;

namespace Ecoscanner.Service.Api;

/// <summary>The version of a row as HTTP tells it (RFC 9110, 8.8.3): who changes it says which version they saw.</summary>
internal static class EntityTag
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that <c>If-Match</c> names.</summary>
    /// <exception cref="ProblemException">There is none, or none of ours.</exception>
    public static long Asked(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString();
        if (header.Length == 0)
        {
            throw new ProblemException(ProblemKind.NeedsIfMatch, "send If-Match with the ETag of what you saw, so that nobody's change is lost");
        }

        return header is ['"', .. var digits, '"'] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw Changed();
    }

    /// <exception cref="ProblemException">It was changed since.</exception>
    public static void Check(long asked, long current)
    {
        if (asked != current)
        {
            throw Changed();
        }
    }

    /// <summary>True where the client has this version already.</summary>
    public static bool IsKnown(HttpContext http, string tag) => http.Request.Headers.IfNoneMatch.ToString().Split(',').Any(known => known.Trim() == tag);

    public static ProblemException Changed() => new(ProblemKind.Changed, "it was changed since you saw it; get it again, and decide anew");
}
