using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Whether a partner may take more.</summary>
/// <param name="RetryAfter">When there is room again; zero where there is, null where only deleting makes some.</param>
public sealed record QuotaAnswer(bool Allowed, QuotaKind Kind, long Used, long Most, TimeSpan? RetryAfter);

/// <summary>A partner's share of one thing.</summary>
/// <param name="Decided">Null where nobody ever decided about it.</param>
public sealed record QuotaShare(QuotaKind Kind, long Used, long Most, long Usual, QuotaDecision? Decided, long RowVersion);

/// <summary>Who gave a partner its share, when, and why.</summary>
public sealed record QuotaDecision(string By, long At, string Reason);

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
            var stored = Stored(session, partnerId);
            return new QuotaAnswer(stored + amount <= most, kind, stored, most, stored + amount <= most ? TimeSpan.Zero : null);
        }

        var used = Today(session, partnerId, kind);
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
        var used = Today(session, partnerId, kind);
        return new QuotaAnswer(used < most, kind, used, most, used < most ? TimeSpan.Zero : Midnight(session));
    }

    /// <summary>A partner's share of one thing with what it used of it.</summary>
    public QuotaShare ShareOf(Session session, long partnerId, QuotaKind kind)
    {
        var row = session.Find<Decided>(
            "select most, decided_by, decided_at, reason, row_version from quota_limit where partner_id = @partnerId and kind = @name",
            new { partnerId, name = kind.ToString() }
        );
        return new QuotaShare(
            kind,
            UsedOf(session, partnerId, kind),
            row?.Most ?? Usual[kind],
            Usual[kind],
            row is null ? null : new QuotaDecision(row.DecidedBy, row.DecidedAt, row.Reason),
            row?.RowVersion ?? 0
        );
    }

    /// <summary>Gives a partner another share than the usual, or the usual one again.</summary>
    /// <param name="most">Null for the usual share.</param>
    /// <returns>Why it cannot be; null where it was done.</returns>
    public static string? SetMost(Session session, Principal by, long partnerId, QuotaKind kind, long? most, string reason)
    {
        if (!by.MayEverywhere(Capability.ManagePolicy))
        {
            return "only who manages policies may change a share";
        }

        if (most is < 0 || string.IsNullOrWhiteSpace(reason))
        {
            return "a share is 0 or more, and has a reason";
        }

        var name = kind.ToString();
        var before = Most(session, partnerId, kind);
        session.Execute(
            """
            insert into quota_limit (partner_id, kind, most, decided_by, decided_at, reason) values (@partnerId, @name, @most, @by, @Clock, @reason)
            on conflict (partner_id, kind) do update set most = excluded.most, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
              reason = excluded.reason, row_version = quota_limit.row_version + 1
            """,
            new
            {
                partnerId,
                name,
                most,
                by = by.Name,
                session.Clock,
                reason,
            }
        );
        var detail = new JsonObject
        {
            ["before"] = before,
            ["after"] = most ?? Usual[kind],
            ["why"] = reason,
        };
        AuditLog.Record(session, AuditEntry.By(by, partnerId, "quota.changed", $"quota:{kind.Word()}", detail.ToJsonString()));
        return null;
    }

    /// <summary>How many streams of events a partner may have open.</summary>
    public static long MostStreams(Session session, long partnerId) => Most(session, partnerId, QuotaKind.Streams);

    /// <summary>Opens one more stream of events; null where there are enough. Disposing of it closes it.</summary>
    public IDisposable? OpenStream(long partnerId, long most)
    {
        if (streams.AddOrUpdate(partnerId, 1, (_, open) => open + 1) <= most)
        {
            return new Opened(this, partnerId);
        }

        Close(partnerId);
        return null;
    }

    private long UsedOf(Session session, long partnerId, QuotaKind kind) =>
        kind switch
        {
            QuotaKind.Streams => streams.GetValueOrDefault(partnerId),
            QuotaKind.StoredBytes => Stored(session, partnerId),
            _ => Today(session, partnerId, kind),
        };

    private void Close(long partnerId)
    {
        if (streams.AddOrUpdate(partnerId, 0, (_, open) => open - 1) == 0)
        {
            streams.TryRemove(KeyValuePair.Create(partnerId, 0));
        }
    }

    private static long Today(Session session, long partnerId, QuotaKind kind) =>
        session.Find<long>(
            "select used from quota_use where partner_id = @partnerId and kind = @name and day = @day",
            new
            {
                partnerId,
                name = kind.ToString(),
                day = Day(session),
            }
        );

    private static long Stored(Session session, long partnerId) =>
        session.One<long>(
            $"select coalesce(sum(bytes), 0) from artifact where partner_id = @partnerId and deleted_at is null and origin <> '{ArtifactList.Fetched}'",
            new { partnerId }
        );

    private static long Most(Session session, long partnerId, QuotaKind kind) =>
        session.Find<long?>("select most from quota_limit where partner_id = @partnerId and kind = @name", new { partnerId, name = kind.ToString() })
        ?? Usual[kind];

    private static long Day(Session session) => session.Clock / (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private static TimeSpan Midnight(Session session) => session.Now.UtcDateTime.Date.AddDays(1) - session.Now.UtcDateTime;

    private sealed record Decided
    {
        public long? Most { get; init; }
        public string DecidedBy { get; init; } = "";
        public long DecidedAt { get; init; }
        public string Reason { get; init; } = "";
        public long RowVersion { get; init; }
    }

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
