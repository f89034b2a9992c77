using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>Makes transitions of the workflow; that somebody may, and gave what is needed, was asked before.</summary>
internal static class TicketMoves
{
    /// <summary>One of the program's own, where the workflow has it from the ticket's status.</summary>
    /// <returns>The ticket as it is now, moved or not.</returns>
    public static TicketRow ByPlatform(Session session, TicketRow ticket, string name, string why, Func<TicketRow, TicketRow>? also = null)
    {
        var transition = ticket.Kind.Transition(name);
        if (transition is not { Side: Side.Platform } || !transition.From.Contains(ticket.Status, StringComparer.Ordinal))
        {
            return ticket;
        }

        return Make(session, ticket, transition, Principal.Platform.Name, why, also)
            ?? throw new InvalidOperationException($"{ticket.Key} changed within one transaction");
    }

    /// <param name="why">Shown as the reason of the status.</param>
    /// <param name="also">Other fields that change with it.</param>
    /// <returns>Null where somebody else changed the ticket meanwhile.</returns>
    public static TicketRow? Make(Session session, TicketRow ticket, Transition transition, string actor, string why, Func<TicketRow, TicketRow>? also = null)
    {
        var to = Workflows.Status(transition.To);
        var moved = ticket with { Status = to.Name, StatusReason = why, ClosedAt = to.Open ? null : session.Clock };
        var after = TicketRows.Change(session, ticket, also?.Invoke(moved) ?? moved, actor, transition.Name, transition.Means);
        if (after is null)
        {
            return null;
        }

        TicketRequests.Close(session, ticket.Id, transition, actor, why);
        if (transition.Side is not Side.Partner && (to.Move is Side.Partner || !to.Open))
        {
            Notices.Add(session, after, "moved");
        }

        return after;
    }
}
