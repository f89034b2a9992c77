using System.Text.Json;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>A ticket as the API answers it.</summary>
internal static class TicketViews
{
    // What a person reads of one ticket; the rest comes by its own list.
    private const int MostEvents = 200;

    /// <summary>The whole ticket, with its version.</summary>
    public static Reply Answer(Session session, Platform platform, Principal principal, TicketRow row, int status = StatusCodes.Status200OK)
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
                    .Select(View),
            ],
            [
                .. platform
                    .Comments.Of(session, row)
                    .Select(said => new CommentView(Moment.Of(said.At), said.Author, said.Side, said.Kind, said.Markdown, said.Html)),
            ]
        );
        return Reply.Of(view, status) with { Tag = EntityTag.Of(row.RowVersion) };
    }

    /// <summary>Whose move it is, for who reads it: staff looks from the other side.</summary>
    public static string MoveOf(Principal principal, Side? move) =>
        move is null ? "nobody"
        : move is Side.Partner == !principal.MayEverywhere(Capability.DecideTickets) ? "yours"
        : move is Side.Partner ? "partner"
        : "ours";

    private static TicketEventView View(EventRow told)
    {
        var detail = JsonElement.Parse(told.Detail);
        return new TicketEventView(Moment.Of(told.At), told.Actor, told.Kind, WhyOf(detail), detail);
    }

    private static string? WhyOf(JsonElement detail) =>
        detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty("why", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString() : null;

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
