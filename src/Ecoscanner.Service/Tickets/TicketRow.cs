using System.Globalization;
using Ecoscanner.Rules;
using Ecoscanner.Service.Policies;

namespace Ecoscanner.Service.Tickets;

/// <summary>A ticket as the database keeps it. Times are milliseconds since 1970.</summary>
public sealed record TicketRow
{
    public long Id { get; init; }
    public string Key { get; init; } = "";
    public string Workflow { get; init; } = "";
    public long PartnerId { get; init; }
    public long AppId { get; init; }
    public long HostingId { get; init; }

    /// <summary>The catalogue's word, of the hosting's row.</summary>
    public string Hosting { get; init; } = "";

    public string Rule { get; init; } = "";
    public string Family { get; init; } = "";
    public string Requirement { get; init; } = "";
    public string Title { get; init; } = "";
    public Severity Severity { get; init; }
    public double Cvss { get; init; }
    public string? CvssVector { get; init; }
    public string Source { get; init; } = "";
    public string Status { get; init; } = "";
    public string StatusReason { get; init; } = "";
    public bool PlatformForced { get; init; }
    public long? DueAt { get; init; }
    public long DuePolicy { get; init; }
    public string DueExplanation { get; init; } = "";
    public long? ExtendedTo { get; init; }
    public long ReportedAt { get; init; }
    public long ClockStartedAt { get; init; }
    public string ClockWhy { get; init; } = "";
    public long? TriageUntil { get; init; }
    public long CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public long ChangedAt { get; init; }
    public long? ClosedAt { get; init; }
    public long? DuplicateOf { get; init; }
    public long? AcceptedUntil { get; init; }
    public long? NextNoticeAt { get; init; }
    public long RowVersion { get; init; }

    public Workflow Kind => Workflows.Of(Workflow);

    public Status At => Workflows.Status(Status);

    public Hosting HostingKind => HostingWords.Of(Hosting);

    /// <summary>Null where nothing is due.</summary>
    public DateTimeOffset? Due => DueAt is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    /// <summary>Whether the due date has passed: at that very moment it has not.</summary>
    public bool IsOverdue(long clock) => ClosedAt is null && !PlatformForced && DueAt < clock;

    /// <summary>The fields that an event tells of, as it tells them.</summary>
    internal IReadOnlyList<(string Name, string? Value)> Told =>
        [
            ("status", Status),
            ("statusReason", StatusReason.Length == 0 ? null : StatusReason),
            ("severity", Severity.ToString()),
            ("cvss", Cvss.ToString("0.0", CultureInfo.InvariantCulture)),
            ("cvssVector", CvssVector),
            ("dueAt", Time(DueAt)),
            ("dueExplanation", DueExplanation),
            ("duePolicy", DuePolicy.ToString(CultureInfo.InvariantCulture)),
            ("platformForced", PlatformForced ? "yes" : "no"),
            ("extendedTo", Time(ExtendedTo)),
            ("clockStartedAt", Time(ClockStartedAt)),
            ("triageUntil", Time(TriageUntil)),
            ("closedAt", Time(ClosedAt)),
            ("duplicateOf", DuplicateOf is { } other ? $"AMS-{other}" : null),
            ("acceptedUntil", Time(AcceptedUntil)),
        ];

    private static string? Time(long? at) =>
        at is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null;
}
