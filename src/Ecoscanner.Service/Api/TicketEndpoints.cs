using System.Text.Json;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>Tickets: what is to be done until when, what was said about it, and the moves that people make.</summary>
internal static class TicketEndpoints
{
    // What a person reads of one ticket; the rest comes by its own list.
    private const int MostEvents = 200;

    public static void Map(RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags("tickets");
        tickets
            .MapGet("/", List)
            .WithSummary("Tickets, what is due first first; of closed ones what was due last.")
            .Needs(Capability.ReadTickets)
            .Lists<TicketItem>()
            .Filters("state", "open or closed; open where nothing is said.")
            .Filters("partner", "Those of one partner, by its key.")
            .Filters("app", "Those of one app, by its key or id.")
            .Filters("rule", "Those of one rule.")
            .Filters("status", "Those in one status.")
            .Filters("severity", "Those of this severity and worse.")
            .Filters("source", "ecoscanner, bounty, pentest or report.")
            .Filters("move", "partner or staff: whose move it is.")
            .Filters("overdue", "true: those whose due date has passed.")
            .Problems(404);
        tickets
            .MapGet("/{key}", One)
            .WithSummary("A ticket with its history, its comments, and the moves that one can make. Its ETag goes with every change.")
            .Needs(Capability.ReadTickets)
            .Answers<TicketView>()
            .Problems(404);
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
            .WithSummary("Says that it is patched, and has just its rules and places looked at again, against the newest release, at once.")
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

    public static async Task<TicketRow> ReadAsync(Platform platform, Principal principal, string key)
    {
        var row = platform.Database.Read(session => TicketLookup.Find(session, principal, key)) ?? throw ProblemException.NotFound("ticket");
        await platform.ReadAudit.RecordAsync(principal, [row.PartnerId], "ticket.read", $"ticket:{row.Key}");
        return row;
    }

    private static Reply View(Session session, Platform platform, Principal principal, TicketRow row, int status = StatusCodes.Status200OK)
    {
        var view = new TicketView(
            row.Key,
            row.Title,
            row.Severity.ToString().ToLowerInvariant(),
            row.Cvss,
            row.CvssVector,
            row.Status,
            row.At.Title,
            row.StatusReason,
            session.One<string>("select key from app where id = @AppId", new { row.AppId }),
            row.AppId,
            row.Hosting,
            row.Rule,
            row.Requirement,
            row.Source,
            row.Workflow,
            MoveOf(principal, row.At.Move),
            Moment.Of(row.DueAt),
            row.DueExplanation,
            row.IsOverdue(session.Clock),
            row.PlatformForced,
            Moment.Of(row.CreatedAt),
            Moment.Of(row.ChangedAt),
            Moment.Of(row.ClosedAt),
            row.DuplicateOf is { } other ? $"AMS-{other}" : null,
            row.Rule.Length == 0 ? null : $"{Endpoints.Root}/rules/{row.Rule}",
            session.List<long>("select finding_id from ticket_finding where ticket_id = @Id order by finding_id limit 100", new { row.Id }),
            [.. TicketTransitions.Offered(principal, row).Select(transition => transition.Name)],
            [
                .. session
                    .List<EventRow>(
                        "select id, at, actor, kind, detail from ticket_event where ticket_id = @Id order by id desc limit @MostEvents",
                        new { row.Id, MostEvents }
                    )
                    .Reverse()
                    .Select(told => new TicketEventView(
                        Moment.Of(told.At),
                        told.Actor,
                        told.Kind,
                        WhyOf(told.Detail),
                        JsonDocument.Parse(told.Detail).RootElement
                    )),
            ],
            [
                .. platform
                    .Comments.Of(session, row)
                    .Select(said => new CommentView(Moment.Of(said.At), said.Author, said.Side, said.Kind, said.Markdown, said.Html)),
            ]
        );
        return Reply.Of(view, status) with { Tag = EntityTag.Of(row.RowVersion) };
    }

    // Staff looks from the other side.
    private static string MoveOf(Principal principal, Side? move) =>
        move is null ? "nobody"
        : move is Side.Partner == !principal.MayEverywhere(Capability.DecideTickets) ? "yours"
        : move is Side.Partner ? "partner"
        : "ours";

    private static async Task<Reply> List(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        var rows = platform.Database.Read(session =>
            TicketList.Page(
                session,
                principal,
                FilterOf(session, principal, http.Request.Query),
                page.After is null ? null : TicketPlace.Parse(page.After),
                page.Limit + 1
            )
        );
        await platform.ReadAudit.RecordAsync(
            principal,
            rows.Take(page.Limit).Select(row => row.PartnerId),
            "tickets.list",
            $"list:tickets{http.Request.QueryString}".Truncated()
        );
        var now = platform.Options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return page.Answer(
            rows,
            row => row.Place.ToString(),
            row => new TicketItem(
                row.Key,
                row.Title,
                row.Severity.ToString().ToLowerInvariant(),
                row.Cvss,
                row.Status,
                row.AppKey,
                row.AppId,
                row.Hosting,
                row.Rule,
                row.Requirement,
                row.Source,
                MoveOf(principal, Workflows.Status(row.Status).Move),
                Moment.Of(row.DueAt),
                row.ClosedAt is null && !row.PlatformForced && row.DueAt < now,
                row.PlatformForced,
                Moment.Of(row.CreatedAt),
                Moment.Of(row.ClosedAt),
                EntityTag.Of(row.RowVersion)
            )
        );
    }

    private static TicketFilter FilterOf(Session session, Principal principal, IQueryCollection query)
    {
        string? Of(string name) => query[name].ToString() is { Length: > 0 } value ? value : null;
        return new TicketFilter
        {
            Open = Of("state") switch
            {
                null or "open" => true,
                "closed" => false,
                _ => throw ProblemException.Wrong("?state", "must be open or closed"),
            },
            PartnerId = Of("partner") is { } partner ? PartnerEndpoints.Of(session, principal, partner).Id : null,
            AppId = Of("app") is { } app ? AppEndpoints.IdOf(session, principal, app) : null,
            Rule = Of("rule"),
            Status = Of("status") is { } status
                ? (Workflows.HasStatus(status) ? status : throw ProblemException.Wrong("?status", "is no status that is known"))
                : null,
            AtLeast = Of("severity") is { } word ? SeverityWord.Parse(word, "?severity") : null,
            Source = Of("source"),
            Move = Of("move") switch
            {
                null => null,
                "partner" => Side.Partner,
                "staff" => Side.Staff,
                _ => throw ProblemException.Wrong("?move", "must be partner or staff"),
            },
            Overdue = Of("overdue") == "true",
        };
    }

    private static async Task<Reply> One(HttpContext http, Platform platform, string key)
    {
        var principal = Caller.Of(http);
        var row = await ReadAsync(platform, principal, key);
        return platform.Database.Read(session => View(session, platform, principal, row));
    }

    private static async Task<Reply> Create(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var report = await JsonBody.ReadAsync<SecurityReport>(http);
        return platform.Database.Write(session =>
        {
            var made = Done(platform.Reports.Create(session, principal, report));
            return View(session, platform, principal, made, StatusCodes.Status201Created) with { Location = $"{Endpoints.Root}/tickets/{made.Key}" };
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
            Done(platform.Transitions.Move(session, principal, key, version, "patched", TransitionFields.None));
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
            View(session, platform, principal, Done(SecurityReports.Rescore(session, principal, key, version, ask.CvssVector, ask.Reason)))
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
                : View(session, platform, principal, ticket, StatusCodes.Status201Created) with
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
            View(session, platform, principal, Done(platform.Transitions.Move(session, principal, key, version, transition, fields)))
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

    private static string? WhyOf(string detail)
    {
        using var json = JsonDocument.Parse(detail);
        return
            json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("why", out var why) && why.ValueKind == JsonValueKind.String
            ? why.GetString()
            : null;
    }

    private sealed record EventRow
    {
        public long Id { get; init; }
        public long At { get; init; }
        public string Actor { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Detail { get; init; } = "{}";
    }
}

/// <param name="Move">Whose move it is: <c>yours</c>, <c>ours</c>, <c>partner</c> (to staff), or <c>nobody</c>.</param>
/// <param name="PlatformForced">The platform itself forces it: no due date, nothing enforced.</param>
public sealed record TicketItem(
    string Key,
    string Title,
    string Severity,
    double Cvss,
    string Status,
    string App,
    long AppId,
    string Hosting,
    string Rule,
    string Requirement,
    string Source,
    string Move,
    DateTimeOffset? DueAt,
    bool Overdue,
    bool PlatformForced,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ClosedAt,
    string ETag
);

/// <param name="Move">Whose move it is: <c>yours</c>, <c>ours</c>, <c>partner</c> (to staff), or <c>nobody</c>.</param>
/// <param name="Remediation">The page of the rule.</param>
/// <param name="Findings">Ids.</param>
/// <param name="Transitions">Those that who asks can make now.</param>
/// <param name="Events">The last two hundred, the oldest first.</param>
public sealed record TicketView(
    string Key,
    string Title,
    string Severity,
    double Cvss,
    string? CvssVector,
    string Status,
    string StatusTitle,
    string StatusReason,
    string App,
    long AppId,
    string Hosting,
    string Rule,
    string Requirement,
    string Source,
    string Workflow,
    string Move,
    DateTimeOffset? DueAt,
    string DueExplanation,
    bool Overdue,
    bool PlatformForced,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ClosedAt,
    string? DuplicateOf,
    string? Remediation,
    IReadOnlyList<long> Findings,
    IReadOnlyList<string> Transitions,
    IReadOnlyList<TicketEventView> Events,
    IReadOnlyList<CommentView> Comments
);

/// <param name="Text">Why.</param>
public sealed record TicketEventView(DateTimeOffset At, string Actor, string Kind, string? Text, JsonElement Detail);

/// <param name="Html">The Markdown, safe to stand in a page.</param>
public sealed record CommentView(DateTimeOffset At, string Author, string Side, string Kind, string Markdown, string Html);

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
