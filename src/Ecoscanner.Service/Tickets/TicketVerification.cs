using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>Proves fixes: asks for a run where a partner says patched, and judges what it showed.</summary>
/// <param name="queue">Queues the run and gives its id.</param>
public sealed class TicketVerification(Func<Session, VerificationOrder, string> queue)
{
    // Rows of one transaction.
    private const int Batch = 200;

    // An unannounced look comes somewhere in these hours after the least, so that nobody can wait for it.
    private const int SpreadHours = 12;

    // An app that is down is asked again soon, and then seldom.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

    /// <summary>Asks for a run of what the ticket is about. A ticket without findings stays for a person to check.</summary>
    internal TicketRow Ask(Session session, TicketRow ticket) =>
        LookNow(session, ticket) ? TicketMoves.ByPlatform(session, ticket, "verify", "a run against the newest released version is queued") : ticket;

    /// <summary>Looks at once, where the last look proved nothing and the next one waits; one that is under way goes on.</summary>
    public void Hurry(Session session, TicketRow ticket)
    {
        var underWay = session.One<long>(
            "select count(*) from ticket_verification where ticket_id = @Id and announced = 1 and ended_at is null",
            new { ticket.Id }
        );
        if (underWay == 0)
        {
            LookNow(session, ticket);
        }
    }

    /// <summary>Judges a run that has ended, after its findings were ingested, in the same transaction; does nothing for runs of other reasons.</summary>
    public void Conclude(Session session, string runId)
    {
        var look = session.Find<Look>(
            """
            select v.id, v.ticket_id, v.attempt, v.announced, r.state, r.failure, r.findings, coalesce(r.started_at, r.queued_at) as since
            from ticket_verification v join run r on r.id = v.run_id where v.run_id = @runId and v.ended_at is null
            """,
            new { runId }
        );
        if (look is null || look.State is "queued" or "running")
        {
            return;
        }

        var ticket = TicketRows.ById(session, look.TicketId)!;
        if (!Awaits(ticket, look))
        {
            // A complete clean run may have shown it already, and the second look is still owed.
            End(session, look, "superseded", $"the ticket is at {ticket.At.Title}", null);
            if (look.Announced && IsProven(ticket))
            {
                LookAgain(session, ticket);
            }

            return;
        }

        // A finding that an unstable check shows again is no ticket's before a second run shows it too; but this ticket's it was.
        var (outcome, reason) = Judge(session, ticket, look);
        End(session, look, outcome, reason, outcome == "inconclusive" ? session.Now + Waits[Math.Min((int)look.Attempt, Waits.Length) - 1] : null);
        switch (outcome, look.Announced)
        {
            case ("clean", true):
                var verified = TicketMoves.ByPlatform(session, ticket, "verified", reason);
                LookAgain(session, verified);
                break;
            case ("clean", false):
                TicketRows.Tell(session, ticket.Id, Principal.Platform.Name, "second-look", new JsonObject { ["outcome"] = outcome, ["why"] = reason });
                break;
            case ("still-there", true):
                TicketMoves.ByPlatform(session, ticket, "still-there", reason);
                break;
            case ("still-there", false):
                TicketMoves.ByPlatform(session, ticket, "reopen", $"a second look: {reason}");
                break;
            case ("inconclusive", true):
                TicketRows.Change(
                    session,
                    ticket,
                    ticket with
                    {
                        StatusReason = $"not known yet: {reason}; it is tried again by itself",
                    },
                    Principal.Platform.Name,
                    "inconclusive",
                    reason
                );
                break;
            default:
                break;
        }
    }

    /// <summary>Judges runs that ended without anybody saying so, and tries inconclusive ones again.</summary>
    /// <returns>How many it looked at; ask again while it is as many as one batch.</returns>
    public int Sweep(Session session)
    {
        var ended = session.List<string>(
            $"""
            select v.run_id from ticket_verification v join run r on r.id = v.run_id
            where v.ended_at is null and r.state in ('done', 'failed', 'cancelled') order by v.id limit {Batch}
            """
        );
        foreach (var run in ended)
        {
            Conclude(session, run);
        }

        var again = session.List<Look>(
            $"""
            select v.id, v.ticket_id, v.attempt, v.announced, '' as state, 0 as since from ticket_verification v join ticket t on t.id = v.ticket_id
            where v.retry_at <= @Clock and {RowScope.Owned("t.app_id")} order by v.retry_at limit {Batch}
            """,
            new { session.Clock }
        );
        foreach (var look in again)
        {
            session.Execute("update ticket_verification set retry_at = null where id = @Id", new { look.Id });
            var ticket = TicketRows.ById(session, look.TicketId)!;
            var findings = TicketFinding.Of(session, ticket.Id).Where(finding => look.Announced ? finding.IsOpen : IsUnstable(session, finding)).ToList();
            if (Awaits(ticket, look) && findings.Count > 0)
            {
                Queue(session, ticket, findings, session.Now, look.Announced, look.Attempt + 1);
            }
        }

        return Math.Max(ended.Count, again.Count);
    }

    private static bool Awaits(TicketRow ticket, Look look) => look.Announced ? ticket.Status == "verifying" : IsProven(ticket);

    // Closed by what runs showed, and open again where another one shows otherwise.
    private static bool IsProven(TicketRow ticket) => ticket.Status is "verified" or "removed";

    // Each finding must be clean; one that is still there decides, and what is not known keeps the rest open.
    private static (string Outcome, string Reason) Judge(Session session, TicketRow ticket, Look look)
    {
        if (look.State is not "done")
        {
            return ("inconclusive", $"the run did not come to its end ({look.Failure ?? look.State})");
        }

        var open = TicketFinding.Of(session, ticket.Id).Where(finding => finding.IsOpen && !IsClean(finding, look)).ToList();
        string? unknown = null;
        foreach (var finding in open)
        {
            var state = session.Find<RuleState>(
                "select verdict, reason, checked_at from rule_state where hosting_id = @HostingId and rule = @Rule",
                new { ticket.HostingId, finding.Rule }
            );
            var isOfThisRun = state is not null && state.CheckedAt >= look.Since;
            if (isOfThisRun && state!.Verdict.Equals("fail", StringComparison.OrdinalIgnoreCase))
            {
                return ("still-there", $"{finding.Place}: {state.Reason}");
            }

            // A run of some places says nothing of whole rules; what it found is what the ticket is about.
            if (look.Findings > 0)
            {
                return ("still-there", $"{finding.Place}: the run saw it again; its report shows how");
            }

            unknown ??=
                isOfThisRun ? $"{finding.Place}: {state!.Reason}"
                : look.Failure is { } gap ? $"{finding.Place}: {gap}"
                : finding.CleanRuns > 0 ? $"{finding.Place}: it was not seen, but so soon after another run that it does not count twice"
                : $"{finding.Place}: the run did not look at it to the end";
        }

        return unknown is null ? ("clean", "a complete clean run against the newest released version, with a positive control") : ("inconclusive", unknown);
    }

    private static bool IsClean(TicketFinding finding, Look look) => finding.CleanRuns > 0 && finding.LastCleanAt >= look.Since;

    // False where nothing of it can be looked for.
    private bool LookNow(Session session, TicketRow ticket)
    {
        var findings = TicketFinding.Of(session, ticket.Id).Where(finding => finding.IsOpen).ToList();
        if (findings.Count == 0)
        {
            return false;
        }

        // What ran before the partner's word proves nothing about it.
        Supersede(session, ticket.Id);
        Queue(session, ticket, findings, session.Now, announced: true, attempt: 1);
        return true;
    }

    // What may answer otherwise tomorrow is looked at once more, when nobody waits for it.
    private void LookAgain(Session session, TicketRow ticket)
    {
        var findings = TicketFinding.Of(session, ticket.Id).Where(finding => IsUnstable(session, finding)).ToList();
        if (findings.Count > 0)
        {
            var spread = TimeSpan.FromMinutes(RandomNumberGenerator.GetInt32(SpreadHours * 60));
            Queue(session, ticket, findings, session.Now + PolicyBook.OperationInForce(session).Unstable.Apart + spread, announced: false, attempt: 1);
        }
    }

    private static bool IsUnstable(Session session, TicketFinding finding) => PolicyBook.OperationInForce(session).Unstable.Holds(finding.Rule);

    private void Queue(Session session, TicketRow ticket, IReadOnlyList<TicketFinding> findings, DateTimeOffset notBefore, bool announced, long attempt)
    {
        var rules = findings.Select(finding => finding.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var places = findings.Select(finding => finding.Place).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var runId = queue(session, new VerificationOrder(ticket, rules, places, notBefore, announced, attempt));
        session.Execute(
            """
            insert into ticket_verification (ticket_id, run_id, attempt, announced, asked_at, not_before)
            values (@Id, @runId, @attempt, @announced, @Clock, @notBefore)
            """,
            new
            {
                ticket.Id,
                runId,
                attempt,
                announced = announced ? 1L : 0L,
                session.Clock,
                notBefore = notBefore.ToUnixTimeMilliseconds(),
            }
        );
    }

    private static void Supersede(Session session, long ticketId) =>
        session.Execute(
            """
            update ticket_verification set ended_at = coalesce(ended_at, @Clock), outcome = coalesce(outcome, 'superseded'), retry_at = null
            where ticket_id = @ticketId and (ended_at is null or retry_at is not null)
            """,
            new { ticketId, session.Clock }
        );

    private static void End(Session session, Look look, string outcome, string reason, DateTimeOffset? retry) =>
        session.Execute(
            "update ticket_verification set ended_at = @Clock, outcome = @outcome, reason = @reason, retry_at = @retry where id = @Id",
            new
            {
                look.Id,
                session.Clock,
                outcome,
                reason,
                retry = retry?.ToUnixTimeMilliseconds(),
            }
        );

    private sealed record Look
    {
        public long Id { get; init; }
        public long TicketId { get; init; }
        public long Attempt { get; init; }
        public bool Announced { get; init; }
        public string State { get; init; } = "";
        public string? Failure { get; init; }
        public long Findings { get; init; }
        public long Since { get; init; }
    }

    private sealed record RuleState
    {
        public string Verdict { get; init; } = "";
        public string Reason { get; init; } = "";
        public long CheckedAt { get; init; }
    }
}
