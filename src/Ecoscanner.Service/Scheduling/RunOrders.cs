using System.Text.Json;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>A run that somebody or something wants.</summary>
/// <param name="TriggerKey">What asked for it; the same hosting and trigger make one run, however often it is asked.</param>
/// <param name="Reason">As runs keep it: <c>release</c>, <c>rescan</c>, <c>verification</c>, <c>upload</c>, <c>campaign</c>.</param>
public sealed record RunOrder(long HostingId, string TriggerKey, string Reason, int Priority, string RequestedBy)
{
    public long? VersionId { get; init; }
    public string? ArtifactId { get; init; }
    public long? TicketId { get; init; }

    /// <summary><c>shadow</c> measures and <c>trial</c> reports; both open and close nothing.</summary>
    public string Stage { get; init; } = "enforced";

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<string> OnlyRules { get; init; } = [];

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<string> OnlyPlaces { get; init; } = [];

    /// <summary>Not before then; null for at once. Unannounced second looks need it.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}

/// <summary>Takes orders for runs. Who may order was asked before, and quotas too.</summary>
public static class RunOrders
{
    /// <summary>Puts a run into its lane, in the transaction of what wants it; the run's id.</summary>
    /// <exception cref="InvalidOperationException">There is no such hosting.</exception>
    public static string Place(Session session, RunOrder order)
    {
        if (session.Find<string>("select id from run where hosting_id = @HostingId and trigger_key = @TriggerKey", order) is { } known)
        {
            return known;
        }

        var hosting = session.One<Hosting>(
            """
            select h.app_id, h.hosting as kind, h.descriptor_url, a.partner_id, a.ownership from app_hosting h join app a on a.id = h.app_id
            where h.id = @HostingId
            """,
            order
        );
        var id = Guid.CreateVersion7(session.Now).ToString();
        session.Execute(
            """
            insert into run (id, partner_id, app_id, hosting_id, version_id, artifact_id, trigger_key, reason, stage, state, only_rules, only_places, ticket_id, requested_by, queued_at)
            values (@id, @PartnerId, @AppId, @HostingId, @VersionId, @ArtifactId, @TriggerKey, @Reason, @Stage, 'queued', @rules, @places, @TicketId, @RequestedBy, @Clock)
            """,
            new
            {
                id,
                hosting.PartnerId,
                hosting.AppId,
                order.HostingId,
                order.VersionId,
                order.ArtifactId,
                order.TriggerKey,
                order.Reason,
                order.Stage,
                rules = Json(order.OnlyRules),
                places = Json(order.OnlyPlaces),
                order.TicketId,
                order.RequestedBy,
                session.Clock,
            }
        );
        var lane = Lanes.Id(session, Lanes.KeyOf(hosting.Kind, hosting.DescriptorUrl, order.HostingId));
        var due = order.NotBefore?.ToUnixTimeMilliseconds() ?? session.Clock;
        session.Execute(
            "insert into task (lane_id, run_id, priority, due_at, aged_at) values (@lane, @id, @Priority, @due, @due)",
            new
            {
                lane,
                id,
                order.Priority,
                due,
            }
        );
        Lanes.Refresh(session, lane);
        return id;
    }

    /// <summary>Ends a run that waits, or has its process ended; false where it is over already. Who may was asked before.</summary>
    public static bool Cancel(Session session, string runId)
    {
        if (
            session.Execute(
                "update run set state = 'cancelled', ended_at = @Clock, failure = 'it was cancelled' where id = @runId and state in ('queued', 'running')",
                new { runId, session.Clock }
            ) == 0
        )
        {
            return false;
        }

        // A running one keeps its task until its worker asks, and so knows.
        var lane = session.Find<long?>(
            "select l.id from task t join lane l on l.id = t.lane_id where t.run_id = @runId and l.lease_owner is null",
            new { runId }
        );
        if (lane is { } free)
        {
            session.Execute("delete from task where run_id = @runId", new { runId });
            Lanes.Refresh(session, free);
        }

        return true;
    }

    private static string? Json(IReadOnlyList<string> list) => list.Count == 0 ? null : JsonSerializer.Serialize(list);

    private sealed record Hosting
    {
        public long AppId { get; init; }
        public string Kind { get; init; } = "";
        public long PartnerId { get; init; }
        public string? DescriptorUrl { get; init; }
        public string Ownership { get; init; } = "";
    }
}
