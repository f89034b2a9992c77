using System.Collections.Frozen;

namespace Ecoscanner.Scanners.ResponseHeaders;

/// <summary>The referrer policy that a browser takes from a response (W3C Referrer Policy, section 8.1).</summary>
internal static class ReferrerPolicy
{
    private static readonly FrozenSet<string> Policies = new[]
    {
        "no-referrer",
        "no-referrer-when-downgrade",
        "same-origin",
        "origin",
        "strict-origin",
        "origin-when-cross-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The last token that is a policy, in lower case, over all header fields; null where there is none. Tokens a browser does not know are passed over.</summary>
    public static string? Effective(IEnumerable<string> headers) =>
        headers.SelectMany(header => header.Split(',', StringSplitOptions.TrimEntries)).LastOrDefault(Policies.Contains)?.ToLowerInvariant();

    /// <summary>True where the whole URL, tokens in its query included, goes to other sites.</summary>
    public static bool Leaks(string policy) => policy is "unsafe-url" or "no-referrer-when-downgrade";
}
