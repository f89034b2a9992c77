using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>What waits for a person's decision, the oldest first. Decisions are made where they always are: by transitions of the ticket and on proposals.</summary>
internal static class QueueEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var queues = api.MapGroup("/queues").WithTags("queues");
        queues
            .MapGet("/disputes", (HttpContext http, Platform platform) => Requests(http, platform, "dispute"))
            .WithSummary("Disputes that nobody answered. The ticket's transitions uphold, not-applicable and others answer them.")
            .Needs(Capability.DecideTickets)
            .Lists<WaitingView>();
        queues
            .MapGet("/extensions", (HttpContext http, Platform platform) => Requests(http, platform, "extension"))
            .WithSummary("Requests for a later due date that nobody answered. The ticket's transitions grant-extension and deny-extension answer them.")
            .Needs(Capability.DecideTickets)
            .Lists<WaitingView>();
        queues
            .MapGet("/breaches", Breaches)
            .WithSummary("Due dates that have passed, with what the policy proposes. POST /enforcements/{id}/decision decides.")
            .Needs(Capability.DecideEnforcement)
            .Lists<BreachView>();
        queues
            .MapGet("/unfiled", Unfiled)
            .WithSummary("Findings that could have a ticket and have none, and why.")
            .Needs(Capability.ReadFindings)
            .Lists<UnfiledView>()
            .Filters("partner", "Those of one partner, by its key.");
        queues
            .MapGet("/duplicates", Duplicates)
            .WithSummary("Open tickets of one app and requirement from different sources: perhaps the same flaw. The ticket's transition duplicate joins them.")
            .Needs(Capability.DecideTickets)
            .Lists<DuplicateView>();
    }

    private static Task<Reply> Requests(HttpContext http, Platform platform, string kind) =>
        AnswerAsync(
            http,
            platform,
            (session, principal, page) => StaffQueues.Requests(session, principal, kind, page.AfterId ?? 0, page.Limit + 1),
            row => row.PartnerId,
            row => Text(row.Id),
            row => new WaitingView(
                row.Id,
                row.Key,
                row.Title,
                row.AppKey,
                SeverityWord.Of(row.Severity),
                Moment.Of(row.AskedAt),
                row.AskedBy,
                Moment.Of(row.ProposedDueAt),
                Moment.Of(row.DueAt),
                EntityTag.Of(row.RowVersion)
            )
        );

    private static Task<Reply> Breaches(HttpContext http, Platform platform) =>
        AnswerAsync(
            http,
            platform,
            (session, principal, page) => StaffQueues.Breaches(session, principal, page.AfterId ?? 0, page.Limit + 1),
            row => row.PartnerId,
            row => Text(row.Id),
            row => new BreachView(
                row.Id,
                row.Key,
                row.AppKey,
                SeverityWord.Of(row.Severity),
                Moment.Of(row.DueAt),
                row.Proposed,
                row.Explanation,
                Moment.Of(row.ProposedAt),
                EntityTag.Of(row.RowVersion)
            )
        );

    private static Task<Reply> Unfiled(HttpContext http, Platform platform, string? partner) =>
        AnswerAsync(
            http,
            platform,
            (session, principal, page) =>
                StaffQueues.Unfiled(
                    session,
                    principal,
                    string.IsNullOrEmpty(partner) ? null : PartnerEndpoints.Of(session, principal, partner).Id,
                    page.AfterId ?? 0,
                    page.Limit + 1
                ),
            row => row.PartnerId,
            row => Text(row.FindingId),
            row => new UnfiledView(
                row.FindingId,
                row.AppKey,
                row.AppId,
                row.Rule,
                SeverityWord.Of(row.Severity),
                row.Cause,
                row.Reason,
                Moment.Of(row.At),
                Moment.Of(row.RetryAt)
            )
        );

    private static Task<Reply> Duplicates(HttpContext http, Platform platform) =>
        AnswerAsync(
            http,
            platform,
            (session, principal, page) => StaffQueues.Duplicates(session, principal, page.AfterPair ?? (0, 0), page.Limit + 1),
            row => row.PartnerId,
            row => $"{Text(row.Id)}:{Text(row.OtherId)}",
            row => new DuplicateView(row.Key, row.Title, row.Source, row.OtherKey, row.OtherTitle, row.OtherSource, row.Requirement, row.AppKey)
        );

    private static async Task<Reply> AnswerAsync<TRow, T>(
        HttpContext http,
        Platform platform,
        Func<Session, Principal, PageRequest, IReadOnlyList<TRow>> read,
        Func<TRow, long> partner,
        Func<TRow, string> place,
        Func<TRow, T> view
    )
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        var rows = platform.Database.Read(session => read(session, principal, page));
        await platform.ReadAudit.RecordAsync(
            principal,
            rows.Take(page.Limit).Select(partner),
            "queue.list",
            $"list:{http.Request.Path.Value!.Split('/')[^1]}{http.Request.QueryString}".Truncated()
        );
        return page.Answer(rows, place, view);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Ticket">Its key.</param>
/// <param name="ProposedDueAt">What a request for a later due date asks for; null for disputes.</param>
/// <param name="DueAt">The present due date.</param>
/// <param name="ETag">Of the ticket, for its transition.</param>
public sealed record WaitingView(
    long Id,
    string Ticket,
    string Title,
    string App,
    string Severity,
    DateTimeOffset AskedAt,
    string AskedBy,
    DateTimeOffset? ProposedDueAt,
    DateTimeOffset? DueAt,
    string ETag
);

/// <param name="Id">Of the proposal: <c>/enforcements/{id}/decision</c>.</param>
/// <param name="Proposal"><c>hide</c>, <c>delist</c> or <c>none</c>.</param>
/// <param name="ETag">Of the proposal, for the decision.</param>
public sealed record BreachView(
    long Id,
    string Ticket,
    string App,
    string Severity,
    DateTimeOffset DueAt,
    string Proposal,
    string Explanation,
    DateTimeOffset ProposedAt,
    string ETag
);

/// <param name="Cause"><c>unconfirmed</c>, <c>unproven</c>, <c>stage</c>, <c>archived</c>, <c>limit</c>, <c>quiet</c> or <c>decided</c>.</param>
/// <param name="RetryAt">When it is tried again by itself; null where something else must happen first.</param>
public sealed record UnfiledView(
    long Finding,
    string App,
    long AppId,
    string Rule,
    string Severity,
    string Cause,
    string Reason,
    DateTimeOffset At,
    DateTimeOffset? RetryAt
);

public sealed record DuplicateView(
    string Ticket,
    string Title,
    string Source,
    string Other,
    string OtherTitle,
    string OtherSource,
    string Requirement,
    string App
);
