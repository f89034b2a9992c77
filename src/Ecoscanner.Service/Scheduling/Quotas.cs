using System.Collections.Concurrent;
using System.Collections.Frozen;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>What partners share.</summary>
public enum QuotaKind
{
    /// <summary>Files a day.</summary>
    Uploads,

    /// <summary>Bytes of them a day.</summary>
    UploadedBytes,

    /// <summary>Seconds of processors a day, of scans that were asked for.</summary>
    ProcessorSeconds,

    /// <summary>Scans asked for a day.</summary>
    Rescans,

    /// <summary>Bytes that are kept.</summary>
    StoredBytes,

    /// <summary>Streams of events open at the same time.</summary>
    Streams,
}

/// <summary>Whether a partner may take more.</summary>
/// <param name="RetryAfter">When there is room again; zero where there is, null where only deleting makes some.</param>
public sealed record QuotaAnswer(bool Allowed, QuotaKind Kind, long Used, long Most, TimeSpan? RetryAfter);

/// <summary>Fair shares: one partner's pipeline does not keep the others waiting. Days are UTC.</summary>
public sealed class Quotas
{
    private static readonly FrozenDictionary<QuotaKind, long> Usual = new Dictionary<QuotaKind, long>
    {
        // A pipeline that uploads every ten minutes, around the clock, with three apps.
        [QuotaKind.Uploads] = 500,
        [QuotaKind.UploadedBytes] = 20L * 1024 * 1024 * 1024,
        // Two hours; a large app takes half a minute.
        [QuotaKind.ProcessorSeconds] = 7_200,
        [QuotaKind.Rescans] = 500,
        [QuotaKind.StoredBytes] = 20L * 1024 * 1024 * 1024,
        [QuotaKind.Streams] = 20,
    }.ToFrozenDictionary();

    private readonly ConcurrentDictionary<long, int> streams = new();

    /// <summary>Takes so much of a day's share, or nothing where that is not left.</summary>
    public static QuotaAnswer Take(Session session, long partnerId, QuotaKind kind, long amount)
    {
        var most = Most(session, partnerId, kind);
        if (kind == QuotaKind.StoredBytes)
        {
            var stored = session.One<long>(
                "select coalesce(sum(bytes), 0) from artifact where partner_id = @partnerId and deleted_at is null",
                new { partnerId }
            );
            return new QuotaAnswer(stored + amount <= most, kind, stored, most, stored + amount <= most ? TimeSpan.Zero : null);
        }

        var (name, day) = (kind.ToString(), Day(session));
        var used = session.Find<long>(
            "select used from quota_use where partner_id = @partnerId and kind = @name and day = @day",
            new
            {
                partnerId,
                name,
                day,
            }
        );
        if (used + amount > most)
        {
            return new QuotaAnswer(Allowed: false, kind, used, most, Midnight(session));
        }

        Add(session, partnerId, kind, amount);
        return new QuotaAnswer(Allowed: true, kind, used + amount, most, TimeSpan.Zero);
    }

    /// <summary>Notes what was taken although nobody could know it before: time of processors. What is beyond the share counts against the next wish.</summary>
    public static void Add(Session session, long partnerId, QuotaKind kind, long amount) =>
        session.Execute(
            """
            insert into quota_use (partner_id, kind, day, used) values (@partnerId, @name, @day, @amount)
            on conflict (partner_id, kind, day) do update set used = quota_use.used + excluded.used
            """,
            new
            {
                partnerId,
                name = kind.ToString(),
                day = Day(session),
                amount,
            }
        );

    /// <summary>Whether there is anything left of a share, without taking of it.</summary>
    public static QuotaAnswer Look(Session session, long partnerId, QuotaKind kind)
    {
        var most = Most(session, partnerId, kind);
        var used = session.Find<long>(
            "select used from quota_use where partner_id = @partnerId and kind = @name and day = @day",
            new
            {
                partnerId,
                name = kind.ToString(),
                day = Day(session),
            }
        );
        return new QuotaAnswer(used < most, kind, used, most, used < most ? TimeSpan.Zero : Midnight(session));
    }

    /// <summary>Gives a partner another share than the usual.</summary>
    public static void SetMost(Session session, long partnerId, QuotaKind kind, long most) =>
        session.Execute(
            "insert into quota_limit (partner_id, kind, most) values (@partnerId, @name, @most) on conflict (partner_id, kind) do update set most = excluded.most",
            new
            {
                partnerId,
                name = kind.ToString(),
                most,
            }
        );

    /// <summary>Opens one more stream of events; null where there are enough. Disposing of it closes it.</summary>
    public IDisposable? OpenStream(long partnerId)
    {
        if (streams.AddOrUpdate(partnerId, 1, (_, open) => open + 1) <= Usual[QuotaKind.Streams])
        {
            return new Opened(this, partnerId);
        }

        Close(partnerId);
        return null;
    }

    private void Close(long partnerId)
    {
        if (streams.AddOrUpdate(partnerId, 0, (_, open) => open - 1) == 0)
        {
            streams.TryRemove(KeyValuePair.Create(partnerId, 0));
        }
    }

    private static long Most(Session session, long partnerId, QuotaKind kind) =>
        session.Find<long?>("select most from quota_limit where partner_id = @partnerId and kind = @name", new { partnerId, name = kind.ToString() })
        ?? Usual[kind];

    private static long Day(Session session) => session.Clock / (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private static TimeSpan Midnight(Session session) => session.Now.UtcDateTime.Date.AddDays(1) - session.Now.UtcDateTime;

    private sealed class Opened(Quotas quotas, long partnerId) : IDisposable
    {
        private int isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isClosed, 1) == 0)
            {
                quotas.Close(partnerId);
            }
        }
    }
}
