using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>What is scanned again and again: each owned hosting of an app, once for each cadence that holds for it.</summary>
public static class Targets
{
    // Statements of one transaction: others write between two.
    private const int Batch = 1000;

    /// <summary>Of a cadence that no scanner of this version serves: the row is there, and never due.</summary>
    private const long Never = long.MaxValue;

    /// <summary>Makes the targets of hostings that have none yet, and moves those whose host changed; how many hostings that were.</summary>
    public static int Ensure(Database database)
    {
        var (after, changed) = (0L, 0);
        while (true)
        {
            var hostings = database.Read(session => Page(session, after));
            var wrong = hostings.Where(IsWrong).ToList();
            if (wrong.Count > 0)
            {
                database.Write(session => wrong.ForEach(hosting => Ensure(session, hosting)));
            }

            changed += wrong.Count;
            if (hostings.Count < Batch)
            {
                return changed;
            }

            after = hostings[^1].Id;
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
                on conflict (hosting_id, cadence) do update set lane_id = excluded.lane_id,
                  due_at = case when scan_target.due_at = @Never then excluded.due_at else scan_target.due_at end
                """,
                new
                {
                    hosting.Id,
                    lane,
                    cadence.Name,
                    due = cadence.HasScanner ? Cadence.Next(session.Clock, phase, cadence.Period) : Never,
                    phase,
                    Never,
                }
            );
        }
    }

    private static IReadOnlyList<HostingToScan> Page(Session session, long after) =>
        session.List<HostingToScan>(
            """
            select h.id, h.hosting, h.descriptor_url, a.key as app_key,
              (select count(*) from scan_target t where t.hosting_id = h.id) as targets,
              (select l.key from scan_target t join lane l on l.id = t.lane_id where t.hosting_id = h.id limit 1) as lane_key
            from app_hosting h join app a on a.id = h.app_id
            where h.id > @after and a.ownership in ('proven', 'granted') and a.archived_at is null
            order by h.id limit @Batch
            """,
            new { after, Batch }
        );

    private static bool IsWrong(HostingToScan hosting) =>
        hosting.Targets != Cadence.All.Count(cadence => cadence.Hosting == hosting.Hosting)
        || hosting.LaneKey != Lanes.KeyOf(hosting.Hosting, hosting.DescriptorUrl, hosting.Id);
}

/// <summary>A hosting as cadences see it.</summary>
public sealed record HostingToScan
{
    public long Id { get; init; }
    public string Hosting { get; init; } = "";
    public string? DescriptorUrl { get; init; }
    public string AppKey { get; init; } = "";

    /// <summary>How many it has.</summary>
    public long Targets { get; init; }

    /// <summary>The lane of those; null where it has none.</summary>
    public string? LaneKey { get; init; }
}
