using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Scanners.ForgeRemotes;

/// <summary>
/// Makes Forge Invocation Tokens that Atlassian never signed. Each has what a remote looks at as it should be, but for one thing; what they name exists
/// nowhere.
/// </summary>
internal sealed class InvocationTokens(ForgeApp app, TimeProvider time) : IDisposable
{
    private const string Issuer = "forge/invocation-token";

    // What the platform gives a token.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(25);

    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));

    /// <summary>In the order in which they are tried.</summary>
    public IEnumerable<(string Purpose, string Token)> Forged()
    {
        yield return ("a token with alg none", Jwt.Make(Claims(), JwtKey.None));
        yield return ("a token signed with a key that is not Atlassian's", Signed(Claims()));

        var expired = Claims();
        expired["iat"] = Seconds(TimeSpan.FromDays(-1));
        expired["nbf"] = Seconds(TimeSpan.FromDays(-1));
        expired["exp"] = Seconds(TimeSpan.FromDays(-1) + Lifetime);
        yield return ("an expired token signed with a key that is not Atlassian's", Signed(expired));

        var otherApp = Claims();
        otherApp["aud"] = $"ari:cloud:ecosystem::app/{FakeIdentity.Prefix}app";
        yield return ("a token for another app, signed with a key that is not Atlassian's", Signed(otherApp));

        var otherIssuer = Claims();
        otherIssuer["iss"] = FakeIdentity.Issuer;
        yield return ("a token of another issuer, signed with a key that is not Atlassian's", Signed(otherIssuer));
    }

    public void Dispose()
    {
        if (key.IsValueCreated)
        {
            key.Value.Dispose();
        }
    }

    // Atlassian's key ids look so; nobody has this one.
    private string Signed(JsonObject claims) => Jwt.Make(claims, JwtKey.Asymmetric(key.Value, $"{Issuer}/wf-{Guid.NewGuid()}"));

    private JsonObject Claims()
    {
        var id = app.Manifest.App.Id?.Value ?? app.Key;
        return new JsonObject
        {
            ["app"] = new JsonObject
            {
                ["id"] = id,
                ["version"] = "1",
                ["installationId"] = $"ari:cloud:ecosystem::installation/{FakeIdentity.FreshClientKey()}",
                // A remote that believes it and calls back reaches nobody (RFC 2606).
                ["apiBaseUrl"] = $"https://{FakeIdentity.Prefix}api.invalid",
                ["environment"] = new JsonObject { ["type"] = "PRODUCTION", ["id"] = $"{FakeIdentity.Prefix}environment" },
                ["module"] = new JsonObject { ["type"] = "core:endpoint", ["key"] = $"{FakeIdentity.Prefix}module" },
            },
            ["context"] = new JsonObject { ["cloudId"] = $"{FakeIdentity.Prefix}cloud" },
            ["principal"] = FakeIdentity.AccountId,
            ["aud"] = id,
            ["iss"] = Issuer,
            ["iat"] = Seconds(TimeSpan.Zero),
            ["nbf"] = Seconds(TimeSpan.Zero),
            ["exp"] = Seconds(Lifetime),
            ["jti"] = RandomNumberGenerator.GetHexString(40, lowercase: true),
        };
    }

    private long Seconds(TimeSpan from) => (time.GetUtcNow() + from).ToUnixTimeSeconds();
}
