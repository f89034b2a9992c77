using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What another version of the Security Bug Fix Policy would change of open tickets, before anybody puts it in force.</summary>
public static class PolicySimulation
{
    // Tickets looked at for one part of the list, also where the version changes few of them.
    private const int Batch = 5000;

    /// <summary>The tickets that would change, by id, and where the list goes on: null where there are no more.</summary>
    /// <param name="version">Of the policy; null is answered where this program has none such.</param>
    public static SimulationPart? Part(Session session, Principal by, long version, long after, int limit)
    {
        if (PolicyBook.BugFixPolicies.FirstOrDefault(policy => policy.Version == version) is not { } policy)
        {
            return null;
        }

        var changes = new List<SimulatedChange>();
        var tickets = session.List<TicketRow>(
            $"{TicketRows.Select} where t.closed_at is null and t.platform_forced = 0 and t.id > @after and {by.ScopeOf(Capability.ManagePolicy).Sql("t.partner_id", "t.app_id")} order by t.id limit {Batch}",
            new { after }
        );
        foreach (var ticket in tickets)
        {
            if (Change(ticket, policy) is { } change)
            {
                changes.Add(change);
                if (changes.Count == limit)
                {
                    return new SimulationPart(changes, ticket.Id);
                }
            }
        }

        return new SimulationPart(changes, tickets.Count == Batch ? tickets[^1].Id : null);
    }

    private static SimulatedChange? Change(TicketRow ticket, BugFixPolicy policy)
    {
        // Where the triage of the ticket's policy set the clock, the other version's triage would.
        var reported = DateTimeOffset.FromUnixTimeMilliseconds(ticket.ReportedAt);
        var started = DateTimeOffset.FromUnixTimeMilliseconds(ticket.ClockStartedAt);
        var own = PolicyBook.BugFixVersion((int)ticket.DuePolicy) ?? policy;
        var clock =
            ticket.Source != "ecoscanner" && started == DueClock.Triaged(own, ticket.Source, reported).StartedAt
                ? DueClock.Triaged(policy, ticket.Source, reported)
                : new DueClock(started, ticket.ClockWhy);
        var due = DueDate.For(policy, ticket.Severity, ticket.HostingKind, clock);
        // What was granted stays granted.
        var at = due.At is { } then && ticket.ExtendedTo > then.ToUnixTimeMilliseconds() ? ticket.ExtendedTo : due.At?.ToUnixTimeMilliseconds();
        var proposal = policy.BreachOf(ticket.Severity, ticket.HostingKind).Proposal;
        var proposalNow = own.BreachOf(ticket.Severity, ticket.HostingKind).Proposal;
        return at == ticket.DueAt && proposal == proposalNow
            ? null
            : new SimulatedChange(
                ticket.PartnerId,
                ticket.Key,
                ticket.Severity,
                ticket.DueAt,
                ticket.DuePolicy,
                at,
                due.Explanation,
                proposalNow.Word(),
                proposal.Word()
            );
    }
}

/// <param name="Next">After which id the list goes on; null at its end.</param>
public sealed record SimulationPart(IReadOnlyList<SimulatedChange> Changes, long? Next);

/// <summary>A ticket that a version of the policy would change.</summary>
public sealed record SimulatedChange(
    long PartnerId,
    string Key,
    Severity Severity,
    long? DueNow,
    long PolicyNow,
    long? DueThen,
    string ExplanationThen,
    string ProposalNow,
    string ProposalThen
);
