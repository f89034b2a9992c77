using System.Text.Json.Nodes;

namespace Ecoscanner.Apps;

/// <summary>The claims of Connect's tokens as the products make them. A probe changes what it wants to be wrong before it signs.</summary>
public sealed class ConnectClaims(TimeProvider time)
{
    // What the products give an iframe's token.
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    /// <summary>Claims of a token for one request: an iframe's URL or a server's call. Signed with the tenant's secret.</summary>
    /// <param name="issuer">The tenant's client key.</param>
    /// <param name="accountId">The user; null leaves <c>sub</c> out.</param>
    /// <param name="queryStringHash">Of the request, from <see cref="QueryStringHash"/>.</param>
    public JsonObject ForRequest(string issuer, string? accountId, string queryStringHash)
    {
        var claims = Basic(issuer, accountId);
        claims["qsh"] = queryStringHash;
        claims["context"] = new JsonObject();
        return claims;
    }

    /// <summary>Claims of a context token, which an iframe's scripts send to their app: bound to no URL, so no page may open by it.</summary>
    public JsonObject ForContext(string issuer, string? accountId) => ForRequest(issuer, accountId, QueryStringHash.OfContextToken);

    /// <summary>Claims of a session token as atlassian-connect-express issues it in <c>X-acpt</c>: by the app, for a tenant, without hash.</summary>
    public JsonObject ForSession(string appKey, string clientKey, string? accountId)
    {
        var claims = Basic(appKey, accountId);
        claims["aud"] = new JsonArray(clientKey);
        claims["context"] = new JsonObject();
        return claims;
    }

    /// <summary>Claims of an install or uninstall callback. Signed with a key of Atlassian's, RS256.</summary>
    /// <param name="audience">The app's base URL.</param>
    public JsonObject ForInstall(string issuer, string? accountId, string queryStringHash, string audience)
    {
        var claims = ForRequest(issuer, accountId, queryStringHash);
        claims["aud"] = new JsonArray(audience);
        return claims;
    }

    private JsonObject Basic(string issuer, string? accountId)
    {
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        };
        if (accountId is not null)
        {
            claims["sub"] = accountId;
        }

        return claims;
    }
}
