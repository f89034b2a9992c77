using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>Partners: made by staff, seen by those who belong to them.</summary>
internal static class PartnerEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var partners = api.MapGroup("/partners").WithTags("catalogue");
        partners.MapGet("/", List).WithSummary("Partners, by id.").Needs(Capability.ReadApps).Lists<PartnerView>();
        partners.MapGet("/{partner}", One).WithSummary("One partner.").Needs(Capability.ReadApps).Answers<PartnerView>().Problems(404);
        partners
            .MapPost("/", Add)
            .WithSummary("Adds a partner.")
            .NeedsEverywhere(Capability.ManageCatalogue)
            .Once()
            .Takes<NewPartner>()
            .Answers<PartnerView>(201);
    }

    /// <summary>The partner of that key, or it does not exist.</summary>
    public static PartnerRow Of(Session session, Principal principal, string key) =>
        Partners.Find(session, principal, key) ?? throw ProblemException.NotFound("partner");

    /// <summary>The partner that a request is for: the one that it names, or the only one for which the principal may do it.</summary>
    public static long IdOf(Session session, Principal principal, Capability capability, string? key)
    {
        if (!string.IsNullOrEmpty(key))
        {
            return Of(session, principal, key).Id;
        }

        var own = principal
            .Grants.Where(grant => grant.Gives(capability) && grant.PartnerId is not null)
            .Select(grant => grant.PartnerId!.Value)
            .Distinct()
            .ToList();
        return own is [var only]
            ? only
            : throw ProblemException.Wrong(
                "?partner",
                own.Count == 0 ? "is missing; name the partner" : "is missing; you belong to several partners, name one"
            );
    }

    public static string KeyOf(Session session, long id) => session.One<string>("select key from partner where id = @id", new { id });

    private static Reply List(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        return platform.Database.Read(session =>
            page.Answer(Partners.List(session, principal, page.AfterId ?? 0, page.Limit + 1), row => row.Id.ToString(CultureInfo.InvariantCulture), View)
        );
    }

    private static Reply One(HttpContext http, Platform platform, string partner)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session => Reply.Of(View(Of(session, principal, partner))));
    }

    private static async Task<Reply> Add(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var added = await JsonBody.ReadAsync<NewPartner>(http);
        return platform.Database.Write(session =>
        {
            var row = Partners.Add(session, principal, added.Key, added.Name) ?? throw ProblemException.NotFound("partner");
            return Reply.Created($"{Endpoints.Root}/partners/{row.Key}", View(row));
        });
    }

    private static PartnerView View(PartnerRow row) =>
        new(row.Id, row.Key, row.Name, row.RequiresSecondFactor, Moment.Of(row.CreatedAt), Moment.Of(row.OffboardedAt));
}

public sealed record PartnerView(long Id, string Key, string Name, bool RequiresSecondFactor, DateTimeOffset CreatedAt, DateTimeOffset? OffboardedAt);

/// <param name="Key">Letters, digits, dots, hyphens and underscores; for ever.</param>
public sealed record NewPartner(string Key, string Name);
