using System.Globalization;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Lanes: what must not be scanned twice at the same time. Their state is written in the transaction that changes their tasks.</summary>
internal static class Lanes
{
    /// <summary>One politeness host for what is asked; one hosting of an app for what is read.</summary>
    public static string KeyOf(string hosting, string? descriptorUrl, long hostingId) =>
        hosting == "connect" && Uri.TryCreate(descriptorUrl, UriKind.Absolute, out var url)
            ? $"host:{url.IdnHost.ToLowerInvariant()}"
            : string.Create(CultureInfo.InvariantCulture, $"app:{hostingId}");

    /// <summary>The lane of that key, made where there is none.</summary>
    public static long Id(Session session, string key)
    {
        session.Execute("insert into lane (key, eligible_at, priority) values (@key, 0, @None) on conflict (key) do nothing", new { key, Priority.None });
        return session.One<long>("select id from lane where key = @key", new { key });
    }

    /// <summary>Derives a lane's state from its tasks. One that is leased stays so until its lease ends.</summary>
    /// <param name="notBefore">The host's pace after a run.</param>
    public static void Refresh(Session session, long laneId, long notBefore = 0) =>
        session.Execute(
            """
            update lane set
              ready = (select count(*) from task t where t.lane_id = lane.id),
              priority = coalesce((select min(t.priority) from task t where t.lane_id = lane.id), @None),
              eligible_at = case
                when lease_owner is not null and eligible_at > @Clock then eligible_at
                when coalesce((select min(t.due_at) from task t where t.lane_id = lane.id), 0) > @notBefore
                  then (select min(t.due_at) from task t where t.lane_id = lane.id)
                else @notBefore end
            where id = @laneId
            """,
            new
            {
                laneId,
                notBefore,
                session.Clock,
                Priority.None,
            }
        );
}
