using System.Globalization;
using System.Text.Json.Nodes;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>The transitions that people make: who may, with which fields, and what follows.</summary>
public sealed class TicketTransitions(TicketComments comments, TicketVerification verification)
{
    /// <summary>Moves a ticket, if it is still as they read it.</summary>
    /// <param name="rowVersion">Of the ticket that they saw.</param>
    /// <param name="name">The transition's.</param>
    public TransitionOutcome Move(Session session, Principal by, string key, long rowVersion, string name, TransitionFields fields)
    {
        if (TicketLookup.Find(session, by, key) is not { } ticket)
        {
            return new TransitionOutcome.NotFound();
        }

        if (ticket.RowVersion != rowVersion)
        {
            return new TransitionOutcome.Stale(ticket);
        }

        if (ticket.Kind.Transition(name) is not { } transition)
        {
            return new TransitionOutcome.Refused($"a {ticket.Kind.Title} has no transition {name}");
        }

        if (!May(by, transition, ticket))
        {
            return new TransitionOutcome.Refused(
                $"{name} is the {transition.Side.ToString().ToLowerInvariant()}'s to make, by who {Words(transition.Capability)}"
            );
        }

        if (!transition.From.Contains(ticket.Status, StringComparer.Ordinal))
        {
            return new TransitionOutcome.Refused($"{ticket.Key} is at {ticket.At.Title}, and {name} goes from {Titles(transition.From)}");
        }

        if (fields.Check(transition, ticket, session.Now) is { } wrong)
        {
            return wrong;
        }

        TicketRow? other = null;
        if (fields.DuplicateOf is { } otherKey)
        {
            other = TicketRows.ByKey(session, otherKey);
            if (other is null || other.AppId != ticket.AppId || other.Id == ticket.Id || other.Status == "duplicate")
            {
                return new TransitionOutcome.WrongField("duplicate-of", "must be the key of another ticket of the same app, itself no duplicate");
            }
        }

        // The partner's own words stand in sealed comments only.
        var why = transition.Side is Side.Staff ? fields.Reason ?? "" : "";
        var moved = TicketMoves.Make(session, ticket, transition, by.Name, why, row => With(session, row, fields, other));
        if (moved is null)
        {
            return new TransitionOutcome.Stale(TicketRows.ById(session, ticket.Id)!);
        }

        foreach (var (kind, text) in fields.Texts)
        {
            comments.Write(session, ticket, by.Name, transition.Side, kind, text);
        }

        TicketRequests.Open(session, ticket.Id, transition, by.Name, fields.ProposedDue?.ToUnixTimeMilliseconds());
        Follow(session, moved, transition, fields, other, by.Name);
        AuditLog.Record(session, Audit(by, moved, transition, ticket));
        return new TransitionOutcome.Done(TicketRows.ById(session, ticket.Id)!);
    }

    /// <summary>The transitions that somebody can make now: what a page offers.</summary>
    public static IReadOnlyList<Transition> Offered(Principal by, TicketRow ticket) =>
        [.. ticket.Kind.Transitions.Where(transition => transition.From.Contains(ticket.Status, StringComparer.Ordinal) && May(by, transition, ticket))];

    // The program has every capability and makes its own transitions only; people never make the program's.
    private static bool May(Principal by, Transition transition, TicketRow ticket) =>
        (transition.Side is Side.Platform) == (by.Kind == Principal.Platform.Kind)
        && transition.Side is not Side.Platform
        && by.May(transition.Capability, ticket.PartnerId, ticket.AppId);

    private static TicketRow With(Session session, TicketRow row, TransitionFields fields, TicketRow? other)
    {
        if (fields.Due is { } due)
        {
            return row with
            {
                DueAt = row.PlatformForced ? null : due.ToUnixTimeMilliseconds(),
                ExtendedTo = due.ToUnixTimeMilliseconds(),
                DueExplanation = Extended(due, session.Now, row.DueExplanation),
            };
        }

        return row with
        {
            DuplicateOf = other?.Id,
            AcceptedUntil = fields.Until?.ToUnixTimeMilliseconds(),
        };
    }

    private static string Extended(DateTimeOffset due, DateTimeOffset now, string before)
    {
        // An extension of an extension tells the first promise and the last.
        var first = before.IndexOf("before: ", StringComparison.Ordinal) is var at and >= 0 ? before[(at + "before: ".Length)..] : before;
        return $"extended to {DueDate.Day(due)} on {DueDate.Day(now)}; before: {first}";
    }

    private void Follow(Session session, TicketRow ticket, Transition transition, TransitionFields fields, TicketRow? other, string actor)
    {
        var why = $"{ticket.Key}: {transition.Means}";
        switch (transition.Name)
        {
            case "patched":
                verification.Ask(session, ticket);
                break;
            case "grant-extension":
                Extend(session, ticket, fields.Due!.Value);
                break;
            case "confirm":
                Confirm(session, ticket, actor);
                break;
            case "not-applicable":
                TicketFinding.Mark(session, ticket.Id, "false-positive", TicketFinding.OpenStates, actor, why);
                break;
            case "accept-risk":
                TicketFinding.Mark(session, ticket.Id, "accepted", TicketFinding.OpenStates, actor, why);
                break;
            case "reconsider":
                TicketFinding.Mark(session, ticket.Id, "ticketed", "('false-positive', 'accepted')", actor, why);
                TicketClock.Refresh(session, ticket, actor, "findings-changed", "a decision was taken back");
                break;
            case "duplicate":
                HandOver(session, ticket, other!, actor);
                break;
            default:
                break;
        }
    }

    // What was found until now may wait; what joins later has its own time.
    private static void Extend(Session session, TicketRow ticket, DateTimeOffset due)
    {
        foreach (var finding in TicketFinding.Of(session, ticket.Id).Where(finding => finding.DueAt < due.ToUnixTimeMilliseconds()))
        {
            (finding with { DueAt = due.ToUnixTimeMilliseconds(), DueExplanation = Extended(due, session.Now, finding.DueExplanation) }).Save(session);
        }
    }

    // A triage that took longer than the policy gives it is not the partner's time.
    private static void Confirm(Session session, TicketRow ticket, string actor)
    {
        var policy = TicketClock.Policy(session, ticket.DuePolicy);
        var clock = DueClock.Triaged(policy, ticket.Source, DateTimeOffset.FromUnixTimeMilliseconds(ticket.ReportedAt), session.Now);
        TicketClock.Restart(session, ticket, policy, clock, actor, "the triage ended");
    }

    private static void HandOver(Session session, TicketRow ticket, TicketRow other, string actor)
    {
        foreach (var finding in TicketFinding.Of(session, ticket.Id).Where(finding => finding.IsOpen))
        {
            if (
                session.Find<long?>(
                    "select finding_id from ticket_finding where ticket_id = @Id and finding_id = @FindingId",
                    new { other.Id, finding.FindingId }
                )
                is null
            )
            {
                (finding with { TicketId = other.Id, AddedAt = session.Clock }).Save(session);
                TicketRows.Tell(session, other.Id, actor, "finding-joined", new JsonObject { ["finding"] = finding.FindingId, ["from"] = ticket.Key });
            }
        }

        TicketClock.Refresh(session, other, actor, "findings-changed", $"{ticket.Key} is a duplicate of it");
    }

    private static AuditEntry Audit(Principal by, TicketRow moved, Transition transition, TicketRow before) =>
        new(
            moved.PartnerId,
            by.Kind,
            by.Id,
            $"ticket.{transition.Name}",
            $"ticket:{moved.Key}",
            by.Purpose,
            new JsonObject
            {
                ["before"] = before.Status,
                ["after"] = moved.Status,
                ["version"] = moved.RowVersion.ToString(CultureInfo.InvariantCulture),
            }.ToJsonString()
        );

    private static string Titles(IEnumerable<string> statuses) => string.Join(", ", statuses.Select(status => Workflows.Status(status).Title));

    private static string Words(Capability capability) =>
        capability is Capability.AnswerTickets ? "answers tickets for the app's partner" : "decides on tickets";
}
