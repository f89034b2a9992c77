using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>
/// A machine's clock that is put right jumps: what was written while it went ahead would wait until it is as late again. Such rows are told by what no right clock
/// writes, so that it does not matter when the clock jumped, or whether the service ran then.
/// </summary>
internal static class ClockJumps
{
    private const long Never = long.MaxValue;

    /// <summary>True where a row lies further ahead than any is put.</summary>
    public static bool Happened(Session session) => Tasks(session).Count > 0 || Leased(session).Count > 0 || Targets(session).Count > 0;

    /// <summary>Moves such rows back to where they would be.</summary>
    public static void Mend(Session session)
    {
        foreach (var task in Tasks(session))
        {
            // What waits for a later moment keeps its wait, what is tried again is tried now.
            session.Execute(
                "update task set due_at = @due, aged_at = @due where id = @Id",
                new { task.Id, due = task.QueuedAt > session.Clock ? Math.Max(session.Clock, task.DueAt - (task.QueuedAt - session.Clock)) : session.Clock }
            );
            session.Execute("update run set queued_at = @Clock where id = @RunId and queued_at > @Clock", new { task.RunId, session.Clock });
            Lanes.Refresh(session, task.LaneId);
        }

        foreach (var lane in Leased(session))
        {
            // Whoever holds it says so within that time, or is gone.
            session.Execute(
                "update lane set eligible_at = @until where id = @lane",
                new { lane, until = session.Clock + (long)Leases.Lease.TotalMilliseconds }
            );
        }

        foreach (var target in Targets(session))
        {
            session.Execute("update scan_target set due_at = @Clock where id = @target", new { target, session.Clock });
        }
    }

    private static IReadOnlyList<Waiting> Tasks(Session session) =>
        session.List<Waiting>(
            """
            select t.id, t.lane_id, t.run_id, t.due_at, r.queued_at from task t join run r on r.id = t.run_id
            where r.queued_at > @Clock or (t.unreachable + t.crashes > 0 and t.due_at > @Clock + @longest) limit 1000
            """,
            new { session.Clock, longest = (long)Retry.AfterUnreachable[^1].TotalMilliseconds }
        );

    private static IReadOnlyList<long> Leased(Session session) =>
        session.List<long>(
            "select id from lane where lease_owner is not null and eligible_at > @Clock + @lease limit 1000",
            new { session.Clock, lease = (long)Leases.Lease.TotalMilliseconds }
        );

    // The longest wait is one period from the next place in the day.
    private static IReadOnlyList<long> Targets(Session session) =>
        [
            .. Cadence
                .All.Where(cadence => cadence.HasScanner)
                .Select(cadence => (cadence.Name, cadence.Period))
                .Distinct()
                .SelectMany(cadence =>
                    session.List<long>(
                        "select id from scan_target where due_at > @Clock + @longest and due_at < @Never and cadence = @Name limit 1000",
                        new
                        {
                            session.Clock,
                            longest = (long)(cadence.Period + TimeSpan.FromDays(1)).TotalMilliseconds,
                            Never,
                            cadence.Name,
                        }
                    )
                ),
        ];

    private sealed record Waiting
    {
        public long Id { get; init; }
        public long LaneId { get; init; }
        public string RunId { get; init; } = "";
        public long DueAt { get; init; }
        public long QueuedAt { get; init; }
    }
}
