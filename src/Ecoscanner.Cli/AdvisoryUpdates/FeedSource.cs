using Ecoscanner.Reports;

namespace Ecoscanner.Cli.AdvisoryUpdates;

/// <summary>Something that advisories, or facts about exploitation, are got from.</summary>
/// <param name="Name">For people.</param>
/// <param name="Place">A URL, a file or a folder.</param>
/// <param name="Digest">SHA-256 that the file must have, in lower-case hex; null where none was given.</param>
/// <param name="Licence">SPDX id of what it publishes; null where that differs or is not known.</param>
/// <param name="IsNeeded">False where an index without it is still one.</param>
internal sealed record FeedSource(string Name, string Place, string? Digest = null, string? Licence = null, bool IsNeeded = true)
{
    private const string DigestPrefix = "sha256:";
    private const int DigestLength = 64;

    /// <summary>What is publicly offered: OSV's dumps of both ecosystems, CISA's catalogue and FIRST's predictions.</summary>
    public static readonly IReadOnlyList<FeedSource> Public =
    [
        new("OSV Maven", "https://osv-vulnerabilities.storage.googleapis.com/Maven/all.zip", Licence: "CC-BY-4.0"),
        new("OSV npm", "https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip", Licence: "CC-BY-4.0 AND Apache-2.0"),
        new("CISA KEV", "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json", Licence: "CC0-1.0", IsNeeded: false),
        new("FIRST EPSS", "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz", IsNeeded: false),
    ];

    /// <summary>The place as a URL; null where it is a file or a folder.</summary>
    public Uri? Url => Place.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(Place, UriKind.Absolute, out var url) ? url : null;

    /// <summary>What a person named, each with its digest where there are any.</summary>
    /// <exception cref="ExitException">The digests are none, or not as many as the places.</exception>
    public static IReadOnlyList<FeedSource> Of(IReadOnlyList<string> places, IReadOnlyList<string> digests)
    {
        if (digests.Count > 0 && digests.Count != places.Count)
        {
            throw new ExitException(
                ExitCode.Usage,
                places.Count == 0
                    ? "--digest says what the file of --from must be; name that file too"
                    : $"there are {places.Count} --from and {digests.Count} --digest; give one --digest for each --from, in their order, or none"
            );
        }

        return [.. places.Select((place, i) => new FeedSource(NameOf(place), place, digests.Count > 0 ? Read(digests[i]) : null))];
    }

    private static string Read(string digest)
    {
        var hex = digest.StartsWith(DigestPrefix, StringComparison.OrdinalIgnoreCase) ? digest[DigestPrefix.Length..].ToLowerInvariant() : "";
        return hex.Length == DigestLength && hex.All(char.IsAsciiHexDigitLower)
            ? hex
            : throw new ExitException(
                ExitCode.Usage,
                $"--digest {digest} is none; write {DigestPrefix} and the {DigestLength} hexadecimal digits that sha256sum prints"
            );
    }

    private static string NameOf(string place) => Path.GetFileName(place.Split('?')[0].TrimEnd('/', '\\')) is { Length: > 0 } name ? name : place;
}
