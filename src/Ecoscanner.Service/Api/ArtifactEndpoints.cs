using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>Files that are given to be scanned.</summary>
internal static class ArtifactEndpoints
{
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
                throw Uploads.Unproven(key);
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
                            Uploads.Accept(session, platform, principal, new NewUpload(partnerId, appKey, version, release is true, file.Name, blob, digest))
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
