using Ecoscanner.Findings;

namespace Ecoscanner.Service.Findings;

/// <summary>A finding of a report, checked and normalised.</summary>
/// <param name="Fingerprint">The canonical one, made anew from what it is.</param>
/// <param name="Fingerprints">All that it goes by: that one, then those that the report gives.</param>
/// <param name="Place">As people read it.</param>
internal sealed record SeenFinding(Finding Finding, string Fingerprint, IReadOnlyList<string> Fingerprints, string Place, string Spot)
{
    public bool IsVerified => Finding.Confidence is Confidence.High;

    public bool IsPlatformForced => Finding.ExemptedBy is { Source: ExemptionSource.Platform };
}
