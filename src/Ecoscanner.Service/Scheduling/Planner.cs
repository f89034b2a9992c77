using System.Data.Common;
using System.Globalization;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Turns what is due into runs: the longest due first, and no more than can be worked on soon.</summary>
/// <param name="inFlight">Most scheduled runs that wait or run; what was asked for does not count.</param>
public sealed class Planner(Database database, int inFlight = Planner.UsualInFlight)
{
    /// <summary>Some minutes' work: more would only be older when it is begun.</summary>
    public const int UsualInFlight = 500;

    // Of one transaction, so that nobody waits long for it.
    private const int Batch = 1000;

    /// <summary>Plans what fits in; how many runs that made.</summary>
    public int Plan()
    {
        var planned = 0;
        while (true)
        {
            var (isLast, made) = database.Write(PlanBatch);
            planned += made;
            if (isLast)
            {
                return planned;
            }
        }
    }

    /// <summary>Raises what has waited long; how many tasks.</summary>
    public int Age() =>
        database.Write(session =>
        {
            var lanes = session.List<long>(
                """
                update task set priority = priority - 1, aged_at = @Clock
                where id in (select id from task where priority > @Release and aged_at < @before order by aged_at limit @Batch) returning lane_id
                """,
                new
                {
                    session.Clock,
                    Priority.Release,
                    before = session.Clock - (long)Priority.Ageing.TotalMilliseconds,
                    Batch,
                }
            );
            foreach (var lane in lanes.Distinct())
            {
                Lanes.Refresh(session, lane);
            }

            return lanes.Count;
        });

    private (bool IsLast, int Made) PlanBatch(Session session)
    {
        var room = inFlight - session.One<int>("select count(*) from task where target_id is not null");
        if (room <= 0)
        {
            return (true, 0);
        }

        var limit = Math.Min(room, Batch);
        var due = session.List<Due>(
            $"""
            select d.*, d.hosting = 'connect' or exists (
                select 1 from app_version v left join artifact f on f.id = v.artifact_id
                where v.id = d.version_id and (v.download_url is not null or f.deleted_at is null)
              ) as is_readable
            from (
            select t.id, t.hosting_id, t.lane_id, t.cadence, t.phase_ms, h.hosting, a.id as app_id, a.key as app_key, a.partner_id,
              a.archived_at is null and a.ownership <> 'unproven' as is_scanned,
              coalesce((select q.until from quarantine q where q.hosting_id = t.hosting_id), 0) as quarantined_until,
              (select v.id from app_version v
                where v.hosting_id = t.hosting_id and {VersionList.IsOut} and (h.hosting = 'connect' or coalesce(v.artifact_id, v.download_url) is not null)
                order by v.released_at desc, v.id desc limit 1) as version_id,
              exists (select 1 from task k where k.target_id = t.id) as is_waiting
            from scan_target t join app_hosting h on h.id = t.hosting_id join app a on a.id = h.app_id
            where t.due_at <= @Clock order by t.due_at limit @limit
            ) d
            """,
            new { session.Clock, limit }
        );
        return (due.Count < limit, Write(session, due));
    }

    private static int Write(Session session, IReadOnlyList<Due> due)
    {
        using var run = session.Prepare(
            """
            insert into run (id, partner_id, app_id, hosting_id, version_id, trigger_key, reason, stage, state, requested_by, queued_at)
            values (@id, @partner, @app, @hosting, @version, @trigger, @reason, @stage, 'queued', 'system:ecoscanner', @now) on conflict (hosting_id, trigger_key) do nothing
            """
        );
        using var task = session.Prepare(
            "insert into task (lane_id, target_id, run_id, priority, due_at, aged_at) values (@lane, @target, @id, @priority, @now, @now)"
        );
        using var target = session.Prepare(
            "update scan_target set due_at = @due, last_attempt_at = coalesce(@attempted, last_attempt_at), attempts = attempts + @made where id = @target"
        );
        // As deriving it from the lane's tasks would, of which this one is due.
        using var lane = session.Prepare(
            """
            update lane set ready = ready + 1, priority = case when priority < @priority then priority else @priority end,
              eligible_at = case when lease_owner is null and eligible_at > @rested then @now else eligible_at end
            where id = @lane
            """
        );
        var rested = session.Clock + (long)Leases.Rest.TotalMilliseconds;
        var rollouts = Rollouts.List(session);
        var made = 0;
        foreach (var one in due)
        {
            var cadence = Cadence.All.First(cadence => cadence.Name == one.Cadence && cadence.Hosting == one.Hosting);
            var next = Cadence.Next(session.Clock, one.PhaseMs, cadence.Period);
            var isNew = false;
            // Of an app that is read there must be something to read.
            if (cadence.HasScanner && one is { IsScanned: true, IsWaiting: false, IsReadable: true } && one.QuarantinedUntil <= session.Clock)
            {
                var period = string.Create(CultureInfo.InvariantCulture, $"{cadence.Name}:{next}");
                isNew = Add(one, cadence, period, "enforced", one.Id);
                if (isNew && rollouts.Count > 0 && Rollouts.For(rollouts, one.AppKey).Shadow.Count > 0)
                {
                    Add(one, cadence, $"{period}:shadow", "shadow", null);
                }
            }

            Run(target, ("@due", next), ("@attempted", isNew ? session.Clock : null), ("@made", isNew ? 1 : 0), ("@target", one.Id));
        }

        return made;

        bool Add(Due one, Cadence cadence, string trigger, string stage, long? targetId)
        {
            var id = Guid.CreateVersion7(session.Now).ToString();
            (string, object?)[] values =
            [
                ("@id", id),
                ("@partner", one.PartnerId),
                ("@app", one.AppId),
                ("@hosting", one.HostingId),
                ("@version", one.VersionId),
                ("@trigger", trigger),
                ("@reason", cadence.Reason),
                ("@stage", stage),
                ("@now", session.Clock),
            ];
            if (Run(run, values) == 0)
            {
                return false;
            }

            Run(task, ("@lane", one.LaneId), ("@target", targetId), ("@id", id), ("@priority", Priority.Scheduled), ("@now", session.Clock));
            Run(lane, ("@priority", Priority.Scheduled), ("@rested", rested), ("@now", session.Clock), ("@lane", one.LaneId));
            made++;
            return true;
        }
    }

    private static int Run(DbCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (command.Parameters.Count <= i)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = values[i].Name;
                command.Parameters.Add(parameter);
            }

            command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        }

        return command.ExecuteNonQuery();
    }

    private sealed record Due
    {
        public long Id { get; init; }
        public long HostingId { get; init; }
        public long LaneId { get; init; }
        public string Cadence { get; init; } = "";
        public long PhaseMs { get; init; }
        public string Hosting { get; init; } = "";
        public long AppId { get; init; }
        public string AppKey { get; init; } = "";
        public long PartnerId { get; init; }
        public bool IsScanned { get; init; }
        public long QuarantinedUntil { get; init; }
        public long? VersionId { get; init; }
        public bool IsWaiting { get; init; }
        public bool IsReadable { get; init; }
    }
}
