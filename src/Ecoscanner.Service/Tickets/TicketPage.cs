using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>Reads one ticket with everything that was said, decided and found.</summary>
public sealed class TicketPage(ScannerCatalog catalog, TicketComments comments)
{
    // Newest first where there are more; a page of its own has the rest.
    private const int MostRows = 500;

    /// <summary>Null where there is none, or none in their sight.</summary>
    public TicketDetail? Read(Session session, Principal by, string key)
    {
        if (TicketLookup.Find(session, by, key) is not { } ticket)
        {
            return null;
        }

        var values = new { ticket.Id };
        var isStaff = by.MayEverywhere(Capability.DecideTickets);
        return new TicketDetail(
            ticket,
            TicketTransitions.Offered(by, ticket),
            session.List<TicketEvent>($"select id, at, actor, kind, detail from ticket_event where ticket_id = @Id order by id desc limit {MostRows}", values),
            by.May(Capability.ReadFindings, ticket.PartnerId, ticket.AppId) ? Findings(session, ticket) : [],
            comments.Of(session, ticket),
            session.List<TicketRequest>(
                $"select id, kind, asked_at, asked_by, proposed_due_at, decided_at, decided_by, decision, reason from ticket_request where ticket_id = @Id order by id desc limit {MostRows}",
                values
            ),
            // What is unannounced is seen when it has ended.
            session.List<TicketProof>(
                $"""
                select id, run_id, attempt, announced, asked_at, ended_at, outcome, reason from ticket_verification
                where ticket_id = @Id and (announced = 1 or ended_at is not null or @isStaff = 1) order by id desc limit {MostRows}
                """,
                new { ticket.Id, isStaff = isStaff ? 1L : 0L }
            ),
            session.List<EnforcementLine>(
                $"""
                select e.id, t.key, e.partner_id, e.app_id, e.due_at, e.severity, e.proposal as proposed, e.explanation, e.proposed_at, e.decision, e.decided_at,
                    e.decided_by, e.reason, e.lapsed_at, e.row_version
                from enforcement e join ticket t on t.id = e.ticket_id where e.ticket_id = @Id order by e.id desc limit {MostRows}
                """,
                values
            ),
            session.List<string>(
                """
                select distinct a.source from ticket_finding tf join finding_attribution a on a.finding_id = tf.finding_id where tf.ticket_id = @Id
                union select source from ticket where id = @Id order by 1
                """,
                values
            ),
            Remediation(ticket)
        );
    }

    /// <summary>The rule's page in Markdown: why, how to fix, how to check. Null where the ticket belongs to no rule of ours.</summary>
    public string? Remediation(TicketRow ticket) => catalog.Rule(ticket.Rule) is { } rule ? catalog.Page(rule) : null;

    private static IReadOnlyList<TicketPlaceFound> Findings(Session session, TicketRow ticket) =>
        session.List<TicketPlaceFound>(
            $"""
            select f.id, f.rule, f.place, f.severity, f.cvss, f.state, f.evidence_digest, tf.added_at, tf.due_at, tf.due_explanation, tf.platform_forced
            from ticket_finding tf join finding f on f.id = tf.finding_id where tf.ticket_id = @Id order by f.severity desc, f.id limit {MostRows}
            """,
            new { ticket.Id }
        );
}

/// <summary>One ticket, as its page shows it.</summary>
/// <param name="Transitions">Those that who reads it can make now.</param>
/// <param name="Findings">Empty where who reads it may not see findings.</param>
/// <param name="Sources">Who saw it.</param>
/// <param name="Remediation">Markdown of ours.</param>
public sealed record TicketDetail(
    TicketRow Ticket,
    IReadOnlyList<Transition> Transitions,
    IReadOnlyList<TicketEvent> Events,
    IReadOnlyList<TicketPlaceFound> Findings,
    IReadOnlyList<TicketComment> Comments,
    IReadOnlyList<TicketRequest> Requests,
    IReadOnlyList<TicketProof> Proofs,
    IReadOnlyList<EnforcementLine> Enforcements,
    IReadOnlyList<string> Sources,
    string? Remediation
);

/// <param name="Detail">JSON: the fields before and after, and why.</param>
public sealed record TicketEvent(long Id, long At, string Actor, string Kind, string Detail);

/// <summary>A finding under a ticket.</summary>
public sealed record TicketPlaceFound
{
    public long Id { get; init; }
    public string Rule { get; init; } = "";
    public string Place { get; init; } = "";
    public Severity Severity { get; init; }
    public double Cvss { get; init; }
    public string State { get; init; } = "";
    public string? EvidenceDigest { get; init; }
    public long AddedAt { get; init; }
    public long? DueAt { get; init; }
    public string DueExplanation { get; init; } = "";
    public bool PlatformForced { get; init; }
}

/// <summary>A dispute or a request for a later due date.</summary>
public sealed record TicketRequest
{
    public long Id { get; init; }
    public string Kind { get; init; } = "";
    public long AskedAt { get; init; }
    public string AskedBy { get; init; } = "";
    public long? ProposedDueAt { get; init; }
    public long? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? Decision { get; init; }
    public string? Reason { get; init; }
}

/// <summary>A run that was to prove a fix.</summary>
public sealed record TicketProof
{
    public long Id { get; init; }
    public string RunId { get; init; } = "";
    public long Attempt { get; init; }
    public bool Announced { get; init; }
    public long AskedAt { get; init; }
    public long? EndedAt { get; init; }

    /// <summary><c>clean</c>, <c>still-there</c>, <c>inconclusive</c>, <c>superseded</c>; null while it runs.</summary>
    public string? Outcome { get; init; }
    public string? Reason { get; init; }
}

/// <summary>What is proposed and decided where a due date has passed.</summary>
public sealed record EnforcementLine
{
    public long Id { get; init; }
    public string Key { get; init; } = "";
    public long PartnerId { get; init; }
    public long AppId { get; init; }
    public string AppKey { get; init; } = "";
    public long DueAt { get; init; }
    public Severity Severity { get; init; }
    public string Proposed { get; init; } = "";
    public string Explanation { get; init; } = "";
    public long ProposedAt { get; init; }
    public string? Decision { get; init; }
    public long? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? Reason { get; init; }
    public long? LapsedAt { get; init; }
    public long RowVersion { get; init; }
}
