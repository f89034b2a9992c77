using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>Apps, their versions, and what each rule came to last.</summary>
internal static class AppEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var apps = api.MapGroup("/apps").WithTags("apps");
        apps.MapGet("/", List).WithSummary("Apps, by id.").Needs(Capability.ReadApps).Lists<AppView>().Filters("partner", "Those of one partner, by its key.");
        apps.MapGet("/{id:long}", One).WithSummary("One app with its hostings.").Needs(Capability.ReadApps).Answers<AppView>().Problems(404);
        apps.MapGet("/{id:long}/versions", Versions)
            .WithSummary("The versions of an app for one hosting, the newest first.")
            .Needs(Capability.ReadApps)
            .Lists<VersionView>()
            .Filters("hosting", "connect, forge or datacenter; the app's first one where nothing is said.")
            .Problems(404);
        apps.MapGet("/{id:long}/checklist", Checklist)
            .WithSummary("What each rule came to last: by which version of which scanner, when, and when next.")
            .Needs(Capability.ReadFindings)
            .Answers<ChecklistView>()
            .Filters("hosting", "connect, forge or datacenter; the app's first one where nothing is said.")
            .Problems(404);
        apps.MapPut("/{key}", Grant)
            .WithSummary("Gives an app to a partner, by the operator's word.")
            .NeedsEverywhere(Capability.ManageCatalogue)
            .Takes<AppGrant>()
            .Answers<AppView>()
            .Problems(404, 409);
        apps.MapPost("/{id:long}/revoke", Revoke)
            .WithSummary("Takes an app from its partner again, with a reason: it is unproven, what is uploaded of it is only read, and nothing new is filed.")
            .NeedsEverywhere(Capability.ManageCatalogue)
            .Takes<RevokeAsk>()
            .Answers<AppView>()
            .Problems(404, 409);
        apps.MapDelete("/{id:long}", Archive)
            .WithSummary("Takes an app out of all lists and scans; what was found stays.")
            .NeedsEverywhere(Capability.ManageCatalogue)
            .Produces(204)
            .Problems(404);
    }

    /// <summary>The app, or it does not exist.</summary>
    public static AppRow Of(Session session, Principal principal, long id) => AppList.Find(session, principal, id) ?? throw ProblemException.NotFound("app");

    /// <summary>The id of the app that a filter names, by its id or its key; where several partners have one of that key, ask by id.</summary>
    public static long IdOf(Session session, Principal principal, string idOrKey) =>
        long.TryParse(idOrKey, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Of(session, principal, id).Id
            : session.Find<long?>(
                $"select id from app where key = @idOrKey and {principal.ScopeOf(Capability.ReadApps).Sql("partner_id", "id")} order by id limit 1",
                new { idOrKey }
            ) ?? throw ProblemException.NotFound("app");

    /// <summary>The hosting that the request names, or the app's first.</summary>
    public static HostingRow HostingOf(Session session, AppRow app, string? hosting) =>
        (string.IsNullOrEmpty(hosting) ? (AppList.Hostings(session, app.Id) is [var first, ..] ? first : null) : AppList.Hosting(session, app.Id, hosting))
        ?? throw ProblemException.NotFound("hosting of the app");

    private static Reply List(HttpContext http, Platform platform, string? partner)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        return platform.Database.Read(session =>
        {
            var partnerId = string.IsNullOrEmpty(partner) ? (long?)null : PartnerEndpoints.Of(session, principal, partner).Id;
            var rows = AppList.List(session, principal, partnerId, page.AfterId ?? 0, page.Limit + 1);
            return page.Answer(rows, row => row.Id.ToString(CultureInfo.InvariantCulture), row => View(session, row));
        });
    }

    private static Reply One(HttpContext http, Platform platform, long id)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session => Reply.Of(View(session, Of(session, principal, id))));
    }

    private static Reply Versions(HttpContext http, Platform platform, long id, string? hosting)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        return platform.Database.Read(session =>
        {
            var row = HostingOf(session, Of(session, principal, id), hosting);
            var (time, version) = page.AfterPair ?? (long.MaxValue, long.MaxValue);
            return page.Answer(
                VersionList.List(session, row.Id, time, version, page.Limit + 1),
                last => $"{last.ReleasedAt}:{last.Id}",
                found => new VersionView(found.Version, found.Build, Moment.Of(found.ReleasedAt), Moment.Of(found.NoticedAt), found.State, found.ArtifactId)
            );
        });
    }

    private static async Task<Reply> Checklist(HttpContext http, Platform platform, long id, string? hosting)
    {
        var principal = Caller.Of(http);
        var app = platform.Database.Read(session => Of(session, principal, id));
        // Who may read findings of another app of the partner sees that this one is there, and no more.
        if (!principal.May(Capability.ReadFindings, app.PartnerId, app.Id))
        {
            throw ProblemException.NotFound("checklist");
        }

        await platform.ReadAudit.RecordAsync(principal, [app.PartnerId], "checklist.read", $"app:{app.Key}");
        return platform.Database.Read(session =>
        {
            var row = HostingOf(session, app, hosting);
            var states = RunList
                .Checklist(session, principal.ScopeOf(Capability.ReadFindings), row.Id)
                .ToDictionary(state => state.Rule, StringComparer.Ordinal);
            var next = session.Find<long?>("select min(due_at) from scan_target where hosting_id = @Id", new { row.Id });
            var lines = platform
                .Rules.Rules.Where(rule => states.ContainsKey(rule.Id) || RuleEndpoints.IsOf(rule, row.Hosting))
                .Select(rule => Line(rule, states.GetValueOrDefault(rule.Id)))
                .OrderBy(line => line.Requirement, StringComparer.Ordinal)
                .ThenBy(line => line.Rule, StringComparer.Ordinal);
            return Reply.Of(new ChecklistView(app.Key, row.Hosting, Moment.Of(next), [.. lines]));
        });
    }

    private static async Task<Reply> Grant(HttpContext http, Platform platform, string key)
    {
        var principal = Caller.Of(http);
        var grant = await JsonBody.ReadAsync<AppGrant>(http);
        return platform.Database.Write(session =>
        {
            var partner = PartnerEndpoints.Of(session, principal, grant.Partner);
            var app = AppList.Grant(session, principal, partner.Id, key, grant.Name) ?? throw ProblemException.NotFound("partner");
            foreach (var hosting in grant.Hostings)
            {
                AppList.AddHosting(session, app.Id, hosting.Hosting, hosting.DescriptorUrl, hosting.MarketplaceId);
            }

            return Reply.Of(View(session, app));
        });
    }

    private static async Task<Reply> Revoke(HttpContext http, Platform platform, long id)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<RevokeAsk>(http);
        return platform.Database.Write(session =>
        {
            _ = Of(session, principal, id);
            return AppList.Revoke(session, principal, id, ask.Reason)
                ? Reply.Of(View(session, Of(session, principal, id)))
                : throw new ProblemException(ProblemKind.Conflict, "the app is nobody's: it is unproven already");
        });
    }

    private static Reply Archive(HttpContext http, Platform platform, long id)
    {
        var principal = Caller.Of(http);
        return platform.Database.Write(session => AppList.Archive(session, principal, id)) ? Reply.Done : throw ProblemException.NotFound("app");
    }

    private static ChecklistLine Line(Rules.Rule rule, RuleStateRow? state) =>
        new(
            rule.Id,
            rule.Requirement.Id,
            rule.Title,
            state?.Verdict ?? "not-tested",
            state?.Reason ?? "no run has looked at it yet",
            Moment.Of(state?.CheckedAt),
            Moment.Of(state?.DecidedAt),
            state?.Scanner,
            state?.ScannerVersion,
            state?.RunId
        );

    private static AppView View(Session session, AppRow row) =>
        new(
            row.Id,
            row.Key,
            row.Name,
            PartnerEndpoints.KeyOf(session, row.PartnerId),
            row.Ownership,
            [.. AppList.Hostings(session, row.Id).Select(hosting => new HostingView(hosting.Hosting, hosting.DescriptorUrl, hosting.MarketplaceId))],
            Moment.Of(row.CreatedAt)
        );
}

/// <param name="Ownership"><c>unproven</c>: private to who uploaded it, and never asked anything; <c>proven</c> or <c>granted</c>.</param>
public sealed record AppView(long Id, string Key, string Name, string Partner, string Ownership, IReadOnlyList<HostingView> Hostings, DateTimeOffset CreatedAt);

/// <param name="Hosting"><c>connect</c>, <c>forge</c> or <c>datacenter</c>.</param>
public sealed record HostingView(string Hosting, string? DescriptorUrl, string? MarketplaceId);

/// <param name="State"><c>public</c>, <c>private</c>, <c>submitted</c>, <c>rejected</c> or <c>upload</c>.</param>
public sealed record VersionView(string Version, long? Build, DateTimeOffset ReleasedAt, DateTimeOffset NoticedAt, string State, string? Artifact);

/// <param name="NextRun">When it is scanned next; null where nobody plans to.</param>
public sealed record ChecklistView(string App, string Hosting, DateTimeOffset? NextRun, IReadOnlyList<ChecklistLine> Rules);

/// <param name="Verdict"><c>pass</c>, <c>fail</c>, <c>inconclusive</c>, <c>not-applicable</c>, <c>exempt</c>, or <c>not-tested</c>.</param>
/// <param name="CheckedAt">When a run last looked.</param>
/// <param name="DecidedAt">When one last decided, pass or fail.</param>
public sealed record ChecklistLine(
    string Rule,
    string Requirement,
    string Title,
    string Verdict,
    string Reason,
    DateTimeOffset? CheckedAt,
    DateTimeOffset? DecidedAt,
    string? Scanner,
    long? ScannerVersion,
    string? Scan
);

/// <param name="Partner">Its key.</param>
public sealed record AppGrant(string Partner, string Name, IReadOnlyList<HostingView> Hostings);
