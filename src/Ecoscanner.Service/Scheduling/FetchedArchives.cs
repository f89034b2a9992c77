using Ecoscanner.Probing;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>
/// Archives as they were fetched, sealed by their partner's key and kept for the runs that come with the first one: these ask only whether the file is still
/// the same. How long is retention's class <c>fetched</c>, some hours; what is not kept is fetched anew.
/// </summary>
public sealed class FetchedArchives(Database database, Blobs blobs, PartnerKeys keys)
{
    /// <summary>Of one partner: a few great archives, or all of a usual partner's.</summary>
    public const long MaximumBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>Of all partners: a disk that fills up would stop more than it saves.</summary>
    public const long MaximumAllBytes = 20L * 1024 * 1024 * 1024;

    // What a server says of a file is its name, a tag and a date.
    private const int MaximumSaid = 16 * 1024;

    private const int CopyBuffer = 128 * 1024;
    private const string Class = "fetched";

    /// <summary>Brings back what is kept of a run's version, so that its download asks whether it is still the same.</summary>
    public async Task RestoreAsync(ClaimedRun run, Download download, CancellationToken cancellationToken)
    {
        if (database.Read(session => Find(session, run)) is not { } kept)
        {
            return;
        }

        try
        {
            var said = keys.Open(run.PartnerId, Purpose(run), kept.Said);
            if (blobs.Open(run.PartnerId, kept.Digest) is not { } content)
            {
                return;
            }

            await using (content)
            await using (var file = new FileStream(download.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBuffer))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            // Last: a half file that nothing is said of is fetched anew.
            Downloader.Say(download, said);
        }
        catch (SealedException)
        {
            // Changed, or the partner's keys are destroyed: nothing is kept.
        }
    }

    /// <summary>Keeps what was fetched just now for a run's version, where there is room and the server can be asked whether it changed.</summary>
    public async Task KeepAsync(ClaimedRun run, Download download, CancellationToken cancellationToken)
    {
        var bytes = new FileInfo(download.Path).Length;
        if (
            run.VersionId is null
            || Downloader.Said(download) is not { Length: <= MaximumSaid } said
            || !database.Read(session => Retention.Of(session, Class, run.PartnerId) > TimeSpan.Zero && HasRoom(session, run.PartnerId, bytes))
        )
        {
            return;
        }

        try
        {
            await using var file = File.OpenRead(download.Path);
            if (await blobs.WriteAsync(run.PartnerId, file, bytes, cancellationToken) is { } blob)
            {
                var box = keys.Seal(run.PartnerId, Purpose(run), said);
                database.Write(session => Keep(session, run, Path.GetFileName(download.Path), blob, box));
            }
        }
        catch (Exception e) when (e is SealedException or IOException or DatabaseException)
        {
            // A full disk, or a partner that leaves: this run has its file, and the next one fetches its own.
        }
    }

    private void Keep(Session session, ClaimedRun run, string name, Blob blob, byte[] said)
    {
        // One that is there for another reason too may just have been deleted.
        if (!blobs.Contains(run.PartnerId, blob.Digest) || !HasRoom(session, run.PartnerId, blob.Bytes))
        {
            return;
        }

        var added = new NewArtifact(run.PartnerId, run.AppId, blob.Digest, blob.Bytes, name, ArtifactList.Fetched);
        var artifact = ArtifactList.Add(session, Principal.Platform, added, Retention.Of(session, Class, run.PartnerId))!;
        var values = new
        {
            run.VersionId,
            artifact.Id,
            said,
            session.Clock,
        };
        session.Execute(
            $"""
            update artifact set delete_after = @Clock
            where id in (select artifact_id from fetched_archive where version_id = @VersionId) and id <> @Id and origin = '{ArtifactList.Fetched}'
            """,
            values
        );
        session.Execute(
            """
            insert into fetched_archive (version_id, artifact_id, said) values (@VersionId, @Id, @said)
            on conflict (version_id) do update set artifact_id = excluded.artifact_id, said = excluded.said
            """,
            values
        );
    }

    private static bool HasRoom(Session session, long partnerId, long bytes)
    {
        const string Used = $"select coalesce(sum(bytes), 0) from artifact where origin = '{ArtifactList.Fetched}' and deleted_at is null";
        return session.One<long>($"{Used} and partner_id = @partnerId", new { partnerId }) + bytes <= MaximumBytes
            && session.One<long>(Used) + bytes <= MaximumAllBytes;
    }

    private static KeptArchive? Find(Session session, ClaimedRun run) =>
        session.Find<KeptArchive>(
            """
            select a.digest, k.said from fetched_archive k join artifact a on a.id = k.artifact_id
            where k.version_id = @VersionId and a.partner_id = @PartnerId and a.deleted_at is null
            """,
            run
        );

    private static string Purpose(ClaimedRun run) => $"fetched:{run.VersionId}";

    private sealed record KeptArchive
    {
        public string Digest { get; init; } = "";
        public byte[] Said { get; init; } = [];
    }
}
