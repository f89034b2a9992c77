namespace Ecoscanner.Service.Findings;

/// <summary>A finding as lists show it. Place is text of the app, so escape it. Times are milliseconds since 1970, UTC.</summary>
public sealed record FindingRow
{
    public required long Id { get; init; }
    public required long PartnerId { get; init; }
    public required string Partner { get; init; }
    public required long AppId { get; init; }
    public required string App { get; init; }
    public required string AppName { get; init; }
    public required long HostingId { get; init; }
    public required string Hosting { get; init; }
    public required string Rule { get; init; }
    public required string Requirement { get; init; }
    public required string Fingerprint { get; init; }

    /// <summary>0 none, 1 low, 2 medium, 3 high, 4 critical.</summary>
    public required long Severity { get; init; }
    public required double Cvss { get; init; }

    /// <summary>0 low, 1 medium, 2 high.</summary>
    public required long Confidence { get; init; }
    public required string Place { get; init; }
    public required string State { get; init; }

    /// <summary>Shown by a positive control.</summary>
    public required bool Verified { get; init; }
    public required bool PlatformForced { get; init; }
    public required bool RaisesTickets { get; init; }
    public required long Observations { get; init; }
    public required string Scanner { get; init; }
    public required long ScannerVersion { get; init; }
    public required string FirstRun { get; init; }
    public required long FirstSeenAt { get; init; }
    public required long ChangedAt { get; init; }
    public long? ClosedAt { get; init; }
    public string? ClosedWhy { get; init; }
    public long? DuplicateOf { get; init; }
    public string? EvidenceDigest { get; init; }
    public required long RowVersion { get; init; }

    internal const string Columns = """
        f.id, f.partner_id, p.key as partner, f.app_id, a.key as app, a.name as app_name, f.hosting_id, f.hosting, f.rule, f.requirement, f.fingerprint,
        f.severity, f.cvss, f.confidence, f.place, f.state, f.verified, f.platform_forced, f.raises_tickets, f.observations, f.scanner, f.scanner_version,
        f.first_run, f.first_seen_at, f.changed_at, f.closed_at, f.closed_why, f.duplicate_of, f.evidence_digest, f.row_version
        """;

    internal const string Joins = "join app a on a.id = f.app_id join partner p on p.id = f.partner_id";
}
