using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>What a worker is to do with a run, as it says that it still works on it.</summary>
public enum LeaseState
{
    Held,

    /// <summary>A partner waits for the same host: give it back, and do that first.</summary>
    Yield,

    /// <summary>Nobody wants it any more.</summary>
    Cancelled,

    /// <summary>It ended, or somebody else has it: what came of the run counts for nothing.</summary>
    Lost,
}

/// <summary>
/// What workers ask for work, one lane and one run at a time. A lease ends by itself; its version tells a worker that lost it from the one that has it.
/// All state is in the database, so that workers may be elsewhere.
/// </summary>
public static class Leases
{
    /// <summary>Until then a worker says that it lives, or another one takes its run.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>A host's rest between two runs.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    // More than all retries together: workers that took it were lost, again and again.
    private const int MaximumAttempts = 12;

    private static readonly int[] Priorities = [Priority.Asked, Priority.Release, Priority.Scheduled, Priority.Campaign];

    /// <summary>Whether there may be something to claim: for who only looks.</summary>
    public static bool IsWaiting(Session session, int leastUrgent = Priority.Campaign) =>
        session.Find<long?>(
            "select id from lane where ready > 0 and priority <= @leastUrgent and eligible_at <= @Clock limit 1",
            new { leastUrgent, session.Clock }
        )
            is not null;

    /// <summary>The most urgent run whose lane is free; null where there is none.</summary>
    /// <param name="leastUrgent">None less urgent is wanted: some places are kept for partners who wait.</param>
    public static ClaimedRun? Claim(Session session, string worker, int leastUrgent = Priority.Campaign)
    {
        foreach (var priority in Priorities.Where(priority => priority <= leastUrgent))
        {
            // A lane's priority is of all its tasks, also of those that are not due yet; a few of them in front stop nobody.
            foreach (
                var lane in session.List<long>(
                    "select id from lane where ready > 0 and priority = @priority and eligible_at <= @Clock order by eligible_at limit 4",
                    new { priority, session.Clock }
                )
            )
            {
                if (ClaimIn(session, lane, worker, leastUrgent) is { } claimed)
                {
                    return claimed;
                }
            }
        }

        return null;
    }

    /// <summary>Says that a worker still works on a run, and asks whether it shall.</summary>
    public static LeaseState Renew(Session session, ClaimedRun run, string worker)
    {
        if (
            session.Execute(
                "update lane set eligible_at = @until where id = @LaneId and version = @LaneVersion and lease_owner = @worker and eligible_at > @Clock",
                new
                {
                    run.LaneId,
                    run.LaneVersion,
                    worker,
                    session.Clock,
                    until = session.Clock + (long)Lease.TotalMilliseconds,
                }
            ) == 0
        )
        {
            return LeaseState.Lost;
        }

        if (session.One<string>("select state from run where id = @RunId", run) == "cancelled")
        {
            return LeaseState.Cancelled;
        }

        return
            run.Priority > Priority.Asked
            && session.Find<long?>(
                "select id from task where lane_id = @LaneId and priority = @Asked and due_at <= @Clock and id <> @TaskId limit 1",
                new
                {
                    run.LaneId,
                    run.TaskId,
                    Priority.Asked,
                    session.Clock,
                }
            )
                is not null
            ? LeaseState.Yield
            : LeaseState.Held;
    }

    /// <summary>Gives a run back as it was: it was not its fault.</summary>
    public static bool Release(Session session, ClaimedRun run, string worker)
    {
        if (!Free(session, run, worker))
        {
            return false;
        }

        session.Execute("update run set state = 'queued', started_at = null where id = @RunId and state = 'running'", run);
        session.Execute("update task set attempts = attempts - 1 where id = @TaskId", run);
        Lanes.Refresh(session, run.LaneId);
        return true;
    }

    /// <summary>
    /// Takes what came of a run, in the transaction that takes in its results. False where the lease was lost: then nothing of it may be written.
    /// </summary>
    public static bool Complete(Session session, ClaimedRun run, string worker, RunOutcome outcome, Action<Session> ingest)
    {
        if (!Free(session, run, worker))
        {
            return false;
        }

        Attempt(session, run, outcome);
        var retry = outcome.Kind switch
        {
            RunOutcomeKind.Unreachable => Retry.After(Retry.AfterUnreachable, run.Unreachable + 1),
            RunOutcomeKind.Crashed or RunOutcomeKind.Stopped => Retry.After(Retry.AfterCrash, run.Crashes + 1),
            _ => null,
        };
        if (retry is { } delay)
        {
            TryAgain(session, run, outcome, delay);
        }
        else
        {
            End(session, run, outcome, ingest);
        }

        Lanes.Refresh(session, run.LaneId, session.Clock + (long)Rest.TotalMilliseconds);
        return true;
    }

    private static ClaimedRun? ClaimIn(Session session, long lane, string worker, int leastUrgent)
    {
        var task = session.Find<long?>(
            "select id from task where lane_id = @lane and due_at <= @Clock and priority <= @leastUrgent order by priority, due_at limit 1",
            new
            {
                lane,
                leastUrgent,
                session.Clock,
            }
        );
        if (task is null)
        {
            // The lane's next one is later, or not for this worker.
            Lanes.Refresh(session, lane);
            return null;
        }

        session.Execute(
            "update lane set eligible_at = @until, lease_owner = @worker, version = version + 1 where id = @lane",
            new
            {
                lane,
                worker,
                until = session.Clock + (long)Lease.TotalMilliseconds,
            }
        );
        if (session.One<long>("update task set attempts = attempts + 1 where id = @task returning attempts", new { task }) > MaximumAttempts)
        {
            GiveUp(session, lane, task.Value);
            return null;
        }

        if (
            session.Execute(
                "update run set state = 'running', started_at = @Clock where state in ('queued', 'running') and id = (select run_id from task where id = @task)",
                new { task, session.Clock }
            ) == 0
        )
        {
            // It was cancelled while its lane was busy.
            Drop(session, lane, task.Value);
            return null;
        }

        return session.One<ClaimedRun>(
            """
            select r.id as run_id, t.id as task_id, t.target_id, l.id as lane_id, l.key as lane_key, l.version as lane_version, t.priority, t.attempts as attempt,
              t.unreachable, t.crashes, r.partner_id, r.app_id, a.key as app_key, a.ownership, r.hosting_id, h.hosting, h.descriptor_url, r.version_id,
              coalesce(r.artifact_id, v.artifact_id) as artifact_id, v.download_url, r.reason, r.stage, r.only_rules, r.only_places
            from task t join lane l on l.id = t.lane_id join run r on r.id = t.run_id join app a on a.id = r.app_id join app_hosting h on h.id = r.hosting_id
              left join app_version v on v.id = r.version_id
            where t.id = @task
            """,
            new { task }
        );
    }

    private static void GiveUp(Session session, long lane, long task)
    {
        session.Execute(
            "update run set state = 'failed', ended_at = @Clock, failure = @why where state in ('queued', 'running') and id = (select run_id from task where id = @task)",
            new
            {
                task,
                session.Clock,
                why = $"none of {MaximumAttempts} attempts came to an end: the platform itself was stopped during each, or the scan stopped it",
            }
        );
        Drop(session, lane, task);
    }

    private static void Drop(Session session, long lane, long task)
    {
        session.Execute("delete from task where id = @task", new { task });
        session.Execute("update lane set lease_owner = null, eligible_at = 0 where id = @lane", new { lane });
        Lanes.Refresh(session, lane);
    }

    private static bool Free(Session session, ClaimedRun run, string worker) =>
        session.Execute(
            "update lane set lease_owner = null where id = @LaneId and version = @LaneVersion and lease_owner = @worker",
            new
            {
                run.LaneId,
                run.LaneVersion,
                worker,
            }
        ) == 1;

    private static void Attempt(Session session, ClaimedRun run, RunOutcome outcome) =>
        session.Execute(
            """
            insert into run_attempt (run_id, attempt, began_at, ended_at, outcome, reason) values (@RunId, @Attempt, @began, @Clock, @kind, @Reason)
            on conflict (run_id, attempt) do nothing
            """,
            new
            {
                run.RunId,
                run.Attempt,
                began = session.Clock - (long)outcome.Duration.TotalMilliseconds,
                session.Clock,
                kind = outcome.Kind.ToString().ToLowerInvariant(),
                outcome.Reason,
            }
        );

    private static void TryAgain(Session session, ClaimedRun run, RunOutcome outcome, TimeSpan delay)
    {
        var isCrash = outcome.IsFailure ? 1 : 0;
        session.Execute(
            "update task set due_at = @due, aged_at = @due, crashes = crashes + @isCrash, unreachable = unreachable + 1 - @isCrash where id = @TaskId",
            new
            {
                run.TaskId,
                isCrash,
                due = session.Clock + (long)delay.TotalMilliseconds,
            }
        );
        session.Execute("update run set state = 'queued', failure = @Reason where id = @RunId and state = 'running'", new { run.RunId, outcome.Reason });
    }

    private static void End(Session session, ClaimedRun run, RunOutcome outcome, Action<Session> ingest)
    {
        session.Execute("delete from task where id = @TaskId", run);
        if (outcome.Kind != RunOutcomeKind.Cancelled)
        {
            ingest(session);
        }

        // What is taken in ends its run by itself; this is for what brought nothing.
        session.Execute(
            "update run set state = @state, ended_at = @Clock, failure = @Reason where id = @RunId and state in ('queued', 'running')",
            new
            {
                run.RunId,
                session.Clock,
                outcome.Reason,
                state = outcome.Kind switch
                {
                    RunOutcomeKind.Cancelled => "cancelled",
                    RunOutcomeKind.Reported or RunOutcomeKind.Unreachable => "done",
                    _ => "failed",
                },
            }
        );
        if (run.Stage == RunStage.Trial)
        {
            // A file that somebody tries says nothing of the app that is scanned again and again.
            return;
        }

        if (outcome.IsFailure)
        {
            Quarantine(session, run, outcome);
        }

        if (outcome.Kind == RunOutcomeKind.Reported)
        {
            session.Execute("delete from quarantine where hosting_id = @HostingId", run);
            session.Execute("update scan_target set last_complete_at = @Clock, attempts = 0 where id = @TargetId", new { run.TargetId, session.Clock });
        }
    }

    private static void Quarantine(Session session, ClaimedRun run, RunOutcome outcome) =>
        session.Execute(
            """
            insert into quarantine (hosting_id, since, until, reason) values (@HostingId, @Clock, @until, @Reason)
            on conflict (hosting_id) do update set until = excluded.until, reason = excluded.reason
            """,
            new
            {
                run.HostingId,
                session.Clock,
                until = session.Clock + (long)Retry.Quarantine.TotalMilliseconds,
                outcome.Reason,
            }
        );
}
