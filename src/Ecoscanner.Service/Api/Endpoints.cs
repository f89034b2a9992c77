namespace Ecoscanner.Service.Api;

/// <summary>All endpoints.</summary>
internal static class Endpoints
{
    public const string Root = "/api/v1";

    public static void Map(WebApplication site)
    {
        site.MapOpenApi("/api/{documentName}/openapi.json").WithMetadata(new EndpointAccess(null, IsPublic: true));
        site.MapGet("/healthz", (Platform platform) => Reply.Of(new Health("up", platform.Database.Read(session => session.Clock))))
            .WithTags("service")
            .WithSummary("Whether the service answers and its database can be read.")
            .Public()
            .Answers<Health>();
    }
}

/// <param name="Status"><c>up</c>.</param>
/// <param name="Clock">The service's time, milliseconds since 1970.</param>
public sealed record Health(string Status, long Clock);
