using System.Text.Json.Nodes;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What is proposed where a due date has passed, and what people decided. The program itself enforces nothing.</summary>
public static class Enforcements
{
    /// <summary>Proposes what the ticket's policy says, once for each due date. Not while the move is ours, and never for what the platform forces.</summary>
    internal static void Propose(Session session, TicketRow ticket)
    {
        if (ticket.DueAt is not { } due || ticket.PlatformForced || ticket.At.Move is not Side.Partner)
        {
            return;
        }

        var policy = TicketClock.Policy(session, ticket.DuePolicy);
        var breach = policy.BreachOf(ticket.Severity, ticket.HostingKind);
        var explanation =
            $"due on {DueDate.Day(DateTimeOffset.FromUnixTimeMilliseconds(due))}; {ticket.Severity.ToString().ToLowerInvariant()} on {ticket.HostingKind.Title()}: {breach.Why} ({policy.Name})";
        session.Execute(
            """
            insert into enforcement (ticket_id, partner_id, app_id, due_at, severity, proposal, explanation, policy, proposed_at)
            values (@Id, @PartnerId, @AppId, @due, @Severity, @proposal, @explanation, @Version, @Clock)
            on conflict (ticket_id, due_at) do nothing
            """,
            new
            {
                ticket.Id,
                ticket.PartnerId,
                ticket.AppId,
                due,
                Severity = (long)ticket.Severity,
                proposal = breach.Proposal.Word(),
                explanation,
                policy.Version,
                session.Clock,
            }
        );
    }

    /// <summary>A person decides, with a reason, whatever was proposed.</summary>
    /// <returns>Why it cannot be; null where it was done.</returns>
    public static string? Decide(Session session, Principal by, long id, long rowVersion, Enforcement decision, string reason)
    {
        var row = session.Find<Proposal>(
            $"""
            select e.id, e.partner_id, e.app_id, e.ticket_id, e.proposal as proposed, e.decided_at, e.lapsed_at, e.row_version from enforcement e
            where e.id = @id and {by.ScopeOf(Capability.DecideEnforcement).Sql("e.partner_id", "e.app_id")}
            """,
            new { id }
        );
        if (row is null || by.Kind == Principal.Platform.Kind)
        {
            return "there is no such proposal";
        }

        if (row.LapsedAt is not null || row.DecidedAt is not null)
        {
            return row.LapsedAt is not null ? "the ticket was closed, or its due date moved: there is nothing to decide any more" : "it was decided already";
        }

        if (row.RowVersion != rowVersion)
        {
            return "somebody changed it meanwhile; look again";
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return "say why, in the reason: the partner reads it";
        }

        session.Execute(
            """
            update enforcement set decision = @decision, decided_at = @Clock, decided_by = @by, reason = @reason, row_version = row_version + 1 where id = @id
            """,
            new
            {
                id,
                decision = decision.Word(),
                session.Clock,
                by = by.Name,
                reason,
            }
        );
        var detail = new JsonObject
        {
            ["proposed"] = row.Proposed,
            ["decided"] = decision.Word(),
            ["why"] = reason,
        };
        TicketRows.Tell(session, row.TicketId, by.Name, "enforcement", detail);
        AuditLog.Record(
            session,
            new AuditEntry(row.PartnerId, by.Kind, by.Id, "enforcement.decide", $"ticket:AMS-{row.TicketId}", by.Purpose, detail.ToJsonString())
        );
        return null;
    }

    private sealed record Proposal
    {
        public long Id { get; init; }
        public long PartnerId { get; init; }
        public long AppId { get; init; }
        public long TicketId { get; init; }
        public long? DecidedAt { get; init; }
        public long? LapsedAt { get; init; }
        public long RowVersion { get; init; }
        public string Proposed { get; init; } = "";
    }
}
