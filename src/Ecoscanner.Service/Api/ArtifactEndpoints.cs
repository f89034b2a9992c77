using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>What is given to be scanned: a file, or a URL by name; and the same again.</summary>
internal static class ArtifactEndpoints
{
    /// <summary>Of a release: who says that it mends something is looked at with it. A trial is analysed, and then the policy of keeping decides.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    private const string TrialNote = "a trial: findings and tickets stay as they are; release=true makes it count";

    public static void Map(RouteGroupBuilder api)
    {
        var artifacts = api.MapGroup("/artifacts").WithTags("scans");
        artifacts
            .MapPost("/", Upload)
            .WithSummary(
                "Takes a file, raw or as multipart/form-data, and queues its scan. A .jar or .obr, a .zip of a Forge app's source, atlassian-connect.json, or a CycloneDX file."
            )
            .Needs(Capability.Upload)
            .WithMetadata(FileMarker.Instance)
            .Answers<UploadView>(202)
            .Filters("name", "How the file is called; its ending tells what it is. Not needed in forms.")
            .Filters("app", "The app's key. Not needed for a token of one app.")
            .Filters("version", "The app's version that it is; else the file's own digest.")
            .Filters("partner", "The partner's key, for who belongs to several.")
            .Filters("release", "True where customers get it: it opens and closes findings and tickets. Else it is a trial, judged and reported only.")
            .Problems(404, 408, 409, 413, 415, 422, 507)
            .WithMetadata(OnceMarker.Instance);
        artifacts
            .MapGet("/{id}", One)
            .WithSummary("An uploaded file: what is kept of it, and until when.")
            .Needs(Capability.ReadApps)
            .Answers<ArtifactView>()
            .Problems(404);
        api.MapPost("/scans", Scan)
            .WithTags("scans")
            .WithSummary("Queues a scan: of an app again, or of a descriptor's URL.")
            .Needs(Capability.ScanAgain)
            .Once()
            .Takes<ScanAsk>()
            .Answers<ScanView>(202)
            .Problems(404);
        api.MapDelete("/scans/{id}", Cancel)
            .WithTags("scans")
            .WithSummary("Cancels a scan that waits or runs.")
            .Needs(Capability.ScanAgain)
            .Produces(204)
            .Problems(404, 409);
    }

    private static async Task<IResult> Upload(HttpContext http, Platform platform, string? name, string? app, string? version, string? partner, bool? release)
    {
        var principal = Caller.Of(http);
        var partnerId = platform.Database.Read(session => PartnerEndpoints.IdOf(session, principal, Capability.Upload, partner));
        var appKey = platform.Database.Read(session =>
        {
            var key = AppOf(session, principal, partnerId, app);
            // Said before anybody sends a great file for nothing.
            if (release is true && AppList.Find(session, Principal.Platform, partnerId, key) is not { IsOwned: true })
            {
                throw Unproven(key);
            }

            return key;
        });
        var most = platform.Database.Write(session => MostBytes(session, partnerId, platform.Options.MaximumArtifactBytes));
        var file = await UploadBody.OpenAsync(http, name, most);
        _ = ArtifactList.KindOf(file.Name);
        await using var content = new HashedStream(file.Content);
        var blob = await KeepAsync(http, platform, partnerId, content, most);
        try
        {
            if (blob.Bytes == 0)
            {
                throw new ProblemException(ProblemKind.Invalid, "the file is empty");
            }

            var digest = content.Digest();
            var answer = await platform.Idempotency.OnceAsync(
                http,
                Idempotency.DigestOf(http, digest),
                () =>
                    Task.FromResult<IResult>(
                        platform.Database.Write(session =>
                            Accept(session, platform, principal, partnerId, appKey, version, release is true, file.Name, blob, digest)
                        )
                    )
            );
            platform.WakeScheduler();
            return answer;
        }
        finally
        {
            // Where it was not accepted, whatever the reason, nothing of it stays.
            platform.Retention.DropUnnamed(partnerId, blob.Digest);
        }
    }

    private static async Task<Blob> KeepAsync(HttpContext http, Platform platform, long partnerId, HashedStream content, long most)
    {
        using var patience = new CancellationTokenSource(platform.Options.Patience.Upload, platform.Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, patience.Token);
        try
        {
            return await platform.Blobs.WriteAsync(partnerId, content, most, either.Token) ?? throw UploadBody.TooLarge(most);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            throw new ProblemException(
                ProblemKind.TooSlow,
                $"the upload was not whole after {platform.Options.Patience.Upload.TotalMinutes:0} minutes; send it over a faster line",
                inner: e
            );
        }
    }

    // What it has is known when it is here; then it counts.
    private static long MostBytes(Session session, long partnerId, long most)
    {
        Shares.Look(session, partnerId, QuotaKind.ProcessorSeconds);
        Shares.Look(session, partnerId, QuotaKind.UploadedBytes);
        Shares.Take(session, partnerId, QuotaKind.Uploads, 1);
        var stored = Quotas.Take(session, partnerId, QuotaKind.StoredBytes, 0);
        Shares.Take(session, partnerId, QuotaKind.StoredBytes, 1);
        return Math.Min(most, stored.Most - stored.Used);
    }

    private static Reply Accept(
        Session session,
        Platform platform,
        Principal principal,
        long partnerId,
        string appKey,
        string? version,
        bool isRelease,
        string name,
        Blob blob,
        byte[] digest
    )
    {
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

    private static ProblemException Unproven(string app) =>
        new(
            ProblemKind.Conflict,
            $"{app} is not proven to be yours, and has no releases until then; prove the host that serves it by POST {Endpoints.Root}/ownership, or leave out release: the file is judged and reported all the same"
        );

    private static Reply One(HttpContext http, Platform platform, string id)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session =>
        {
            var row = ArtifactList.Find(session, principal, id) ?? throw ProblemException.NotFound("artifact");
            return Reply.Of(
                new ArtifactView(
                    row.Id,
                    row.Name,
                    row.Kind,
                    row.Bytes,
                    row.Origin,
                    Moment.Of(row.AddedAt),
                    Moment.Of(row.DeleteAfter),
                    Moment.Of(row.DeletedAt)
                )
            );
        });
    }

    private static async Task<Reply> Scan(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<ScanAsk>(http);
        var queued = platform.Database.Write(session =>
        {
            var app = AppEndpoints.Of(session, principal, ask.AppId);
            if (!principal.May(Capability.ScanAgain, app.PartnerId, app.Id))
            {
                throw ProblemException.NotFound("app");
            }

            if (ask.DescriptorUrl is not null && !app.IsOwned)
            {
                throw new ProblemException(ProblemKind.Conflict, "the app is not proven to be yours, and only its own files are scanned until then");
            }

            var unknown = (ask.OnlyRules ?? []).Where(rule => platform.Rules.Rule(rule) is null).ToList();
            if (unknown.Count > 0)
            {
                throw ProblemException.Wrong("/onlyRules", $"names {unknown[0]}, which is no rule");
            }

            Shares.Take(session, app.PartnerId, QuotaKind.Rescans, 1);
            var hosting = ask.DescriptorUrl is { } url
                ? AppList.AddHosting(session, app.Id, "connect", url)
                : AppEndpoints.HostingOf(session, app, ask.Hosting);
            var newest = hosting.Hosting == "connect" && hosting.DescriptorUrl is not null ? null : VersionList.NewestToScan(session, hosting.Id);
            if (newest is null && hosting.DescriptorUrl is null)
            {
                throw new ProblemException(
                    ProblemKind.Conflict,
                    app.IsOwned
                        ? "no released version of this app is there to be scanned; upload its file with release=true, or name its descriptor"
                        : "the app is not proven to be yours, and has no released version that could be scanned again; upload its file again"
                );
            }

            var run = RunOrders.Place(
                session,
                new RunOrder(hosting.Id, $"rescan:{Guid.CreateVersion7(session.Now):N}", "rescan", Priority.Asked, principal.Name)
                {
                    ArtifactId = newest?.ArtifactId,
                    VersionId = newest?.Id,
                    OnlyRules = ask.OnlyRules ?? [],
                }
            );
            AuditLog.Record(session, AuditEntry.By(principal, app.PartnerId, "scan.asked", $"scan:{run}"));
            return Reply.Accepted($"{Endpoints.Root}/scans/{run}", ScanEndpoints.View(session, platform, ScanEndpoints.Of(session, Principal.Platform, run)));
        });
        platform.WakeScheduler();
        return queued;
    }

    private static Reply Cancel(HttpContext http, Platform platform, string id)
    {
        var principal = Caller.Of(http);
        return platform.Database.Write(session =>
        {
            var run = ScanEndpoints.Of(session, principal, id, Capability.ScanAgain);
            if (!RunOrders.Cancel(session, id))
            {
                throw new ProblemException(ProblemKind.Conflict, $"the scan is {run.State} already");
            }

            AuditLog.Record(session, AuditEntry.By(principal, run.PartnerId, "scan.cancelled", $"scan:{id}"));
            return Reply.Done;
        });
    }

    private static string AppOf(Session session, Principal principal, long partnerId, string? key)
    {
        if (!string.IsNullOrEmpty(key))
        {
            return key;
        }

        var own = principal
            .Grants.Where(grant => grant.PartnerId == partnerId && grant.Gives(Capability.Upload))
            .Select(grant => grant.AppId)
            .Distinct()
            .ToList();
        return own is [{ } only]
            ? session.One<string>("select key from app where id = @only", new { only })
            : throw ProblemException.Wrong("?app", "is missing; name the app's key");
    }

    private static string HostingOf(string kind) =>
        kind switch
        {
            "descriptor" => "connect",
            "source" => "forge",
            _ => "datacenter",
        };
}

/// <param name="Id">The scan's.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Stage"><c>enforced</c>: it counts. <c>trial</c>: it is judged and reported, and no finding or ticket changes.</param>
/// <param name="Note">What a trial means, for a person; null where the file counts.</param>
public sealed record UploadView(
    string Id,
    string State,
    string Outcome,
    string App,
    long AppId,
    string Artifact,
    string Sha256,
    long Bytes,
    bool Complete,
    long Findings,
    string? Failure,
    string Stage,
    string? Note
);

/// <param name="DeleteAfter">Its content is deleted then.</param>
public sealed record ArtifactView(
    string Id,
    string Name,
    string Kind,
    long Bytes,
    string Origin,
    DateTimeOffset AddedAt,
    DateTimeOffset DeleteAfter,
    DateTimeOffset? DeletedAt
);

/// <param name="Hosting">The app's first one where nothing is said.</param>
/// <param name="DescriptorUrl">Where a Connect app's descriptor is served; null for the one that is known.</param>
/// <param name="OnlyRules">Null for all.</param>
public sealed record ScanAsk(long AppId, string? Hosting = null, string? DescriptorUrl = null, IReadOnlyList<string>? OnlyRules = null);
