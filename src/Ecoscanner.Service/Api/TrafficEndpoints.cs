using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Service.Api;

/// <summary>The keys that sign what runs send, for those who get it (draft-meunier-webbotauth-httpsig-protocol).</summary>
internal static class TrafficEndpoints
{
    public static void Map(RouteGroupBuilder all) =>
        all.MapGet(KeyDirectory.WellKnownPath, Keys)
            .WithTags("service")
            .WithSummary("The keys that sign the requests of scans, as a JSON Web Key Set that is itself signed by each of them.")
            .Public()
            .Produces(200, contentType: KeyDirectory.MediaType)
            .Problems(404);

    private static IResult Keys(HttpContext http, Platform platform)
    {
        if (platform is not { TrafficKeys: { } keys, Options.Origin: { } origin })
        {
            throw new ProblemException(ProblemKind.NotFound, "this service signs nothing that it sends; it is started without --origin");
        }

        var answer = DirectoryResponse.Of(keys, origin, platform.Options.Time);
        foreach (var field in answer.Headers.Where(field => field.Name != "Content-Type"))
        {
            // In place of what all answers have: this one may be kept.
            http.Response.Headers[field.Name] = field.Value;
        }

        return Results.Bytes(answer.Body, KeyDirectory.MediaType);
    }
}
