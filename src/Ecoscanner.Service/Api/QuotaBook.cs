using System.Collections.Concurrent;
using System.Globalization;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>What a partner took today of what it may take. Days are those of UTC.</summary>
public sealed class QuotaBook(Database database, TimeProvider time)
{
    private const long Day = 24 * 60 * 60 * 1000;

    private readonly ConcurrentDictionary<long, int> streams = new();

    /// <summary>Takes one upload, and says how many bytes it may have.</summary>
    /// <exception cref="ProblemException">There are none left.</exception>
    public long TakeUpload(long partnerId, long mostBytes) =>
        database.Write(session =>
        {
            var quotas = PartnerQuotas.Of(session, partnerId);
            Take(session, partnerId, "uploads", 1, quotas.UploadsPerDay, "uploads of today");
            var left = Math.Min(quotas.UploadBytesPerDay - Used(session, partnerId, "upload-bytes"), quotas.StorageBytes - Stored(session, partnerId));
            return left > 0 ? Math.Min(left, mostBytes) : throw UsedUp("bytes that may be uploaded or kept", untilTomorrow: true);
        });

    /// <summary>Says how many bytes it had.</summary>
    public static void SayUploaded(Session session, long partnerId, long bytes) => Take(session, partnerId, "upload-bytes", bytes, long.MaxValue, "");

    /// <exception cref="ProblemException">There are none left.</exception>
    public void TakeRescan(Session session, long partnerId) =>
        Take(session, partnerId, "rescans", 1, PartnerQuotas.Of(session, partnerId).RescansPerDay, "re-scans of today");

    /// <summary>Takes a place for a stream of events until it is disposed of.</summary>
    /// <exception cref="ProblemException">There are none left.</exception>
    public IDisposable EnterStream(long partnerId)
    {
        var most = database.Read(session => PartnerQuotas.Of(session, partnerId).StreamsAtOnce);
        if (streams.AddOrUpdate(partnerId, 1, (_, count) => count + 1) <= most)
        {
            return new Place(() => streams.AddOrUpdate(partnerId, 0, (_, count) => count - 1));
        }

        streams.AddOrUpdate(partnerId, 0, (_, count) => count - 1);
        throw UsedUp("streams of events at a time", untilTomorrow: false);
    }

    private static long Used(Session session, long partnerId, string kind) =>
        session.Find<long>(
            "select used from quota_use where partner_id = @partnerId and kind = @kind and day = @Day",
            new
            {
                partnerId,
                kind,
                Day = session.Clock / Day,
            }
        );

    private static long Stored(Session session, long partnerId) =>
        session.One<long>("select coalesce(sum(bytes), 0) from artifact where partner_id = @partnerId and deleted_at is null", new { partnerId });

    private static void Take(Session session, long partnerId, string kind, long amount, long most, string what)
    {
        var used = session.One<long>(
            """
            insert into quota_use (partner_id, kind, day, used) values (@partnerId, @kind, @Day, @amount)
            on conflict (partner_id, kind, day) do update set used = quota_use.used + excluded.used returning used
            """,
            new
            {
                partnerId,
                kind,
                amount,
                Day = session.Clock / Day,
            }
        );
        if (used > most)
        {
            throw UsedUp(what, untilTomorrow: true, session.Clock);
        }
    }

    private ProblemException UsedUp(string what, bool untilTomorrow) => UsedUp(what, untilTomorrow, time.GetUtcNow().ToUnixTimeMilliseconds());

    private static ProblemException UsedUp(string what, bool untilTomorrow, long clock)
    {
        var wait = untilTomorrow ? TimeSpan.FromMilliseconds(Day - clock % Day) : TimeSpan.FromSeconds(30);
        return new ProblemException(
            ProblemKind.QuotaUsed,
            string.Create(CultureInfo.InvariantCulture, $"the partner's {what} are used up; wait {wait.TotalSeconds:0} s, or ask the operator for more")
        )
        {
            RetryAfter = wait,
        };
    }

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? leave = leave;

        public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
    }
}
