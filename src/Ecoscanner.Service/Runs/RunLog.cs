using System.Text.Json;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Runs;

/// <summary>The runs: asking for one, and what becomes of it. What a run says is taken in by <c>Findings.Ingestion</c>, which also ends it.</summary>
public static class RunLog
{
    // A scanner's exception may hold a page of text.
    private const int LongestFailure = 2000;

    /// <summary>Asks for a run; where the hosting has one of that trigger, that is it.</summary>
    /// <returns>The run's id.</returns>
    public static string Queue(Session session, RunRequest request) =>
        session.Find<string>(
            """
            insert into run (
                id, partner_id, app_id, hosting_id, version_id, artifact_id, trigger_key, reason, source, stage, state,
                only_rules, only_places, ticket_id, requested_by, queued_at
            )
            select @id, a.partner_id, a.id, h.id, @VersionId, @ArtifactId, @TriggerKey, @Reason, @Source, @Stage, 'queued',
                @rules, @places, @TicketId, @RequestedBy, @Clock
            from app_hosting h join app a on a.id = h.app_id
            where h.id = @HostingId
            on conflict (hosting_id, trigger_key) do nothing
            returning id
            """,
            new
            {
                id = Guid.CreateVersion7(session.Now).ToString(),
                request.HostingId,
                request.VersionId,
                request.ArtifactId,
                request.TriggerKey,
                request.Reason,
                request.Source,
                request.Stage,
                rules = request.OnlyRules is null ? null : JsonSerializer.Serialize(request.OnlyRules),
                places = request.OnlyPlaces is null ? null : JsonSerializer.Serialize(request.OnlyPlaces),
                request.TicketId,
                request.RequestedBy,
                session.Clock,
            }
        )
        ?? session.One<string>("select id from run where hosting_id = @HostingId and trigger_key = @TriggerKey", new { request.HostingId, request.TriggerKey });

    /// <summary>The run; null where there is none.</summary>
    public static RunRow? Find(Session session, string id) => session.Find<RunRow>("select * from run where id = @id", new { id });

    /// <summary>It runs now; so does one that ran before and whose worker was lost. False where it has ended or is none.</summary>
    public static bool Start(Session session, string id) =>
        session.Execute("update run set state = 'running', started_at = @Clock where id = @id and state in ('queued', 'running')", new { id, session.Clock })
        == 1;

    /// <summary>It ended without a report.</summary>
    /// <param name="why">A clause for a person.</param>
    /// <returns>False where it has ended before, or is none.</returns>
    public static bool Fail(Session session, string id, string why) => End(session, id, RunState.Failed, why);

    /// <inheritdoc cref="Fail"/>
    public static bool Cancel(Session session, string id, string why) => End(session, id, RunState.Cancelled, why);

    private static bool End(Session session, string id, string state, string why) =>
        session.Execute(
            "update run set state = @state, ended_at = @Clock, failure = @why where id = @id and state in ('queued', 'running')",
            new
            {
                id,
                state,
                session.Clock,
                why = why.Length <= LongestFailure ? why : $"{why[..LongestFailure]}…",
            }
        ) == 1;
}
