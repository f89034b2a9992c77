using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Service.Api;

/// <summary>Scans that are asked for of what is there already, and taken back.</summary>
internal static class ScanOrderEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
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
}

/// <param name="Hosting">The app's first one where nothing is said.</param>
/// <param name="DescriptorUrl">Where a Connect app's descriptor is served; null for the one that is known.</param>
/// <param name="OnlyRules">Null for all.</param>
public sealed record ScanAsk(long AppId, string? Hosting = null, string? DescriptorUrl = null, IReadOnlyList<string>? OnlyRules = null);
