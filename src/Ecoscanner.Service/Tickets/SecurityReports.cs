using System.Text.Json.Nodes;
using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>Tickets that staff makes from a bounty report, a penetration test or another report, and the scores that people give.</summary>
public sealed class SecurityReports(TicketComments comments)
{
    private const int LongestTitle = 200;
    private const int MostFindings = 100;

    // What is older is a mistake of the form.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(366);

    private static readonly string[] Sources = ["bounty", "pentest", "report"];

    public TransitionOutcome Create(Session session, Principal by, SecurityReport report)
    {
        var hosting = session.Find<HostingRow>(
            $"""
            select h.id, h.hosting, a.id as app_id, a.partner_id from app_hosting h join app a on a.id = h.app_id
            where h.id = @HostingId and {by.ScopeOf(Capability.CreateTickets).Sql("a.partner_id", "a.id")}
            """,
            new { report.HostingId }
        );
        if (hosting is null)
        {
            return new TransitionOutcome.NotFound();
        }

        if (Check(session, report, hosting.AppId) is { } wrong)
        {
            return wrong;
        }

        if (CvssVector.Parse(report.CvssVector, out var problem) is not { } vector)
        {
            return new TransitionOutcome.WrongField("cvss-vector", problem!);
        }

        var policy = PolicyBook.BugFixInForce(session, report.ReportedAt);
        var workflow = Workflows.Of(Workflows.Security);
        var clock = DueClock.Triaged(policy, report.Source, report.ReportedAt);
        var severity = SeverityBand.Of(vector.BaseScore);
        var due = DueDate.For(policy, severity, HostingWords.Of(hosting.Hosting), clock).NotBefore(session.Now, "nothing is due before it is told");
        var triage = policy.TriageOf(report.Source);
        var ticket = TicketRows.Add(
            session,
            TicketClock.With(
                new TicketRow
                {
                    Workflow = workflow.Name,
                    PartnerId = hosting.PartnerId,
                    AppId = hosting.AppId,
                    HostingId = hosting.Id,
                    Hosting = hosting.Hosting,
                    Rule = report.Rule ?? "",
                    Family = report.Rule ?? "",
                    Requirement = report.Requirement,
                    Title = report.Title.Trim(),
                    Severity = severity,
                    Cvss = vector.BaseScore,
                    CvssVector = vector.Text,
                    Source = report.Source,
                    Status = workflow.InitialFor(report.Source),
                    ReportedAt = report.ReportedAt.ToUnixTimeMilliseconds(),
                    TriageUntil = triage > TimeSpan.Zero ? (report.ReportedAt + triage).ToUnixTimeMilliseconds() : null,
                },
                clock,
                due
            ),
            by.Name,
            $"a report of source {report.Source}"
        );
        comments.Write(session, ticket, by.Name, Side.Staff, "report", report.Description);
        foreach (var id in report.Findings.Distinct())
        {
            (
                new TicketFinding
                {
                    TicketId = ticket.Id,
                    FindingId = id,
                    AddedAt = session.Clock,
                }
            ).WithDue(session, severity, ticket.HostingKind, clock, policy).Save(session);
        }

        Notices.Add(session, ticket, "filed");
        AuditLog.Record(session, new AuditEntry(ticket.PartnerId, by.Kind, by.Id, "ticket.create", $"ticket:{ticket.Key}", by.Purpose));
        return new TransitionOutcome.Done(ticket);
    }

    /// <summary>A person's score, which counts before those of the findings from then on; the due date follows.</summary>
    public static TransitionOutcome Rescore(Session session, Principal by, string key, long rowVersion, string vectorText, string reason)
    {
        if (TicketLookup.Find(session, by, key) is not { } ticket)
        {
            return new TransitionOutcome.NotFound();
        }

        if (by.Kind == Principal.Platform.Kind || !by.May(Capability.DecideTickets, ticket.PartnerId, ticket.AppId))
        {
            return new TransitionOutcome.Refused("only staff that decides on tickets may score them; dispute the ticket to have it looked at again");
        }

        if (ticket.RowVersion != rowVersion)
        {
            return new TransitionOutcome.Stale(ticket);
        }

        if (ticket.ClosedAt is not null)
        {
            return new TransitionOutcome.Refused($"{key} is closed");
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > TicketComments.LongestText)
        {
            return new TransitionOutcome.WrongField("reason", "must say why");
        }

        if (CvssVector.Parse(vectorText, out var problem) is not { } vector)
        {
            return new TransitionOutcome.WrongField("cvss-vector", problem!);
        }

        var severity = SeverityBand.Of(vector.BaseScore);
        var scored = ticket with { CvssVector = vector.Text, Cvss = vector.BaseScore, Severity = severity };
        var isWorse = severity > ticket.Severity;
        if (severity != ticket.Severity)
        {
            scored = Due(session, scored, isWorse);
        }

        var after = TicketRows.Change(session, ticket, scored, by.Name, "rescored", reason);
        if (after is null)
        {
            return new TransitionOutcome.Stale(TicketRows.ById(session, ticket.Id)!);
        }

        var detail = new JsonObject { ["before"] = ticket.CvssVector, ["after"] = vector.Text };
        AuditLog.Record(session, new AuditEntry(ticket.PartnerId, by.Kind, by.Id, "ticket.rescore", $"ticket:{key}", by.Purpose, detail.ToJsonString()));
        return new TransitionOutcome.Done(after);
    }

    private static TicketRow Due(Session session, TicketRow ticket, bool isWorse)
    {
        var policy = TicketClock.Policy(session, ticket.DuePolicy);
        var open = new List<TicketFinding>();
        foreach (var finding in TicketFinding.Of(session, ticket.Id).Where(finding => finding.IsOpen))
        {
            var own = new DueClock(DateTimeOffset.FromUnixTimeMilliseconds(finding.ClockStartedAt), finding.ClockWhy);
            var moved = TicketClock.Rescored(session, policy, ticket.Severity, ticket.HostingKind, own, ticket.ExtendedTo, isWorse);
            open.Add(finding.WithDue(session, ticket.Severity, ticket.HostingKind, own, policy, moved));
            open[^1].Save(session);
        }

        if (open.Count > 0)
        {
            return TicketClock.Of(ticket, open);
        }

        var clock = new DueClock(DateTimeOffset.FromUnixTimeMilliseconds(ticket.ClockStartedAt), ticket.ClockWhy);
        var due = TicketClock.Rescored(session, policy, ticket.Severity, ticket.HostingKind, clock, ticket.ExtendedTo, isWorse);
        return TicketClock.With(ticket, clock, due.NotBefore(session.Now, "nothing is due before it is told"));
    }

    private static TransitionOutcome.WrongField? Check(Session session, SecurityReport report, long appId)
    {
        if (!Sources.Contains(report.Source, StringComparer.Ordinal))
        {
            return new("source", $"must be one of {string.Join(", ", Sources)}");
        }

        if (string.IsNullOrWhiteSpace(report.Title) || report.Title.Length > LongestTitle || report.Title.Any(char.IsControl))
        {
            return new("title", $"must be one line of at most {LongestTitle} characters");
        }

        if (string.IsNullOrWhiteSpace(report.Description) || report.Description.Length > TicketComments.LongestText)
        {
            return new("description", $"must say what is wrong, in at most {TicketComments.LongestText} characters");
        }

        if (report.ReportedAt > session.Now || report.ReportedAt < session.Now - Oldest)
        {
            return new("reported-at", "must be a day of the last year, and not to come");
        }

        if (report.Findings.Count > MostFindings)
        {
            return new("findings", $"can be {MostFindings} at most");
        }

        return report.Findings.Any(id => session.Find<long?>("select id from finding where id = @id and app_id = @appId", new { id, appId }) is null)
            ? new("findings", "must be findings of the same app")
            : null;
    }

    private sealed record HostingRow
    {
        public long Id { get; init; }
        public string Hosting { get; init; } = "";
        public long AppId { get; init; }
        public long PartnerId { get; init; }
    }
}

/// <summary>What staff knows of a flaw that no scanner found.</summary>
/// <param name="Source"><c>bounty</c>, <c>pentest</c> or <c>report</c>.</param>
/// <param name="Rule">The rule it breaks, where there is one: its page tells how to mend it.</param>
/// <param name="Description">Markdown.</param>
/// <param name="Findings">Ids of findings that show it.</param>
public sealed record SecurityReport(
    long HostingId,
    string Source,
    string Title,
    string Requirement,
    string? Rule,
    string CvssVector,
    DateTimeOffset ReportedAt,
    string Description,
    IReadOnlyList<long> Findings
);
