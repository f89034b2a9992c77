using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Api;

/// <summary>Finds out who asks, and whether they may call what they call. What says nothing of who may call it is answered to nobody.</summary>
internal sealed class Authentication(RequestDelegate next)
{
    /// <summary>The browser sends it to this host alone, over TLS or within this machine alone.</summary>
    public const string Cookie = "__Host-ecoscanner";

    public const string CsrfHeader = "X-Csrf-Token";

    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext http, Platform platform)
    {
        // Nothing of ours is there: the answer is 404 or 405, whoever asks.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }

        var access =
            endpoint.Metadata.GetMetadata<EndpointAccess>()
            ?? throw new InvalidOperationException($"{endpoint.DisplayName} does not say who may call it, so nobody may");
        Identify(http, platform);
        if (!access.IsPublic)
        {
            Check(Caller.Of(http), access);
        }

        await next(http);
    }

    private static void Identify(HttpContext http, Platform platform)
    {
        if (http.Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            var principal = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? platform.Tokens.Find(header[Scheme.Length..].Trim()) : null;
            http.Features.Set(principal ?? throw new ProblemException(ProblemKind.NotSignedIn, "the token is none, or has ended; get a new one"));
            return;
        }

        // Another site's page may have sent it; browsers say so.
        var changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        if (changes && http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
        {
            throw new ProblemException(ProblemKind.NotAllowed, "another site's page may not do this");
        }

        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie || platform.Sessions.Find(cookie) is not { } signedIn)
        {
            return;
        }

        var isSignIn = http.GetEndpoint()?.Metadata.GetMetadata<EndpointAccess>() is { IsPublic: true };
        if (changes && !isSignIn && !signedIn.Accepts(http.Request.Headers[CsrfHeader].ToString()))
        {
            throw new ProblemException(ProblemKind.NotAllowed, $"send {CsrfHeader} with the csrfToken of GET /api/v1/session");
        }

        http.Features.Set(signedIn);
        http.Features.Set(signedIn.Principal);
    }

    private static void Check(Principal principal, EndpointAccess access)
    {
        if (access.Capability is not { } capability)
        {
            return;
        }

        if (access.IsEverywhere ? !principal.MayEverywhere(capability) : principal.ScopeOf(capability).IsEmpty)
        {
            throw new ProblemException(
                ProblemKind.NotAllowed,
                $"this needs {CapabilityWords.Of(capability)}{(access.IsEverywhere ? " over the whole platform" : "")}"
            );
        }

        if (access.NeedsFresh && !principal.IsFresh)
        {
            throw new ProblemException(ProblemKind.NotFresh, "this needs a sign-in of the last minutes; sign in again");
        }
    }
}
