using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Api;

/// <summary>What an endpoint asks of who calls it. One without it is answered to nobody.</summary>
/// <param name="Capability">What they must have somewhere; null where being signed in is enough, or not even that.</param>
/// <param name="IsPublic">True where nobody need be signed in.</param>
public sealed record EndpointAccess(Capability? Capability, bool IsPublic)
{
    /// <summary>True where it is the whole platform's affair, and a right for one partner is none.</summary>
    public bool IsEverywhere { get; init; }

    /// <summary>True where the password or provider must have been asked minutes ago.</summary>
    public bool NeedsFresh { get; init; }
}

/// <summary>How endpoints say what they need, take and answer; the document of the API is made of it.</summary>
internal static class EndpointWords
{
    /// <summary>Whoever has it for any partner or app may call; rows are filtered inside.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, Capability capability) =>
        endpoint.WithMetadata(new EndpointAccess(capability, IsPublic: false)).Problems(401, 403);

    /// <summary>Only who has it over all partners.</summary>
    public static RouteHandlerBuilder NeedsEverywhere(this RouteHandlerBuilder endpoint, Capability capability) =>
        endpoint.WithMetadata(new EndpointAccess(capability, IsPublic: false) { IsEverywhere = true }).Problems(401, 403);

    /// <summary>The same, and signed in minutes ago.</summary>
    public static RouteHandlerBuilder NeedsFresh(this RouteHandlerBuilder endpoint, Capability capability) =>
        endpoint.WithMetadata(new EndpointAccess(capability, IsPublic: false) { NeedsFresh = true }).Problems(401, 403);

    /// <summary>Whoever is signed in.</summary>
    public static RouteHandlerBuilder SignedIn(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new EndpointAccess(null, IsPublic: false)).Problems(401);

    /// <summary>Anybody.</summary>
    public static RouteHandlerBuilder Public(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new EndpointAccess(null, IsPublic: true));

    /// <summary>Takes a body of JSON.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint)
        where T : notnull => endpoint.Accepts<T>("application/json").Problems(413, 415, 422);

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) =>
        endpoint.Produces<T>(status, "application/json");

    /// <summary>Answers a part of a list.</summary>
    public static RouteHandlerBuilder Lists<T>(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<Listing<T>>(StatusCodes.Status200OK, "application/json").WithMetadata(ListMarker.Instance).Problems(404, 422);

    /// <summary>Takes a parameter in its query.</summary>
    public static RouteHandlerBuilder Filters(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.WithMetadata(new QueryParameter(name, description));

    /// <summary>What may go wrong beside what may with every endpoint.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.MediaType]));
        }

        return endpoint;
    }

    /// <summary>Changes a row that has versions: <c>If-Match</c> must be sent.</summary>
    public static RouteHandlerBuilder ChangesVersion(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(VersionMarker.Instance).Problems(412, 428);

    /// <summary>Is done once for one <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder Once(this RouteHandlerBuilder endpoint) =>
        endpoint
            .WithMetadata(OnceMarker.Instance)
            .Problems(409)
            .AddEndpointFilter(
                async (call, next) =>
                {
                    var http = call.HttpContext;
                    if (Idempotency.KeyOf(http) is null)
                    {
                        return await next(call);
                    }

                    var body = await JsonBody.BytesAsync(http.Request, http.RequestAborted);
                    http.Request.Body = new MemoryStream(body.ToArray(), writable: false);
                    var idempotency = http.RequestServices.GetRequiredService<Idempotency>();
                    return await idempotency.OnceAsync(http, Idempotency.DigestOf(http, body.Span), async () => (IResult)(await next(call))!);
                }
            );
}

/// <summary>Marks lists, for the document.</summary>
internal sealed class ListMarker
{
    public static readonly ListMarker Instance = new();
}

/// <summary>Marks what takes a file, of whatever type it says to be, for the document.</summary>
internal sealed class FileMarker
{
    public static readonly FileMarker Instance = new();
}

/// <summary>Marks what needs <c>If-Match</c>, for the document.</summary>
internal sealed class VersionMarker
{
    public static readonly VersionMarker Instance = new();
}

/// <summary>Marks what takes <c>Idempotency-Key</c>, for the document.</summary>
internal sealed class OnceMarker
{
    public static readonly OnceMarker Instance = new();
}
