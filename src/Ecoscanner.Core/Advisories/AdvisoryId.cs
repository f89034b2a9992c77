using System.Buffers;

namespace Ecoscanner.Advisories;

/// <summary>The ids that advisories go by.</summary>
public static class AdvisoryId
{
    // The longest of the known databases has 45 characters.
    private const int MaxLength = 100;

    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_:");

    /// <summary>In the case that its database writes; null where it is no id: a link, a weakness (<c>CWE-201</c>), a sentence.</summary>
    public static string? Of(string? text)
    {
        text = text?.Trim();
        if (text is null or { Length: 0 or > MaxLength } || text.AsSpan().ContainsAnyExcept(Characters) || !text.Contains('-', StringComparison.Ordinal))
        {
            return null;
        }

        if (text.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase))
        {
            return text.ToUpperInvariant();
        }

        if (text.StartsWith("GHSA-", StringComparison.OrdinalIgnoreCase))
        {
            return $"GHSA-{text[5..].ToLowerInvariant()}";
        }

        return text.StartsWith("CWE-", StringComparison.OrdinalIgnoreCase) ? null : text;
    }

    public static bool IsCve(string id) => id.StartsWith("CVE-", StringComparison.Ordinal);

    public static bool IsGitHub(string id) => id.StartsWith("GHSA-", StringComparison.Ordinal);

    /// <summary>CVE first, then GHSA, then the rest, each in ordinal order: the first of several ids is what people know it by.</summary>
    public static int Compare(string left, string right)
    {
        var byKind = Kind(left).CompareTo(Kind(right));
        return byKind != 0 ? byKind : string.CompareOrdinal(left, right);
    }

    private static int Kind(string id) =>
        IsCve(id) ? 0
        : IsGitHub(id) ? 1
        : 2;
}
