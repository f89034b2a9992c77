using Ecoscanner.Service.Access;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>What people do with tickets: make them, move them, have them verified, score them, talk, and decide at breach.</summary>
internal static class TicketMoveEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags("tickets");
        tickets
            .MapPost("/", Create)
            .WithSummary("Makes a ticket of a bounty report, a penetration test or another report.")
            .Needs(Capability.CreateTickets)
            .Once()
            .Takes<SecurityReport>()
            .Answers<TicketView>(201)
            .Problems(404);
        tickets
            .MapPost("/{key}/transitions", Move)
            .WithSummary("Moves a ticket: patched, dispute, request-extension and so on, with the fields that the transition takes.")
            .Needs(Capability.ReadTickets)
            .ChangesVersion()
            .Once()
            .Takes<TransitionAsk>()
            .Answers<TicketView>()
            .Problems(404);
        tickets
            .MapPost("/{key}/extension", Extension)
            .WithSummary("Asks for a later due date: why, by which plan, until when.")
            .Needs(Capability.AnswerTickets)
            .ChangesVersion()
            .Once()
            .Takes<ExtensionAsk>()
            .Answers<TicketView>()
            .Problems(404);
        tickets
            .MapPost("/{key}/dispute", Dispute)
            .WithSummary("Says that it is no flaw, with what shows that.")
            .Needs(Capability.AnswerTickets)
            .ChangesVersion()
            .Once()
            .Takes<DisputeAsk>()
            .Answers<TicketView>()
            .Problems(404);
        tickets
            .MapPost("/{key}/verification", Verify)
            .WithSummary(
                "Says that it is patched, and has just its rules and places looked at again, against the newest release, at once. Where it was said already, the look that waits is made now."
            )
            .Needs(Capability.AnswerTickets)
            .ChangesVersion()
            .Answers<ScanView>(202)
            .Problems(404, 409);
        tickets
            .MapPut("/{key}/score", Score)
            .WithSummary("Scores a ticket by a vector of CVSS; the due date follows.")
            .Needs(Capability.DecideTickets)
            .ChangesVersion()
            .Takes<ScoreAsk>()
            .Answers<TicketView>()
            .Problems(404, 409);
        tickets
            .MapPost("/{key}/comments", Comment)
            .WithSummary("Says something, in Markdown.")
            .Needs(Capability.CommentTickets)
            .Once()
            .Takes<CommentAsk>()
            .Answers<TicketView>(201)
            .Problems(404);
        api.MapPost("/enforcements/{id:long}/decision", Decide)
            .WithTags("tickets")
            .WithSummary("Decides what is enforced where a due date has passed: none, delist or hide, with a reason.")
            .Needs(Capability.DecideEnforcement)
            .ChangesVersion()
            .Takes<DecisionAsk>()
            .Produces(204)
            .Problems(404, 409);
    }

    private static async Task<Reply> Create(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var report = await JsonBody.ReadAsync<SecurityReport>(http);
        return platform.Database.Write(session =>
        {
            var made = Done(platform.Reports.Create(session, principal, report));
            return TicketViews.Answer(session, platform, principal, made, StatusCodes.Status201Created) with
            {
                Location = $"{Endpoints.Root}/tickets/{made.Key}",
            };
        });
    }

    private static async Task<Reply> Move(HttpContext http, Platform platform, string key)
    {
        var ask = await JsonBody.ReadAsync<TransitionAsk>(http);
        return MoveTo(
            http,
            platform,
            key,
            ask.Transition,
            new TransitionFields
            {
                Reason = ask.Reason,
                Evidence = ask.Evidence,
                Plan = ask.Plan,
                ProposedDue = ask.ProposedDue,
                Due = ask.Due,
                Until = ask.Until,
                DuplicateOf = ask.DuplicateOf,
            }
        );
    }

    private static async Task<Reply> Extension(HttpContext http, Platform platform, string key)
    {
        var ask = await JsonBody.ReadAsync<ExtensionAsk>(http);
        return MoveTo(http, platform, key, "request-extension", new TransitionFields { Plan = ask.Plan, ProposedDue = ask.ProposedDue });
    }

    private static async Task<Reply> Dispute(HttpContext http, Platform platform, string key)
    {
        var ask = await JsonBody.ReadAsync<DisputeAsk>(http);
        return MoveTo(http, platform, key, "dispute", new TransitionFields { Reason = ask.Reason, Evidence = ask.Evidence });
    }

    private static Reply Verify(HttpContext http, Platform platform, string key)
    {
        var principal = Caller.Of(http);
        var version = EntityTag.Asked(http);
        var queued = platform.Database.Write(session =>
        {
            var ticket = TicketLookup.Find(session, principal, key) ?? throw ProblemException.NotFound("ticket");
            EntityTag.Check(version, ticket.RowVersion);
            Shares.Take(session, ticket.PartnerId, QuotaKind.Rescans, 1);
            if (ticket.Status == "verifying" && principal.May(Capability.AnswerTickets, ticket.PartnerId, ticket.AppId))
            {
                // It was said already, and what was asked proved nothing yet.
                platform.Verification.Hurry(session, ticket);
            }
            else
            {
                Done(platform.Transitions.Move(session, principal, key, version, "patched", TransitionFields.None));
            }

            var run =
                session.Find<string>(
                    "select run_id from ticket_verification where ticket_id = @Id and announced = 1 order by id desc limit 1",
                    new { ticket.Id }
                ) ?? throw new ProblemException(ProblemKind.Conflict, "nothing can be scanned for it by itself; people look at it");
            return Reply.Accepted($"{Endpoints.Root}/scans/{run}", ScanEndpoints.View(session, platform, ScanEndpoints.Of(session, Principal.Platform, run)));
        });
        platform.WakeScheduler();
        return queued;
    }

    private static async Task<Reply> Score(HttpContext http, Platform platform, string key)
    {
        var principal = Caller.Of(http);
        var version = EntityTag.Asked(http);
        var ask = await JsonBody.ReadAsync<ScoreAsk>(http);
        return platform.Database.Write(session =>
            TicketViews.Answer(session, platform, principal, Done(SecurityReports.Rescore(session, principal, key, version, ask.CvssVector, ask.Reason)))
        );
    }

    private static async Task<Reply> Comment(HttpContext http, Platform platform, string key)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<CommentAsk>(http);
        return platform.Database.Write(session =>
        {
            var ticket = TicketLookup.Find(session, principal, key) ?? throw ProblemException.NotFound("ticket");
            return platform.Comments.Add(session, principal, key, ask.Markdown) is { } wrong
                ? throw ProblemException.Wrong("/markdown", $"cannot be said: {wrong}")
                : TicketViews.Answer(session, platform, principal, ticket, StatusCodes.Status201Created) with
                {
                    Location = $"{Endpoints.Root}/tickets/{key}",
                };
        });
    }

    private static async Task<Reply> Decide(HttpContext http, Platform platform, long id)
    {
        var principal = Caller.Of(http);
        var version = EntityTag.Asked(http);
        var ask = await JsonBody.ReadAsync<DecisionAsk>(http);
        var decision = ask.Decision switch
        {
            "none" => Enforcement.None,
            "delist" => Enforcement.Delist,
            "hide" => Enforcement.Hide,
            _ => throw ProblemException.Wrong("/decision", "must be none, delist or hide"),
        };
        return platform.Database.Write(session =>
            Enforcements.Decide(session, principal, id, version, decision, ask.Reason) is { } why
                ? throw new ProblemException(ProblemKind.Conflict, why)
                : Reply.Done
        );
    }

    private static Reply MoveTo(HttpContext http, Platform platform, string key, string transition, TransitionFields fields)
    {
        var principal = Caller.Of(http);
        var version = EntityTag.Asked(http);
        var moved = platform.Database.Write(session =>
            TicketViews.Answer(session, platform, principal, Done(platform.Transitions.Move(session, principal, key, version, transition, fields)))
        );
        platform.WakeScheduler();
        return moved;
    }

    private static TicketRow Done(TransitionOutcome outcome) =>
        outcome switch
        {
            TransitionOutcome.Done done => done.Ticket,
            TransitionOutcome.NotFound => throw ProblemException.NotFound("ticket"),
            TransitionOutcome.Stale => throw EntityTag.Changed(),
            TransitionOutcome.Refused refused => throw new ProblemException(ProblemKind.Conflict, refused.Reason),
            TransitionOutcome.WrongField wrong => throw ProblemException.Wrong($"/{Camel(wrong.Field)}", wrong.Reason),
            _ => throw new InvalidOperationException($"{outcome} is no outcome"),
        };

    private static string Camel(string kebab) =>
        string.Concat(kebab.Split('-').Select((part, at) => at == 0 || part.Length == 0 ? part : $"{char.ToUpperInvariant(part[0])}{part[1..]}"));
}

public sealed record TransitionAsk(
    string Transition,
    string? Reason = null,
    string? Evidence = null,
    string? Plan = null,
    DateTimeOffset? ProposedDue = null,
    DateTimeOffset? Due = null,
    DateTimeOffset? Until = null,
    string? DuplicateOf = null
);

public sealed record ExtensionAsk(string Plan, DateTimeOffset ProposedDue);

public sealed record DisputeAsk(string Reason, string Evidence);

public sealed record ScoreAsk(string CvssVector, string Reason);

public sealed record CommentAsk(string Markdown);

public sealed record DecisionAsk(string Decision, string Reason);
