using System.Text.Json.Nodes;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>Makes tickets follow findings, in the transaction in which these change: one open ticket for each app, hosting and family of rules.</summary>
public sealed class TicketFiling(ScannerCatalog catalog)
{
    // Findings tried again in one transaction.
    private const int Batch = 500;

    // A chain of duplicates is followed so far; nobody makes longer ones.
    private const int LongestChain = 5;

    /// <summary>Applies what a run, or a decision, changed.</summary>
    /// <param name="runId">The run that showed it.</param>
    public void Apply(Session session, string runId, IReadOnlyList<FindingChange> changes)
    {
        var touched = new SortedSet<long>();
        foreach (var change in changes)
        {
            if (FiledFinding.Find(session, change.FindingId) is not { } finding)
            {
                continue;
            }

            switch (change.Kind)
            {
                case FindingChangeKind.Opened or FindingChangeKind.Confirmed or FindingChangeKind.Reopened:
                    File(session, runId, finding, change.PlatformForced, touched);
                    break;
                case FindingChangeKind.Rescored:
                    Rescore(session, finding, change.PlatformForced, touched);
                    break;
                case FindingChangeKind.Fixed or FindingChangeKind.Removed or FindingChangeKind.Withdrawn:
                    Close(session, finding, touched);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(changes), change.Kind, "a change that tickets do not know");
            }
        }

        foreach (var id in touched)
        {
            Settle(session, TicketRows.ById(session, id)!);
        }
    }

    /// <summary>Tries again what was not filed and may be by now.</summary>
    /// <returns>How many were tried; ask again while it is as many as one batch.</returns>
    public int TryAgain(Session session)
    {
        var waiting = session.List<Unfiled>(
            $"select finding_id, run_id, platform_forced from ticket_unfiled where retry_at <= @Clock order by retry_at, finding_id limit {Batch}",
            new { session.Clock }
        );
        foreach (var group in waiting.GroupBy(row => row.RunId, StringComparer.Ordinal))
        {
            Apply(session, group.Key, [.. group.Select(row => new FindingChange(FindingChangeKind.Confirmed, row.FindingId, row.RunId, row.PlatformForced))]);
        }

        return waiting.Count;
    }

    /// <summary>Files confirmed findings that nobody told of: of apps that were proven since, and whatever was missed.</summary>
    /// <returns>How many were looked at; ask again while it is as many as one batch.</returns>
    public int Adopt(Session session)
    {
        var alone = session.List<Unfiled>(
            $"""
            select f.id as finding_id, f.first_run as run_id, f.platform_forced from finding f
            where f.state = 'confirmed' and f.raises_tickets = 1 and not exists (select 1 from ticket_unfiled u where u.finding_id = f.id)
            order by f.id limit {Batch}
            """
        );
        foreach (var finding in alone)
        {
            Apply(session, finding.RunId, [new FindingChange(FindingChangeKind.Confirmed, finding.FindingId, finding.RunId, finding.PlatformForced)]);
        }

        return alone.Count;
    }

    /// <summary>A person decided on a finding itself, or took that back: its tickets follow, in their name.</summary>
    public void Decided(Session session, Principal by, long findingId, string reason)
    {
        if (FiledFinding.Find(session, findingId) is not { } finding)
        {
            return;
        }

        var touched = new SortedSet<long>();
        if (finding.IsOpen)
        {
            if (Known(session, findingId) is { Status: "not-applicable" } closed)
            {
                TicketMoves.Make(session, closed, closed.Kind.Transition("reconsider")!, by.Name, reason);
            }

            File(session, "", finding, finding.PlatformForced, touched);
        }
        else if (finding.State == FindingState.PlatformCaused)
        {
            touched.UnionWith(Open(session, findingId).Select(under => under.TicketId));
        }
        else
        {
            Close(session, finding, touched);
        }

        foreach (var id in touched)
        {
            var ticket = TicketRows.ById(session, id)!;
            var findings = TicketFinding.Of(session, id);
            // An accepted risk ends on a day that a finding does not have: that is for the ticket.
            if (findings.All(under => under.State is FindingState.FalsePositive or FindingState.Duplicate or FindingState.Withdrawn) && ticket.ClosedAt is null)
            {
                TicketMoves.Make(session, ticket, ticket.Kind.Transition("not-applicable")!, by.Name, reason);
            }
            else
            {
                Settle(session, ticket);
            }
        }
    }

    /// <summary>The clocks of findings start whose exemption has ended.</summary>
    public static int EndExemptions(Session session)
    {
        var ended = session.List<TicketFinding>(
            $"{TicketFinding.Select} where tf.forced_until <= @Clock order by tf.forced_until limit {Batch}",
            new { session.Clock }
        );
        foreach (var finding in ended)
        {
            var ticket = TicketRows.ById(session, finding.TicketId)!;
            var policy = PolicyBook.BugFixInForce(session, session.Now);
            var clock = new DueClock(session.Now, "when the exemption ended");
            (
                finding.WithDue(session, ticket.CvssVector is null ? finding.Severity : ticket.Severity, ticket.HostingKind, clock, policy) with
                {
                    PlatformForced = false,
                    ForcedUntil = null,
                }
            ).Save(session);
            TicketClock.Refresh(session, ticket, Principal.Platform.Name, "exemption-ended", "the platform does not force it any more");
        }

        return ended.Count;
    }

    private void File(Session session, string runId, FiledFinding finding, bool forced, SortedSet<long> touched)
    {
        if (!finding.RaisesTickets || !finding.IsOpen)
        {
            return;
        }

        var exemption = PlatformExemptions.Covering(session, finding.Rule, finding.Place);
        var isForced = forced || exemption is not null;
        var known = Known(session, finding.Id);
        if (known is { ClosedAt: null })
        {
            Join(session, known, finding, isForced, exemption?.UntilAt);
            touched.Add(known.Id);
            return;
        }

        if (FilingGate.Closed(session, runId, finding) is { } refusal)
        {
            FilingGate.Refuse(session, runId, finding, refusal, isForced);
            return;
        }

        if (known is not null && known.Status is not ("verified" or "removed" or "withdrawn"))
        {
            FilingGate.Refuse(session, runId, finding, new("decided", $"{known.Key} was decided: {known.At.Title}", null), isForced);
            return;
        }

        var ticket = TicketRows.ByFamily(session, finding.HostingId, finding.Family) ?? (known is null ? null : Reopened(session, known));
        if (ticket is null)
        {
            if (FilingGate.Flooded(session, finding) is { } flood)
            {
                FilingGate.Refuse(session, runId, finding, flood, isForced);
                return;
            }

            ticket = Create(session, finding, isForced);
        }

        Join(session, ticket, finding, isForced, exemption?.UntilAt);
        session.Execute("delete from ticket_unfiled where finding_id = @Id", new { finding.Id });
        touched.Add(ticket.Id);
    }

    private TicketRow Create(Session session, FiledFinding finding, bool isForced)
    {
        var rule = catalog.Rule(finding.Rule);
        var policy = PolicyBook.BugFixInForce(session, session.Now);
        var due = DueDate.For(policy, finding.Severity, finding.HostingKind, DueClock.Reported(session.Now));
        var ticket = TicketRows.Add(
            session,
            new TicketRow
            {
                Workflow = Workflows.Ecoscanner,
                PartnerId = finding.PartnerId,
                AppId = finding.AppId,
                HostingId = finding.HostingId,
                Hosting = finding.Hosting,
                Rule = finding.Rule,
                Family = finding.Family,
                Requirement = finding.Requirement,
                Title = rule?.Title ?? finding.Rule,
                Severity = finding.Severity,
                Cvss = finding.Cvss,
                Source = "ecoscanner",
                Status = Workflows.Of(Workflows.Ecoscanner).InitialFor("ecoscanner"),
                PlatformForced = isForced,
                DueAt = isForced ? null : due.At?.ToUnixTimeMilliseconds(),
                DuePolicy = due.PolicyVersion,
                DueExplanation = isForced ? "no due date: the platform itself forces what was found, and nothing is enforced" : due.Explanation,
                ReportedAt = session.Clock,
                ClockStartedAt = session.Clock,
                ClockWhy = DueClock.Reported(session.Now).Why,
            },
            Principal.Platform.Name,
            "a confirmed finding has no open ticket"
        );
        Notices.Add(session, ticket, "filed");
        return ticket;
    }

    private static TicketRow Reopened(Session session, TicketRow ticket) =>
        TicketMoves.ByPlatform(session, ticket, "reopen", $"seen again on {DueDate.Day(session.Now)}");

    // A finding under a ticket has a clock of its own: it goes on where the finding comes back soon, and else begins now.
    private static void Join(Session session, TicketRow ticket, FiledFinding finding, bool isForced, long? forcedUntil)
    {
        var before = session.Find<TicketFinding>(
            $"{TicketFinding.Select} where tf.finding_id = @Id order by coalesce(tf.closed_at, 0) desc, tf.ticket_id desc limit 1",
            new { finding.Id }
        );
        var policy = PolicyBook.BugFixInForce(session, session.Now);
        var keeps =
            before is not null
            && (before.ClosedAt is not { } closed || session.Clock - closed <= TimeSpan.FromDays(policy.ReopenedKeepsClockDays).TotalMilliseconds);
        if (before is { ClosedAt: null } && before.TicketId == ticket.Id && before.PlatformForced == isForced)
        {
            return;
        }

        var joined = (before ?? new TicketFinding()) with
        {
            TicketId = ticket.Id,
            FindingId = finding.Id,
            AddedAt = session.Clock,
            PlatformForced = isForced,
            ForcedUntil = isForced ? forcedUntil : null,
            ClosedAt = null,
        };
        if (!keeps || before!.PlatformForced)
        {
            var clock = before is null ? DueClock.Reported(session.Now) : new DueClock(session.Now, "when it was seen again");
            joined = joined.WithDue(session, ticket.CvssVector is null ? finding.Severity : ticket.Severity, finding.HostingKind, clock, policy);
        }

        joined.Save(session);
        session.Execute(
            "update finding set state = 'ticketed', changed_at = @Clock, row_version = row_version + 1 where id = @Id and state = 'confirmed'",
            new { session.Clock, finding.Id }
        );
        TicketRows.Tell(
            session,
            ticket.Id,
            Principal.Platform.Name,
            before is null ? "finding-joined" : "finding-back",
            new JsonObject { ["finding"] = finding.Id, ["due"] = joined.DueExplanation }
        );
    }

    private static void Rescore(Session session, FiledFinding finding, bool forced, SortedSet<long> touched)
    {
        foreach (var under in Open(session, finding.Id))
        {
            var ticket = TicketRows.ById(session, under.TicketId)!;
            var exemption = PlatformExemptions.Covering(session, finding.Rule, finding.Place);
            var now = under with { PlatformForced = forced || exemption is not null, ForcedUntil = exemption?.UntilAt };
            if (ticket.CvssVector is null && finding.Severity != under.DueSeverity)
            {
                var policy = TicketClock.Policy(session, under.DuePolicy);
                var clock = new DueClock(DateTimeOffset.FromUnixTimeMilliseconds(under.ClockStartedAt), under.ClockWhy);
                var due = TicketClock.Rescored(
                    session,
                    policy,
                    finding.Severity,
                    finding.HostingKind,
                    clock,
                    under.AddedAt <= ticket.ExtendedTo ? ticket.ExtendedTo : null,
                    finding.Severity > under.DueSeverity
                );
                now = now.WithDue(session, finding.Severity, finding.HostingKind, clock, policy, due);
            }

            now.Save(session);
            touched.Add(ticket.Id);
        }
    }

    private static void Close(Session session, FiledFinding finding, SortedSet<long> touched)
    {
        foreach (var under in Open(session, finding.Id))
        {
            (under with { ClosedAt = session.Clock }).Save(session);
            touched.Add(under.TicketId);
        }

        session.Execute("delete from ticket_unfiled where finding_id = @Id", new { finding.Id });
    }

    // Closes a ticket all of whose findings are gone, or computes it anew.
    private static void Settle(Session session, TicketRow ticket)
    {
        var findings = TicketFinding.Of(session, ticket.Id);
        if (ticket.ClosedAt is not null || findings.Count == 0)
        {
            return;
        }

        var isListed = findings.Any(finding => finding.State == FindingState.PlatformCaused) && !findings.Any(finding => finding.State == FindingState.Fixed);
        if (isListed || findings.Any(finding => finding.IsOpen))
        {
            TicketClock.Refresh(session, ticket, Principal.Platform.Name, "findings-changed", "its findings changed");
        }
        else if (findings.All(finding => finding.State == "withdrawn"))
        {
            TicketMoves.ByPlatform(session, ticket, "withdraw", "its rule or advisory was withdrawn");
        }
        else if (findings.Count(finding => finding.State == FindingState.Unobserved) is > 0 and var removed)
        {
            // Nobody saw these mended, whatever the others are.
            var count = removed == findings.Count ? "" : $" for {removed} of {findings.Count} findings";
            TicketMoves.ByPlatform(session, ticket, "remove", $"{Closing.Removed}{count}; whether it still answers there was not asked");
        }
        else if (findings.Any(finding => finding.State == "fixed"))
        {
            var count = findings.Count == 1 ? "its finding is" : $"all its {findings.Count} findings are";
            TicketMoves.ByPlatform(session, ticket, "verified", $"complete clean runs show that {count} fixed");
        }
    }

    private static IReadOnlyList<TicketFinding> Open(Session session, long findingId) =>
        session.List<TicketFinding>(
            $"{TicketFinding.Select} join ticket t on t.id = tf.ticket_id where tf.finding_id = @findingId and t.closed_at is null",
            new { findingId }
        );

    // The newest ticket that had it; for a duplicate, the other one.
    private static TicketRow? Known(Session session, long findingId)
    {
        var ticket = session.Find<TicketRow>(
            $"{TicketRows.Select} join ticket_finding tf on tf.ticket_id = t.id where tf.finding_id = @findingId order by t.duplicate_of is not null, t.id desc limit 1",
            new { findingId }
        );
        for (var i = 0; i < LongestChain && ticket is { Status: "duplicate", DuplicateOf: { } other }; i++)
        {
            ticket = TicketRows.ById(session, other);
        }

        return ticket;
    }

    private sealed record Unfiled
    {
        public long FindingId { get; init; }
        public string RunId { get; init; } = "";
        public bool PlatformForced { get; init; }
    }
}
