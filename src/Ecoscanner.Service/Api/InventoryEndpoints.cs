using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Inventories;

namespace Ecoscanner.Service.Api;

/// <summary>Which apps ship what, and campaigns of it.</summary>
internal static class InventoryEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/inventories/search", Search)
            .WithTags("inventories")
            .WithSummary("Which versions of which apps ship a library: by package URL and range, or by advisory.")
            .NeedsEverywhere(Capability.SearchInventories)
            .Lists<ShippedLibrary>()
            .Filters("q", "pkg:maven/org.yaml/snakeyaml <2.0, pkg:npm/lodash [4,5), or the id of an advisory.")
            .Filters("newest", "false: older versions of apps too.");
        var campaigns = api.MapGroup("/campaigns").WithTags("inventories");
        campaigns
            .MapPost("/preview", Preview)
            .WithSummary("Which apps a campaign is about, and what starting it does to each. Changes nothing.")
            .NeedsEverywhere(Capability.RunCampaigns)
            .Takes<CampaignAsk>()
            .Lists<CampaignTarget>();
        campaigns
            .MapPost("/", Start)
            .WithSummary("Starts a campaign: findings, and tickets as policy says. Started again it goes on, and closes what is repaired.")
            .NeedsEverywhere(Capability.RunCampaigns)
            .Once()
            .Takes<CampaignAsk>()
            .Answers<CampaignResult>();
    }

    private static async Task<Reply> Search(HttpContext http, Platform platform, string? q, string? newest)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        var query = QueryOf(platform, q ?? "", "?q");
        var part = platform.Database.Read(session =>
            InventorySearch.Part(session, principal.ScopeOf(Capability.SearchInventories), query, newest != "false", page.After, page.Limit)
        );
        await platform.ReadAudit.RecordAsync(
            principal,
            part.Rows.Select(row => row.PartnerId),
            "inventories.search",
            $"list:inventories {query.Text}".Truncated()
        );
        return page.Answer(part.Rows, part.Next);
    }

    private static async Task<Reply> Preview(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        var campaign = await ReadAsync(http, platform);
        var part = platform.Database.Read(session => Campaigns.Preview(session, principal.ScopeOf(Capability.RunCampaigns), campaign, page.After, page.Limit));
        await platform.ReadAudit.RecordAsync(principal, part.Rows.Select(row => row.Library.PartnerId), "campaign.preview", $"campaign:{campaign.Key}");
        return page.Answer(part.Rows, part.Next);
    }

    private static async Task<Reply> Start(HttpContext http, Platform platform) =>
        Reply.Of(await platform.Campaigns.StartAsync(Caller.Of(http), await ReadAsync(http, platform), http.RequestAborted));

    private static async Task<CampaignRequest> ReadAsync(HttpContext http, Platform platform)
    {
        var ask = await JsonBody.ReadAsync<CampaignAsk>(http);
        var campaign = new CampaignRequest(ask.Key, ask.Title, ask.Reason, QueryOf(platform, ask.Query, "/query"), ask.Cvss);
        return campaign.Problem is { } problem ? throw new ProblemException(ProblemKind.Invalid, problem) : campaign;
    }

    private static LibraryQuery QueryOf(Platform platform, string text, string pointer)
    {
        using var index = IndexOf(platform);
        return LibraryQuery.Parse(text, index, out var problem) ?? throw ProblemException.Wrong(pointer, $"is no search: {problem}");
    }

    private static AdvisoryIndex? IndexOf(Platform platform)
    {
        try
        {
            return AdvisoryIndex.Open(platform.Options.Advisories ?? AdvisoryHome.IndexPath());
        }
        catch (AdvisoryIndexException)
        {
            return null;
        }
    }
}

/// <param name="Key">Short words that stand in identities: lower-case letters, digits and hyphens.</param>
/// <param name="Title">What is wrong with apps that ship it, for their partners.</param>
/// <param name="Reason">Why, for the audit.</param>
/// <param name="Query">As in a search.</param>
public sealed record CampaignAsk(string Key, string Title, string Reason, string Query, double Cvss);
