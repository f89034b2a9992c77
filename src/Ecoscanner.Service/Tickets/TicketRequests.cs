using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What a partner asked for on a ticket, and what became of it: disputes and later due dates.</summary>
internal static class TicketRequests
{
    private const string Dispute = "dispute";
    private const string Extension = "extension";

    /// <summary>Notes what was asked, where the transition asks for something.</summary>
    public static void Open(Session session, long ticketId, Transition transition, string actor, long? proposedDueAt)
    {
        var kind = transition.To switch
        {
            "needs-security-review" => Dispute,
            "extension-requested" => Extension,
            _ => null,
        };
        if (kind is not null)
        {
            session.Execute(
                "insert into ticket_request (ticket_id, kind, asked_at, asked_by, proposed_due_at) values (@ticketId, @kind, @Clock, @actor, @proposedDueAt)",
                new
                {
                    ticketId,
                    kind,
                    session.Clock,
                    actor,
                    proposedDueAt,
                }
            );
        }
    }

    /// <summary>Every transition ends what was asked before it, in its own way.</summary>
    public static void Close(Session session, long ticketId, Transition transition, string actor, string reason)
    {
        var decision = transition.Name switch
        {
            "grant-extension" or "not-applicable" => "granted",
            "uphold" or "deny-extension" => "denied",
            "take-back" => "taken-back",
            _ => "lapsed",
        };
        session.Execute(
            """
            update ticket_request set decided_at = @Clock, decided_by = @actor, decision = @decision, reason = @reason
            where ticket_id = @ticketId and decided_at is null
            """,
            new
            {
                ticketId,
                session.Clock,
                actor,
                decision,
                reason,
            }
        );
    }
}
