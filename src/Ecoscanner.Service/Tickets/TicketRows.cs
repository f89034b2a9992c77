using System.Text.Json.Nodes;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>Reads and writes tickets: the one place where a ticket's row changes, so that each change has its event.</summary>
internal static class TicketRows
{
    private const string Columns = """
        t.id, t.key, t.workflow, t.partner_id, t.app_id, t.hosting_id, h.hosting, t.rule, t.family, t.requirement, t.title, t.severity, t.cvss, t.cvss_vector,
        t.source, t.status, t.status_reason, t.platform_forced, t.due_at, t.due_policy, t.due_explanation, t.extended_to, t.reported_at, t.clock_started_at,
        t.clock_why, t.triage_until, t.created_at, t.created_by, t.changed_at, t.closed_at, t.duplicate_of, t.accepted_until, t.next_notice_at, t.row_version
        """;

    /// <summary>To be followed by conditions over <c>t</c>.</summary>
    public const string Select = $"select {Columns} from ticket t join app_hosting h on h.id = t.hosting_id ";

    public static TicketRow? ByKey(Session session, string key) => session.Find<TicketRow>($"{Select} where t.key = @key", new { key });

    public static TicketRow? ById(Session session, long id) => session.Find<TicketRow>($"{Select} where t.id = @id", new { id });

    /// <summary>The open one of the scanner's that takes findings of this family; null where there is none.</summary>
    public static TicketRow? ByFamily(Session session, long hostingId, string family) =>
        session.Find<TicketRow>(
            $"{Select} where t.hosting_id = @hostingId and t.family = @family and t.closed_at is null and t.workflow = 'ecoscanner-vulnerability' order by t.id limit 1",
            new { hostingId, family }
        );

    /// <summary>Makes it, with the next key.</summary>
    /// <param name="why">For the event.</param>
    public static TicketRow Add(Session session, TicketRow ticket, string actor, string why)
    {
        var id = session.One<long>("select coalesce(max(id), 0) + 1 from ticket");
        var row = ticket with
        {
            Id = id,
            Key = $"AMS-{id}",
            RowVersion = 1,
            CreatedAt = session.Clock,
            CreatedBy = actor,
            ChangedAt = session.Clock,
            NextNoticeAt = ticket.PlatformForced ? null : NoticeSteps.Next(ticket.DueAt, session.Clock),
        };
        session.Execute(
            """
            insert into ticket (id, key, workflow, partner_id, app_id, hosting_id, rule, family, requirement, title, severity, cvss, cvss_vector, source, status,
                status_reason, platform_forced, due_at, is_open, list_place, due_policy, due_explanation, extended_to, reported_at, clock_started_at, clock_why, triage_until,
                created_at, created_by, changed_at, closed_at, duplicate_of, accepted_until, next_notice_at, row_version)
            values (@Id, @Key, @Workflow, @PartnerId, @AppId, @HostingId, @Rule, @Family, @Requirement, @Title, @Severity, @Cvss, @CvssVector, @Source, @Status,
                @StatusReason, @PlatformForced, @DueAt, @IsOpen, @ListPlace, @DuePolicy, @DueExplanation, @ExtendedTo, @ReportedAt, @ClockStartedAt, @ClockWhy, @TriageUntil,
                @CreatedAt, @CreatedBy, @ChangedAt, @ClosedAt, @DuplicateOf, @AcceptedUntil, @NextNoticeAt, @RowVersion)
            """,
            Values(row)
        );
        var detail = new JsonObject { ["after"] = Fields(row.Told.Where(field => field.Value is not null)), ["why"] = why };
        Tell(session, id, actor, "created", detail);
        return row;
    }

    /// <summary>Writes what differs, with an event that tells it.</summary>
    /// <returns>The row as it is now; null where somebody else changed it meanwhile.</returns>
    public static TicketRow? Change(Session session, TicketRow before, TicketRow after, string actor, string kind, string why)
    {
        var changed = before.Told.Zip(after.Told).Where(pair => pair.First.Value != pair.Second.Value).ToList();
        if (changed.Count == 0)
        {
            return before;
        }

        var row = after with { ChangedAt = session.Clock, RowVersion = before.RowVersion + 1, NextNoticeAt = NextNotice(session, before, after) };
        var written = session.Execute(
            """
            update ticket set severity = @Severity, cvss = @Cvss, cvss_vector = @CvssVector, status = @Status, status_reason = @StatusReason,
                platform_forced = @PlatformForced, due_at = @DueAt, is_open = @IsOpen, list_place = @ListPlace, due_policy = @DuePolicy, due_explanation = @DueExplanation,
                extended_to = @ExtendedTo, clock_started_at = @ClockStartedAt, clock_why = @ClockWhy, triage_until = @TriageUntil, changed_at = @ChangedAt,
                closed_at = @ClosedAt, duplicate_of = @DuplicateOf, accepted_until = @AcceptedUntil, next_notice_at = @NextNoticeAt, row_version = @RowVersion
            where id = @Id and row_version = @RowVersion - 1
            """,
            Values(row)
        );
        if (written == 0)
        {
            return null;
        }

        if (row.ClosedAt is not null || row.DueAt != before.DueAt)
        {
            // What nobody decided yet is about a due date that is no more.
            session.Execute(
                "update enforcement set lapsed_at = @Clock, row_version = row_version + 1 where ticket_id = @Id and decided_at is null and lapsed_at is null",
                new { session.Clock, row.Id }
            );
        }

        var detail = new JsonObject
        {
            ["before"] = Fields(changed.Select(pair => pair.First)),
            ["after"] = Fields(changed.Select(pair => pair.Second)),
            ["why"] = why,
        };
        Tell(session, row.Id, actor, kind, detail);
        return row;
    }

    /// <summary>An event of something that is no field of the ticket, such as a finding that joined it.</summary>
    public static void Tell(Session session, long ticketId, string actor, string kind, JsonObject detail) =>
        session.Execute(
            "insert into ticket_event (ticket_id, at, actor, kind, detail) values (@ticketId, @Clock, @actor, @kind, @detail)",
            new
            {
                ticketId,
                session.Clock,
                actor,
                kind,
                detail = detail.ToJsonString(),
            }
        );

    private static long? NextNotice(Session session, TicketRow before, TicketRow after)
    {
        if (after.ClosedAt is not null || after.PlatformForced)
        {
            return null;
        }

        // What is overdue and comes back to the partner is told at once: nothing was proposed while the move was another's.
        var isBack = after.At.Move is Side.Partner && before.At.Move is not Side.Partner && after.IsOverdue(session.Clock);
        var isOther = before.DueAt != after.DueAt || before.ClosedAt is not null || before.PlatformForced;
        return isBack ? session.Clock
            : isOther ? NoticeSteps.Next(after.DueAt, session.Clock)
            : before.NextNoticeAt;
    }

    private static JsonObject Fields(IEnumerable<(string Name, string? Value)> fields) =>
        [.. fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value))];

    private static object Values(TicketRow row) =>
        new
        {
            row.Id,
            row.Key,
            row.Workflow,
            row.PartnerId,
            row.AppId,
            row.HostingId,
            row.Rule,
            row.Family,
            row.Requirement,
            row.Title,
            Severity = (long)row.Severity,
            row.Cvss,
            row.CvssVector,
            row.Source,
            row.Status,
            row.StatusReason,
            PlatformForced = row.PlatformForced ? 1L : 0L,
            row.DueAt,
            IsOpen = row.ClosedAt is null ? 1L : 0L,
            // The latest end comes first.
            ListPlace = row.ClosedAt is { } closed ? long.MaxValue - closed : row.DueAt ?? long.MaxValue,
            row.DuePolicy,
            row.DueExplanation,
            row.ExtendedTo,
            row.ReportedAt,
            row.ClockStartedAt,
            row.ClockWhy,
            row.TriageUntil,
            row.CreatedAt,
            row.CreatedBy,
            row.ChangedAt,
            row.ClosedAt,
            row.DuplicateOf,
            row.AcceptedUntil,
            row.NextNoticeAt,
            row.RowVersion,
        };
}
