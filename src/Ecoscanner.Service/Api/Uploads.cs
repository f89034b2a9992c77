using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>Takes what was uploaded into the catalogue, in one transaction with all that it causes.</summary>
internal static class Uploads
{
    /// <summary>Of a release: who says that it mends something is looked at with it. A trial is analysed, and then the policy of keeping decides.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    private const string TrialNote = "a trial: findings and tickets stay as they are; release=true makes it count";

    /// <summary>Makes it the app's artifact, its version where it is released, and a scan of it.</summary>
    public static Reply Accept(Session session, Platform platform, Principal principal, NewUpload upload)
    {
        var (partnerId, appKey, version, isRelease, name, blob, digest) = upload;
        // The same content of a request that was refused meanwhile went with it.
        if (!platform.Blobs.Contains(partnerId, blob.Digest))
        {
            throw new ProblemException(ProblemKind.Conflict, "the same file was refused at the same time; send it again")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            };
        }

        var app = AppList.ForUpload(session, principal, partnerId, appKey, appKey) ?? throw ProblemException.NotFound("app");
        if (isRelease && !app.IsOwned)
        {
            throw Unproven(app.Key);
        }

        var chosen = Retention.Of(session, ArtifactList.KindOf(name), partnerId);
        var added = new NewArtifact(partnerId, app.Id, blob.Digest, blob.Bytes, name, "upload");
        var artifact = ArtifactList.Add(session, principal, added, isRelease && chosen < Keep ? Keep : chosen) ?? throw ProblemException.NotFound("app");
        Quotas.Add(session, partnerId, QuotaKind.UploadedBytes, blob.Bytes);
        var hosting = AppList.AddHosting(session, app.Id, HostingOf(artifact.Kind));
        var released = isRelease ? Released(session, platform, hosting, artifact, version) : null;
        // The digest that everybody can compute is the partner's secret: sealed, for statements about this file.
        session.Execute(
            "insert into artifact_sha256 (artifact_id, sealed) values (@Id, @box) on conflict (artifact_id) do nothing",
            new { artifact.Id, box = platform.Keys.Seal(partnerId, $"sha256:{artifact.Id}", digest) }
        );
        var run = RunOrders.Place(
            session,
            new RunOrder(hosting.Id, $"upload:{Guid.CreateVersion7(session.Now):N}", "upload", Priority.Asked, principal.Name)
            {
                ArtifactId = artifact.Id,
                VersionId = released?.Id,
                Stage = isRelease ? RunStage.Enforced : RunStage.Trial,
            }
        );
        AuditLog.Record(session, AuditEntry.By(principal, partnerId, isRelease ? "artifact.released" : "artifact.uploaded", $"artifact:{artifact.Id}"));
        var row = ScanEndpoints.Of(session, Principal.Platform, run);
        var view = new UploadView(
            run,
            row.State,
            "pending",
            app.Key,
            app.Id,
            artifact.Id,
            Convert.ToHexStringLower(digest),
            blob.Bytes,
            false,
            0,
            null,
            row.Stage,
            isRelease ? null : TrialNote
        );
        return Reply.Accepted($"{Endpoints.Root}/scans/{run}", view);
    }

    /// <summary>The version that the file is from now on, the newest that customers have.</summary>
    private static VersionRow Released(Session session, Platform platform, HostingRow hosting, ArtifactRow artifact, string? version)
    {
        var named = string.IsNullOrEmpty(version) ? $"upload-{artifact.Digest[..12]}" : version;
        // What customers get from there may be another file; one that nobody can fetch has to be given.
        if (
            VersionList.Named(session, hosting.Id, named) is { State: not VersionList.Released, DownloadUrl: { } url }
            && platform.Options.Runs.Fetches(new Uri(url))
        )
        {
            throw new ProblemException(
                ProblemKind.Conflict,
                $"{named} is on the Marketplace, and its file is scanned from there; leave out release to try this one, or name the version that it is"
            );
        }

        return VersionList.Add(session, hosting.Id, new NoticedVersion(named) { State = VersionList.Released, ArtifactId = artifact.Id }).Version;
    }

    public static ProblemException Unproven(string app) =>
        new(
            ProblemKind.Conflict,
            $"{app} is not proven to be yours, and has no releases until then; prove the host that serves it by POST {Endpoints.Root}/ownership, or leave out release: the file is judged and reported all the same"
        );

    private static string HostingOf(string kind) =>
        kind switch
        {
            "descriptor" => "connect",
            "source" => "forge",
            _ => "datacenter",
        };
}

/// <summary>A file whose content was stored.</summary>
/// <param name="Version">As the uploader calls it; null where it is named by its digest.</param>
/// <param name="Digest">SHA-256 of its content.</param>
internal sealed record NewUpload(long PartnerId, string AppKey, string? Version, bool IsRelease, string Name, Blob Blob, byte[] Digest);
