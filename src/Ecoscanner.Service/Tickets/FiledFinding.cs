using Ecoscanner.Rules;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What tickets need to know of a finding and its app.</summary>
internal sealed record FiledFinding
{
    public long Id { get; init; }
    public long PartnerId { get; init; }
    public long AppId { get; init; }
    public long HostingId { get; init; }
    public string Hosting { get; init; } = "";
    public string Rule { get; init; } = "";
    public string Family { get; init; } = "";
    public string Requirement { get; init; } = "";
    public string Place { get; init; } = "";
    public Severity Severity { get; init; }
    public double Cvss { get; init; }
    public string State { get; init; } = "";
    public bool RaisesTickets { get; init; }
    public string Ownership { get; init; } = "";
    public bool IsArchived { get; init; }

    public bool PlatformForced { get; init; }

    public bool IsOpen => FindingState.IsOpen(State);

    public Hosting HostingKind => HostingWords.Of(Hosting);

    public static FiledFinding? Find(Session session, long id) =>
        session.Find<FiledFinding>(
            """
            select f.id, f.partner_id, f.app_id, f.hosting_id, h.hosting, f.rule, f.family, f.requirement, f.place, f.severity, f.cvss, f.state,
                f.raises_tickets, f.platform_forced, a.ownership, (a.archived_at is not null or p.offboarded_at is not null) as is_archived
            from finding f join app_hosting h on h.id = f.hosting_id join app a on a.id = f.app_id join partner p on p.id = f.partner_id
            where f.id = @id
            """,
            new { id }
        );
}
