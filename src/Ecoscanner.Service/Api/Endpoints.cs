namespace Ecoscanner.Service.Api;

/// <summary>All endpoints.</summary>
internal static class Endpoints
{
    public const string Root = "/api/v1";

    public static void Map(WebApplication site)
    {
        site.MapOpenApi("/api/{documentName}/openapi.json").WithMetadata(new EndpointAccess(null, IsPublic: true));
        var all = site.MapGroup("");
        all.MapGet("/healthz", (Platform platform) => Reply.Of(new Health("up", Moment.Of(platform.Database.Read(session => session.Clock)))))
            .WithTags("service")
            .WithSummary("Whether the service answers and its database can be read.")
            .Public()
            .Answers<Health>();
        TrafficEndpoints.Map(all);
        var api = all.MapGroup(Root);
        ArtifactEndpoints.Map(api);
        ScanOrderEndpoints.Map(api);
        ScanEndpoints.Map(api);
        AppEndpoints.Map(api);
        FindingEndpoints.Map(api);
        TicketEndpoints.Map(api);
        TicketMoveEndpoints.Map(api);
        InventoryEndpoints.Map(api);
        RuleEndpoints.Map(api);
        GateEndpoints.Map(api);
        SessionEndpoints.Map(api);
        AccountEndpoints.Map(api);
        TokenEndpoints.Map(api);
        AuditEndpoints.Map(api);
        PartnerEndpoints.Map(api);
        OwnershipEndpoints.Map(api);
        QuotaEndpoints.Map(api);
        PolicyEndpoints.Map(api);
        ScannerEndpoints.Map(api);
        QueueEndpoints.Map(api);
    }
}

/// <param name="Status"><c>up</c>.</param>
/// <param name="Clock">The service's time.</param>
public sealed record Health(string Status, DateTimeOffset Clock);
