using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Api;

/// <summary>Who asks, as the edge found out.</summary>
internal static class Caller
{
    /// <summary>Whoever is signed in.</summary>
    /// <exception cref="ProblemException">Nobody is.</exception>
    public static Principal Of(HttpContext http) => http.Features.Get<Principal>() ?? throw new ProblemException(ProblemKind.NotSignedIn, "sign in, or send a token");

    /// <summary>The same, where they may do it to what is that partner's and app's; else it does not exist for them.</summary>
    public static Principal Of(HttpContext http, Capability capability, long partnerId, long? appId, string what)
    {
        var principal = Of(http);
        return principal.May(capability, partnerId, appId) ? principal : throw ProblemException.NotFound(what);
    }
}
