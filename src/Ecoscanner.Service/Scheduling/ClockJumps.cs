using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Scheduling;

/// <summary>
/// A machine's clock that is put right jumps: what was written while it went ahead would wait until it is as late again. Such rows are told by what no right clock
/// writes, so that it does not matter when the clock jumped, or whether the service ran then. What a clock that is ahead would end or delete, <see cref="ClockWatch"/> holds.
/// </summary>
internal static class ClockJumps
{
    private const long Never = long.MaxValue;

    // What was written now lies no further ahead, though a clock is set a little back every day.
    private static readonly long Slack = (long)TimeSpan.FromMinutes(5).TotalMilliseconds;

    /// <summary>Moves back what lies further ahead than it can; to be called once a tick. Looking is for everybody: the writer's turn is taken where there is something.</summary>
    /// <returns>True where there was something.</returns>
    public static bool Mend(Database database)
    {
        var happened = database.Read(Happened);
        if (happened)
        {
            database.Write(Mend);
        }

        return happened;
    }

    private static bool Happened(Session session) =>
        Tasks(session).Count > 0
        || Leased(session).Count > 0
        || Targets(session).Count > 0
        || Access(session)
        || TicketClock.Ahead(session, session.Clock + Slack).Count > 0;

    private static void Mend(Session session)
    {
        MendAccess(session);
        foreach (var ticket in TicketClock.Ahead(session, session.Clock + Slack))
        {
            TicketClock.PutRight(session, ticket);
        }

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

    private static bool Access(Session session) =>
        session.One<bool>(
            """
            select exists (select 1 from session where created_at > @late) or exists (select 1 from api_token where created_at > @late)
              or exists (select 1 from invitation where created_at > @late)
            """,
            new { late = session.Clock + Slack }
        );

    // What was given for a time is good for that time from now; who signed in does so again.
    private static void MendAccess(Session session) =>
        session.Execute(
            """
            delete from session where created_at > @late;
            update api_token set expires_at = expires_at - created_at + @Clock, created_at = @Clock where created_at > @late;
            update invitation set expires_at = expires_at - created_at + @Clock, created_at = @Clock where created_at > @late
            """,
            new { session.Clock, late = session.Clock + Slack }
        );

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
