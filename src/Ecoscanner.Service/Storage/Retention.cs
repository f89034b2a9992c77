namespace Ecoscanner.Service.Storage;

/// <summary>How long one class of things is kept.</summary>
/// <param name="IsOwn">True where the partner chose it.</param>
public sealed record Kept(string Class, TimeSpan Keep, bool IsOwn);

/// <summary>How long what is kept, and the sweep that deletes what nobody keeps any longer.</summary>
public sealed class Retention(Database database, Blobs blobs)
{
    /// <summary>A blob is left alone for so long after it was written: whoever wrote it is about to name it in a row.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    // Rows in one transaction, so that others may write between.
    private const int Batch = 200;

    /// <summary>How long a class is kept for a partner: its own choice, or everybody's.</summary>
    public static TimeSpan Of(Session session, string @class, long partnerId) =>
        TimeSpan.FromMilliseconds(
            session.Find<long?>(
                "select keep_ms from retention where class = @class and partner_id in (0, @partnerId) order by partner_id desc limit 1",
                new { @class, partnerId }
            ) ?? throw new ArgumentException($"there is no class '{@class}' of things that are kept", nameof(@class))
        );

    /// <summary>How long each class is kept for a partner; 0 for everybody.</summary>
    public static IReadOnlyList<Kept> All(Session session, long partnerId) =>
        [
            .. session
                .List<Choice>(
                    "select class, partner_id, keep_ms from retention where partner_id in (0, @partnerId) order by class, partner_id",
                    new { partnerId }
                )
                .GroupBy(row => row.Class, StringComparer.Ordinal)
                .Select(choices => choices.Last())
                .Select(row => new Kept(row.Class, TimeSpan.FromMilliseconds(row.KeepMs), row.PartnerId != 0)),
        ];

    /// <summary>A partner's own choice; null for everybody's.</summary>
    public static void Choose(Session session, string @class, long partnerId, TimeSpan? keep, string by)
    {
        var values = new
        {
            @class,
            partnerId,
            keep = (long)(keep ?? TimeSpan.Zero).TotalMilliseconds,
            session.Clock,
            by,
        };
        session.Execute("delete from retention where class = @class and partner_id = @partnerId and partner_id <> 0", values);
        if (keep is not null)
        {
            session.Execute("insert into retention (class, partner_id, keep_ms, chosen_at, chosen_by) values (@class, @partnerId, @keep, @Clock, @by)", values);
        }
    }

    /// <summary>When an artifact of that kind is to be deleted, if it came now. What still waits for its analysis is kept whatever this says.</summary>
    public static long DeleteAfter(Session session, string kind, long partnerId) => session.Clock + (long)Of(session, kind, partnerId).TotalMilliseconds;

    /// <summary>Deletes what is due: rows first, then their blobs where no other row names them; how many.</summary>
    public int Sweep()
    {
        var swept = 0;
        foreach (var due in (ReadOnlySpan<Func<Session, IReadOnlyList<Named>>>)[DueArtifacts, DueReports])
        {
            while (database.Write(session => due(session)) is { Count: > 0 } batch)
            {
                swept += batch.Count;
                foreach (var blob in batch.Distinct())
                {
                    DropUnnamed(blob.PartnerId, blob.Digest);
                }

                if (batch.Count < Batch)
                {
                    break;
                }
            }
        }

        while (database.Write(DueEvidence) is var count and > 0)
        {
            swept += count;
        }

        if (swept > 0)
        {
            database.Scrub();
        }

        return swept;
    }

    /// <summary>Deletes blobs that no row names, because the process ended between the two, or the row could not be written; how many.</summary>
    public int SweepUnnamed()
    {
        var swept = 0;
        var before = database.Read(session => session.Now) - Grace;
        foreach (var (partnerId, digest) in blobs.All())
        {
            if (blobs.Kept(partnerId, digest) < before && DropUnnamed(partnerId, digest))
            {
                swept++;
            }
        }

        return swept;
    }

    /// <summary>Deletes a blob that no row names; true where it did. Who is about to name it looks for it once more in the transaction that does.</summary>
    public bool DropUnnamed(long partnerId, string digest)
    {
        var blob = new Named(partnerId, digest);
        if (!database.Read(session => IsUnnamed(session, blob)))
        {
            return false;
        }

        // Nobody else writes meanwhile, so nobody names it between the look and the deletion.
        return database.Write(session =>
        {
            var isUnnamed = IsUnnamed(session, blob);
            if (isUnnamed)
            {
                blobs.Delete(partnerId, digest);
            }

            return isUnnamed;
        });
    }

    private IReadOnlyList<Named> DueArtifacts(Session session)
    {
        var due = session
            .List<Row>(
                """
                select a.id, a.partner_id, a.digest from artifact a where a.delete_after <= @Clock and a.deleted_at is null
                and not exists (select 1 from run r where r.artifact_id = a.id and r.state in ('queued', 'running'))
                order by a.delete_after limit @Batch
                """,
                new { session.Clock, Batch }
            )
            .Where(row => !IsFresh(row, session.Now))
            .ToList();
        foreach (var row in due)
        {
            session.Execute("delete from fetched_archive where artifact_id = @Id", row);
            session.Execute("update artifact set deleted_at = @Clock where id = @Id", new { session.Clock, row.Id });
        }

        return [.. due.Select(row => new Named(row.PartnerId, row.Digest))];
    }

    private IReadOnlyList<Named> DueReports(Session session)
    {
        var due = session
            .List<Row>(
                """
                select r.id, r.partner_id, r.report_digest as digest from run r
                join retention every on every.class = 'report' and every.partner_id = 0
                left join retention own on own.class = 'report' and own.partner_id = r.partner_id
                where r.report_digest is not null and r.ended_at <= @before and r.ended_at + coalesce(own.keep_ms, every.keep_ms) <= @Clock
                order by r.ended_at limit @Batch
                """,
                new
                {
                    before = Before(session, "report"),
                    session.Clock,
                    Batch,
                }
            )
            .Where(row => !IsFresh(row, session.Now))
            .ToList();
        foreach (var row in due)
        {
            session.Execute("update run set report_digest = null where id = @Id", new { row.Id });
        }

        return [.. due.Select(row => new Named(row.PartnerId, row.Digest))];
    }

    private static int DueEvidence(Session session)
    {
        var due = session.List<Closed>(
            """
            select f.id, f.partner_id, f.evidence_digest from finding f
            join retention every on every.class = 'evidence' and every.partner_id = 0
            left join retention own on own.class = 'evidence' and own.partner_id = f.partner_id
            where f.closed_at is not null and f.evidence_digest is not null and f.closed_at <= @before
            and f.closed_at + coalesce(own.keep_ms, every.keep_ms) <= @Clock
            order by f.closed_at limit @Batch
            """,
            new
            {
                before = Before(session, "evidence"),
                session.Clock,
                Batch,
            }
        );
        foreach (var finding in due)
        {
            session.Execute("update finding set evidence_digest = null where id = @Id", new { finding.Id });
            session.Execute(
                """
                delete from evidence where partner_id = @PartnerId and digest = @EvidenceDigest
                and not exists (select 1 from finding f where f.evidence_digest = @EvidenceDigest and f.partner_id = @PartnerId)
                """,
                finding
            );
        }

        return due.Count;
    }

    // The shortest time that anybody chose: what is younger is nobody's due, and needs no look.
    private static long Before(Session session, string @class) =>
        session.Clock - session.One<long>("select keep_ms from retention where class = @class order by keep_ms limit 1", new { @class });

    private bool IsFresh(Row row, DateTimeOffset now) => blobs.Kept(row.PartnerId, row.Digest) > now - Grace;

    private static bool IsUnnamed(Session session, Named blob) =>
        session.Find<long?>(
            """
            select partner_id from artifact where partner_id = @PartnerId and digest = @Digest and deleted_at is null
            union all select partner_id from run where partner_id = @PartnerId and report_digest = @Digest limit 1
            """,
            blob
        )
            is null;

    private readonly record struct Named(long PartnerId, string Digest);

    private sealed record Row(string Id, long PartnerId, string Digest);

    private sealed record Choice(string Class, long PartnerId, long KeepMs);

    private sealed record Closed(long Id, long PartnerId, string EvidenceDigest);
}
