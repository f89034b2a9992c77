using Ecoscanner.Packages.Vex;

namespace Ecoscanner.Packages.Sbom;

/// <summary>What an SBOM is of, and who made it when.</summary>
/// <param name="Name">The app's.</param>
/// <param name="Version">Null where it is not known.</param>
/// <param name="Tool">The version of this program.</param>
/// <param name="Created">UTC.</param>
public sealed record SbomSubject(string Name, string? Version, string Tool, DateTimeOffset Created)
{
    /// <summary>SHA-256 of the app's archive, in lower-case hex; null where it is a folder.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>A vulnerability as an SBOM lists it.</summary>
public sealed record SbomVulnerability
{
    /// <summary>Such as <c>CVE-2022-1471</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The other ids.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whose data it is, such as <c>GHSA</c>; null where that is not known.</summary>
    public string? Source { get; init; }

    /// <summary>Where a person reads more; null where there is nothing.</summary>
    public Uri? Page { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The CVSS base score, 0.0 to 10.0; null where there is none.</summary>
    public double? Score { get; init; }

    /// <summary>The CVSS vector; null where the score has none.</summary>
    public string? Vector { get; init; }

    /// <summary>A word of CycloneDX: critical, high, medium, low, none, unknown.</summary>
    public string Severity { get; init; } = "unknown";

    /// <summary>Numbers of MITRE's CWE list.</summary>
    public IReadOnlyList<int> Weaknesses { get; init; } = [];

    /// <summary>What to do, in words; empty where nothing is known.</summary>
    public string Recommendation { get; init; } = "";

    /// <summary>What it affects, by positions in <see cref="Inventory.Components"/>.</summary>
    public required IReadOnlyList<int> Components { get; init; }

    /// <summary>What is said of it; null where nobody looked yet.</summary>
    public VexStatus? Status { get; init; }

    public VexJustification? Justification { get; init; }

    /// <summary>The analysis in words; empty where there is none.</summary>
    public string Detail { get; init; } = "";
}
