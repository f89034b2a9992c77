using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>Which hosts are a partner's: challenges to prove it, and operators' grants.</summary>
internal static class OwnershipEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var ownership = api.MapGroup("/ownership").WithTags("catalogue");
        ownership
            .MapGet("/", List)
            .WithSummary("A partner's proofs and grants of hosts, newest first, with what was seen instead.")
            .Needs(Capability.ReadApps)
            .Answers<OwnershipList>()
            .Filters("partner", "The partner's key.")
            .Problems(404);
        ownership
            .MapPost("/", Ask)
            .WithSummary(
                "Asks for a proof of a host: the challenge to put there, as dns-txt or well-known. Asking again gives the same one as long as it is open."
            )
            .Needs(Capability.ManageSecrets)
            .Takes<OwnershipAsk>()
            .Answers<OwnershipView>(201)
            .Problems(404, 409);
        ownership
            .MapPost("/grants", Grant)
            .WithSummary("Says that a host is a partner's, on the operator's word.")
            .NeedsEverywhere(Capability.ManageCatalogue)
            .Takes<HostGrant>()
            .Answers<OwnershipView>(201)
            .Problems(404, 409);
        ownership
            .MapPost("/{id:long}/revoke", Revoke)
            .WithSummary("Ends a proof or grant of a host, with a reason. Apps that stood on it are unproven, and what is uploaded of them is only read.")
            .NeedsEverywhere(Capability.ManageCatalogue)
            .Takes<RevokeAsk>()
            .Answers<OwnershipView>()
            .Problems(404);
        ownership
            .MapDelete("/{id:long}", GiveUp)
            .WithSummary("The partner gives up a proof or grant of its own.")
            .Needs(Capability.ManageSecrets)
            .Produces(204)
            .Problems(404);
    }

    private static Reply List(HttpContext http, Platform platform, string? partner)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session =>
        {
            var id = PartnerEndpoints.IdOf(session, principal, Capability.ReadApps, partner);
            return Reply.Of(new OwnershipList([.. OwnershipProofs.List(session, principal, id).Select(View)]));
        });
    }

    private static async Task<Reply> Ask(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<OwnershipAsk>(http);
        return Made(
            platform,
            session =>
                OwnershipProofs.Ask(session, principal, PartnerEndpoints.IdOf(session, principal, Capability.ManageSecrets, ask.Partner), ask.Host, ask.Method)
        );
    }

    private static async Task<Reply> Grant(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<HostGrant>(http);
        return Made(
            platform,
            session => OwnershipProofs.Grant(session, principal, PartnerEndpoints.Of(session, principal, ask.Partner).Id, ask.Host, ask.Reason)
        );
    }

    private static async Task<Reply> Revoke(HttpContext http, Platform platform, long id)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<RevokeAsk>(http);
        var proof = platform.Database.Write(session => OwnershipProofs.Revoke(session, principal, id, ask.Reason));
        return Reply.Of(View(proof ?? throw ProblemException.NotFound("proof")));
    }

    private static Reply GiveUp(HttpContext http, Platform platform, long id)
    {
        var principal = Caller.Of(http);
        return platform.Database.Write(session => OwnershipProofs.Revoke(session, principal, id, "given up")) is null
            ? throw ProblemException.NotFound("proof")
            : Reply.Done;
    }

    private static Reply Made(Platform platform, Func<Session, ProofRow?> make)
    {
        try
        {
            var proof = platform.Database.Write(make) ?? throw ProblemException.NotFound("partner");
            return Reply.Created($"{Endpoints.Root}/ownership", View(proof));
        }
        catch (CatalogueException e)
        {
            throw new ProblemException(ProblemKind.Conflict, e.Message);
        }
    }

    private static OwnershipView View(ProofRow row) =>
        new(
            row.Id,
            row.Subject,
            row.Method,
            row.State,
            row.Challenge,
            row.Method switch
            {
                "dns-txt" => OwnershipProofs.RecordPrefix + row.Subject,
                "well-known" => $"https://{row.Subject}{OwnershipProofs.WellKnownPath}",
                _ => null,
            },
            Moment.Of(row.AskedAt),
            Moment.Of(row.ProvenAt),
            Moment.Of(row.RenewAt),
            row.Failure
        );
}

/// <param name="Method"><c>dns-txt</c> or <c>well-known</c>.</param>
/// <param name="Partner">The partner's key; null where who asks belongs to one alone.</param>
public sealed record OwnershipAsk(string Host, string Method, string? Partner = null);

public sealed record HostGrant(string Partner, string Host, string Reason);

public sealed record RevokeAsk(string Reason);

public sealed record OwnershipList(IReadOnlyList<OwnershipView> Items);

/// <param name="Challenge">What must stand at the place; null for grants.</param>
/// <param name="Place">The DNS name or URL; null for grants.</param>
/// <param name="Failure">What was seen instead, the last time.</param>
public sealed record OwnershipView(
    long Id,
    string Host,
    string Method,
    string State,
    string? Challenge,
    string? Place,
    DateTimeOffset AskedAt,
    DateTimeOffset? ProvenAt,
    DateTimeOffset? RenewAt,
    string? Failure
);
