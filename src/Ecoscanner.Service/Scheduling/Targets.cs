using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>What is scanned again and again: each owned hosting of an app, once for each cadence that holds for it.</summary>
public static class Targets
{
    // Statements of one transaction: others write between two.
    private const int Batch = 1000;

    /// <summary>Makes the targets of hostings that have none yet, and moves those whose host changed; how many hostings were seen.</summary>
    public static int Ensure(Database database)
    {
        var (after, seen) = (0L, 0);
        while (true)
        {
            var last = database.Write(session => Ensure(session, after));
            if (last.Count == 0)
            {
                return seen;
            }

            (after, seen) = (last.Id, seen + last.Count);
        }
    }

    /// <summary>The same for one hosting, at once: a new app's first scan does not wait for its place in the day.</summary>
    public static void Ensure(Session session, HostingToScan hosting)
    {
        var lane = Lanes.Id(session, Lanes.KeyOf(hosting.Hosting, hosting.DescriptorUrl, hosting.Id));
        foreach (var cadence in Cadence.All.Where(cadence => cadence.Hosting == hosting.Hosting))
        {
            var phase = Cadence.Phase(hosting.AppKey, hosting.Hosting, cadence.Name);
            session.Execute(
                """
                insert into scan_target (hosting_id, lane_id, cadence, due_at, phase_ms) values (@Id, @lane, @Name, @due, @phase)
                on conflict (hosting_id, cadence) do update set lane_id = excluded.lane_id where scan_target.lane_id <> excluded.lane_id
                """,
                new
                {
                    hosting.Id,
                    lane,
                    cadence.Name,
                    due = Cadence.Next(session.Clock, phase, cadence.Period),
                    phase,
                }
            );
        }
    }

    private static (long Id, int Count) Ensure(Session session, long after)
    {
        var hostings = session.List<HostingToScan>(
            """
            select h.id, h.hosting, h.descriptor_url, a.key as app_key from app_hosting h join app a on a.id = h.app_id
            where h.id > @after and a.ownership in ('proven', 'granted') and a.archived_at is null
            order by h.id limit @Batch
            """,
            new { after, Batch }
        );
        foreach (var hosting in hostings)
        {
            Ensure(session, hosting);
        }

        return hostings is [.., var last] ? (last.Id, hostings.Count) : (0, 0);
    }
}

/// <summary>A hosting as cadences see it.</summary>
public sealed record HostingToScan
{
    public long Id { get; init; }
    public string Hosting { get; init; } = "";
    public string? DescriptorUrl { get; init; }
    public string AppKey { get; init; } = "";
}
