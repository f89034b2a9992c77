using System.Collections.Immutable;
using System.Globalization;

namespace Ecoscanner.Advisories.Reading;

/// <summary>What all sources write alike, with the limits that keep one record small.</summary>
internal static class RecordFields
{
    // Real records have a few dozen of each at most.
    private const int MaxAliases = 100;
    private const int MaxReferences = 200;
    private const int MaxWeaknesses = 50;

    private const int MaxSummary = 500;
    private const int MaxReference = 2000;

    // MITRE's number of embedded malicious code.
    private const int EmbeddedMaliciousCode = 506;

    public static ImmutableArray<string> Aliases(IEnumerable<string> ids, string own) =>
        [.. ids.Take(MaxAliases).Select(AdvisoryId.Of).OfType<string>().Where(id => id != own).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static ImmutableArray<Uri> References(IEnumerable<string> urls)
    {
        var references = ImmutableArray.CreateBuilder<Uri>();
        foreach (var url in urls.Take(MaxReferences))
        {
            if (
                url.Length <= MaxReference
                && Uri.TryCreate(url, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
                && !references.Contains(uri)
            )
            {
                references.Add(uri);
            }
        }

        return references.DrainToImmutable();
    }

    /// <summary>From <c>CWE-79</c> to 79.</summary>
    public static ImmutableArray<int> Weaknesses(IEnumerable<string> ids) =>
        [.. ids.Take(MaxWeaknesses).Select(Weakness).Where(number => number > 0).Distinct().Order()];

    public static bool IsMalicious(string id, IEnumerable<string> aliases, ImmutableArray<int> weaknesses) =>
        weaknesses.Contains(EmbeddedMaliciousCode) || aliases.Append(id).Any(name => name.StartsWith("MAL-", StringComparison.Ordinal));

    /// <summary>One line, not longer than a person reads.</summary>
    public static string Summary(string? text)
    {
        var line = string.Join(
            ' ',
            (text ?? "").AsSpan(0, Math.Min(text?.Length ?? 0, MaxSummary * 2)).ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        return line.Length <= MaxSummary ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[MaxSummary - 1]) ? MaxSummary - 1 : MaxSummary)}…";
    }

    private static int Weakness(string id) =>
        id.StartsWith("CWE-", StringComparison.OrdinalIgnoreCase) && int.TryParse(id.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
