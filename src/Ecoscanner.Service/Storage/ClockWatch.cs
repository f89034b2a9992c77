using System.Globalization;

namespace Ecoscanner.Service.Storage;

/// <summary>The clock is found ahead, or was not looked at for long: what time would delete for good stays.</summary>
/// <param name="Why">A clause for a person.</param>
/// <param name="Left">How long the service has to run, with a clock that goes on as it does, until it is believed.</param>
public sealed record ClockDoubt(string Why, TimeSpan Left);

/// <summary>
/// Whether the machine's clock can be believed: a clock far ahead would make everything due for deletion. It is held against how long the service ran, which
/// no clock changes, and, after a stop, against the latest look.
/// </summary>
public sealed class ClockWatch(Database database, TimeProvider time)
{
    /// <summary>A clock that is set or drifts, a machine that sleeps for a while: what it goes ahead by more than that is a jump. No retention is as short.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>A service may be stopped so long, for an upgrade or a night's repair, before it matters that nobody knows how long it was.</summary>
    public static readonly TimeSpan UsualStop = TimeSpan.FromDays(1);

    /// <summary>A wrong clock is seen within a day: people work, certificates fail, scans come at odd hours. Nothing suffers from being kept a day longer.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    // A look writes no more often than that: what is lost by a kill is small beside the slack.
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private (long Stamp, DateTimeOffset At)? last;
    private long? written;

    /// <summary>Why the clock is not believed; null where it is. As the latest look found it.</summary>
    public ClockDoubt? Doubt { get; private set; }

    /// <summary>Looks; to be called before anything is deleted, again and again.</summary>
    public void Look()
    {
        var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        var known = database.Read(session => session.Find<Row>("select seen_at, doubted_from, doubted_ms from clock where id = 1"));
        var found = Found(known, now, last is { } before ? time.GetElapsedTime(before.Stamp, stamp) : null);
        var isOther = known?.DoubtedFrom != found.DoubtedFrom || (known is not null && found.DoubtedMs < known.DoubtedMs);
        if (isOther || written is not { } at || time.GetElapsedTime(at, stamp) >= WriteEvery)
        {
            Write(found);
            written = stamp;
            last = (stamp, now);
        }
        else if (found.DoubtedFrom is null)
        {
            last = (stamp, now);
        }

        Doubt = Said(found);
    }

    /// <summary>An operator says that the clock is right.</summary>
    public void Confirm()
    {
        Write(new Row { SeenAt = time.GetUtcNow().ToUnixTimeMilliseconds() });
        (last, written, Doubt) = (null, null, null);
    }

    /// <param name="ran">Since the look before; null for the first one of this process.</param>
    private Row Found(Row? known, DateTimeOffset now, TimeSpan? ran)
    {
        var found = new Row { SeenAt = now.ToUnixTimeMilliseconds() };
        if (known is null)
        {
            // Nothing was kept before.
            return found;
        }

        var expected = ran is { } run ? last!.Value.At + run : Time(known.SeenAt);
        var isAhead = now - expected > (ran is null ? UsualStop : Slack);
        if (known.DoubtedFrom is { } from)
        {
            var believed = known.DoubtedMs + (long)(ran ?? TimeSpan.Zero).TotalMilliseconds;
            return now <= Time(from + believed) + Slack || (!isAhead && believed >= Grace.TotalMilliseconds)
                ? found
                : found with
                {
                    DoubtedFrom = isAhead ? from + believed : from,
                    DoubtedMs = isAhead ? 0 : believed,
                };
        }

        return isAhead ? found with { DoubtedFrom = expected.ToUnixTimeMilliseconds() } : found;
    }

    private void Write(Row found) =>
        database.Write(session =>
            session.Execute(
                """
                insert into clock (id, seen_at, doubted_from, doubted_ms) values (1, @SeenAt, @DoubtedFrom, @DoubtedMs)
                on conflict (id) do update set seen_at = excluded.seen_at, doubted_from = excluded.doubted_from, doubted_ms = excluded.doubted_ms
                """,
                found
            )
        );

    private static ClockDoubt? Said(Row found) =>
        found.DoubtedFrom is { } from
            ? new ClockDoubt(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the clock shows {Time(found.SeenAt):yyyy-MM-dd HH:mm} UTC, and {Time(from):yyyy-MM-dd HH:mm} was to be expected when the service looked"
                ),
                Grace - TimeSpan.FromMilliseconds(found.DoubtedMs)
            )
            : null;

    private static DateTimeOffset Time(long clock) => DateTimeOffset.FromUnixTimeMilliseconds(clock);

    private sealed record Row
    {
        public long SeenAt { get; init; }
        public long? DoubtedFrom { get; init; }
        public long DoubtedMs { get; init; }
    }
}
