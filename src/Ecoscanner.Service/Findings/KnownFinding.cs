namespace Ecoscanner.Service.Findings;

/// <summary>A finding of a hosting as it is stored.</summary>
internal sealed record KnownFinding
{
    public long Id { get; init; }
    public string Rule { get; init; } = "";
    public string Requirement { get; init; } = "";
    public double Cvss { get; init; }
    public long Confidence { get; init; }
    public string Place { get; init; } = "";
    public string PlaceIdentity { get; init; } = "";
    public string Spot { get; init; } = "";
    public string State { get; init; } = "";
    public bool Verified { get; init; }
    public bool PlatformForced { get; init; }
    public long Observations { get; init; }
    public long CleanRuns { get; init; }
    public long? LastCleanAt { get; init; }
    public string Scanner { get; init; } = "";
    public long ScannerVersion { get; init; }
    public long FirstSeenAt { get; init; }
    public long? ConfirmedAt { get; init; }
    public long? ClosedAt { get; init; }
    public string? EvidenceDigest { get; init; }
}

/// <summary>That a tool reports a finding, or once did.</summary>
internal sealed record KnownAttribution
{
    public long FindingId { get; init; }
    public string Source { get; init; } = "";
    public string ToolRule { get; init; } = "";
    public double Cvss { get; init; }
    public long? GoneAt { get; init; }
}
