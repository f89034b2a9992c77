using Ecoscanner.Rules;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What a ticket's findings make of it: how bad it is, whether the platform forces it, and until when it is due.</summary>
internal static class TicketClock
{
    // In one transaction, so that others can write in between; the rest comes with the next tick.
    private const int PutRightAtOnce = 100;

    /// <summary>Computes an open ticket anew from its open findings; one without findings stays as it is.</summary>
    public static TicketRow Refresh(Session session, TicketRow ticket, string actor, string kind, string why)
    {
        if (ticket.ClosedAt is not null)
        {
            return ticket;
        }

        var open = TicketFinding.Of(session, ticket.Id).Where(finding => finding.IsOpen || finding.State == FindingState.PlatformCaused).ToList();
        return open.Count == 0
            ? ticket
            : TicketRows.Change(session, ticket, Of(ticket, open), actor, kind, why)
                ?? throw new InvalidOperationException($"{ticket.Key} changed within one transaction");
    }

    /// <summary>The ticket as its open findings make it.</summary>
    public static TicketRow Of(TicketRow ticket, IReadOnlyList<TicketFinding> open)
    {
        var isForced = open.All(finding => finding.IsForced);
        // What the platform forces does not make the rest worse.
        var counting = isForced ? open : [.. open.Where(finding => !finding.IsForced)];
        var worst = counting.MaxBy(finding => finding.Cvss)!;
        var first = counting.MinBy(finding => finding.DueAt ?? long.MaxValue)!;
        var scored = ticket.CvssVector is null ? ticket with { Severity = worst.Severity, Cvss = worst.Cvss } : ticket;
        return scored with
        {
            PlatformForced = isForced,
            DueAt = isForced ? null : first.DueAt,
            DuePolicy = first.DuePolicy,
            DueExplanation = isForced ? "no due date: the platform itself forces what was found, and nothing is enforced" : first.DueExplanation,
            ClockStartedAt = first.ClockStartedAt,
            ClockWhy = first.ClockWhy,
        };
    }

    /// <summary>A new score moves the due date as if it had been that from the start, but leaves time: at least the policy's days, unless it is critical.</summary>
    public static DueDate Rescored(Session session, BugFixPolicy policy, Severity severity, Hosting hosting, DueClock clock, long? extendedTo, bool isWorse)
    {
        var due = DueDate.For(policy, severity, hosting, clock);
        if (!isWorse && extendedTo is { } extended)
        {
            // What was granted for a worse flaw holds for a lesser one.
            due = due.NotBefore(DateTimeOffset.FromUnixTimeMilliseconds(extended), "it was extended");
        }

        return severity is Severity.Critical
            ? due
            : due.NotBefore(
                session.Now + TimeSpan.FromDays(policy.RescoredLeavesDays),
                $"a new score leaves {DueDate.Words(TimeSpan.FromDays(policy.RescoredLeavesDays))}"
            );
    }

    /// <summary>Gives an open ticket and its open findings another clock.</summary>
    public static TicketRow Restart(Session session, TicketRow ticket, BugFixPolicy policy, DueClock clock, string actor, string why)
    {
        var open = new List<TicketFinding>();
        foreach (var finding in TicketFinding.Of(session, ticket.Id).Where(finding => finding.IsOpen))
        {
            open.Add(finding.WithDue(session, ticket.CvssVector is null ? finding.Severity : ticket.Severity, ticket.HostingKind, clock, policy));
            open[^1].Save(session);
        }

        var started = With(
            ticket,
            clock,
            DueDate.For(policy, ticket.Severity, ticket.HostingKind, clock).NotBefore(session.Now, "nothing is due before it is told")
        );
        var after = open.Count == 0 ? started : Of(started, open);
        return TicketRows.Change(session, ticket, after with { TriageUntil = null, ExtendedTo = null }, actor, "due-computed", why)
            ?? throw new InvalidOperationException($"{ticket.Key} changed within one transaction");
    }

    /// <summary>Open tickets that were changed after a moment that has not come yet, by a clock that was ahead; some of them.</summary>
    public static IReadOnlyList<TicketRow> Ahead(Session session, long late) =>
        session.List<TicketRow>(
            $"{TicketRows.Select} where t.closed_at is null and t.changed_at > @late order by t.changed_at limit {PutRightAtOnce}",
            new { late }
        );

    /// <summary>Nothing is due far ahead because the clock was: where time was to count from a moment that has not come, it counts from now.</summary>
    public static void PutRight(Session session, TicketRow ticket)
    {
        var policy = PolicyBook.BugFixInForce(session, session.Now);
        // A triage goes before it, as always.
        var latest = DueClock.Triaged(policy, ticket.Source, session.Now);
        if (ticket.ClockStartedAt > latest.StartedAt.ToUnixTimeMilliseconds())
        {
            Restart(
                session,
                ticket,
                policy,
                latest with
                {
                    Why = "when the platform's clock was put right",
                },
                Access.Principal.Platform.Name,
                "the platform's clock was ahead"
            );
        }

        session.Execute("update ticket set changed_at = @Clock where id = @Id and changed_at > @Clock", new { session.Clock, ticket.Id });
    }

    public static TicketRow With(TicketRow ticket, DueClock clock, DueDate due) =>
        ticket with
        {
            DueAt = ticket.PlatformForced ? null : due.At?.ToUnixTimeMilliseconds(),
            DuePolicy = due.PolicyVersion,
            DueExplanation = due.Explanation,
            ClockStartedAt = clock.StartedAt.ToUnixTimeMilliseconds(),
            ClockWhy = clock.Why,
        };

    public static BugFixPolicy Policy(Session session, long version) =>
        PolicyBook.BugFixVersion((int)version) ?? PolicyBook.BugFixInForce(session, session.Now);
}
