using Ecoscanner.Packages.Sbom;
using Ecoscanner.Packages.Vex;

namespace Ecoscanner.Advisories.Review;

/// <summary>What a review found, as a bill of materials lists it, with what is said of each.</summary>
public static class SbomFindings
{
    public static IReadOnlyList<SbomVulnerability> Of(ReviewedInventory review, IReadOnlyList<VexStatement> claims, DateTimeOffset now) =>
        [
            .. review.Vulnerable.Select(vulnerable => Of(vulnerable, VulnerabilityClaim.Of(vulnerable, claims, now))),
            .. review.Cleared.GroupBy(cleared => cleared.Advisory.Id, StringComparer.Ordinal).Select(Of),
        ];

    private static SbomVulnerability Of(VulnerablePackage vulnerable, VexStatement? claim) =>
        Of(vulnerable.Advisory, [.. vulnerable.Components.Select(found => found.At)]) with
        {
            Recommendation = vulnerable.Evidence().Expected,
            Status = claim?.Status,
            Justification = claim?.Justification,
            Detail =
                claim is not null ? claim.ToFact().Says
                : vulnerable.ForcedBy is { } forced ? $"every way in leads through {forced.Name}; {forced.Owner} has to act"
                : "",
        };

    private static SbomVulnerability Of(IGrouping<string, ClearedVulnerability> cleared) =>
        Of(cleared.First().Advisory, [.. cleared.Select(copy => copy.At)]) with
        {
            Status = VexStatus.NotAffected,
            Justification = VexJustification.VulnerableCodeNotPresent,
            Detail = "the classes that it is in were taken out",
        };

    private static SbomVulnerability Of(Advisory advisory, IReadOnlyList<int> components) =>
        new()
        {
            Id = advisory.Id,
            Aliases = advisory.Aliases,
            Source = advisory.Sources.IsEmpty ? null : advisory.Sources[0].Name,
            Page = advisory.References.IsEmpty ? null : advisory.References[0],
            Description = advisory.Summary,
            Score = advisory.Score?.Base,
            Vector = advisory.Score?.Vector,
            Severity = advisory.Severity.ToString().ToLowerInvariant(),
            Weaknesses = advisory.Weaknesses,
            Components = components,
        };
}
