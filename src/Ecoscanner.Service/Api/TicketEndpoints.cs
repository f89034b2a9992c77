using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>Tickets as they are read: what is to be done until when, and what was said about it.</summary>
internal static class TicketEndpoints
{
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
    }

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
                TicketViews.MoveOf(principal, Workflows.Status(row.Status).Move),
                Moment.Of(row.DueAt),
                row.ClosedAt is null && !row.PlatformForced && row.DueAt < now,
                row.PlatformForced,
                Moment.Of(row.CreatedAt),
                Moment.Of(row.ClosedAt),
                EntityTag.Of(row.RowVersion)
            )
        );
    }

    private static async Task<Reply> One(HttpContext http, Platform platform, string key)
    {
        var principal = Caller.Of(http);
        var row = platform.Database.Read(session => TicketLookup.Find(session, principal, key)) ?? throw ProblemException.NotFound("ticket");
        await platform.ReadAudit.RecordAsync(principal, [row.PartnerId], "ticket.read", $"ticket:{row.Key}");
        return platform.Database.Read(session => TicketViews.Answer(session, platform, principal, row));
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
            Source = Of("source") switch
            {
                null => null,
                "ecoscanner" or "bounty" or "pentest" or "report" => Of("source"),
                _ => throw ProblemException.Wrong("?source", "must be ecoscanner, bounty, pentest or report"),
            },
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
}
