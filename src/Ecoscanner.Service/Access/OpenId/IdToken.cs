using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ecoscanner.Service.Access.OpenId;

/// <summary>What a provider says about who signed in.</summary>
/// <param name="Email">Null where the provider does not vouch for one.</param>
/// <param name="AuthenticatedAt">When the person proved who they are; null where the provider does not say.</param>
internal sealed record Identity(string Subject, string? Email, string Name, IReadOnlyList<string> Methods, DateTimeOffset? AuthenticatedAt);

/// <summary>Checks id tokens (OpenID Connect Core, 3.1.3.7).</summary>
internal static class IdToken
{
    private const int MaximumBytes = 32 * 1024;
    private const int MaximumSubject = 255;
    private const int MaximumMethods = 20;

    // What clocks may differ by.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    // Signatures by the provider's own private key only: with "none" or a MAC anybody could make one.
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaximumBytes };

    /// <summary>Who it is, or why the token proves nothing, and then whether a newer set of keys may change that.</summary>
    public static async Task<(Identity? Identity, string? Reason, bool IsKeyMissing)> CheckAsync(
        string token,
        OpenIdProvider provider,
        IReadOnlyList<SecurityKey> keys,
        string nonce,
        DateTimeOffset now
    )
    {
        var issuer = provider.Issuer.AbsoluteUri;
        var checkedToken = await Handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuers = [issuer, issuer.TrimEnd('/')],
                ValidAudience = provider.ClientId,
                IssuerSigningKeys = keys,
                ValidAlgorithms = Algorithms,
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                // The framework's own looks at the machine's clock.
                LifetimeValidator = (begins, ends, _, _) => ends is { } end && now - Skew < Utc(end) && (begins is not { } begin || now + Skew > Utc(begin)),
                TryAllIssuerSigningKeys = false,
            }
        );
        if (!checkedToken.IsValid)
        {
            // The message may quote the token; the kind of failure says enough.
            return (null, checkedToken.Exception?.GetType().Name ?? "not valid", checkedToken.Exception is SecurityTokenInvalidSignatureException);
        }

        var read = (JsonWebToken)checkedToken.SecurityToken;
        if (!Secret.Same(nonce, Text(read, "nonce")))
        {
            return (null, "wrong nonce", false);
        }

        if ((read.Audiences.Count() > 1 || Text(read, "azp") is not null) && Text(read, "azp") != provider.ClientId)
        {
            return (null, "made for another party", false);
        }

        if (read.Subject is not { Length: > 0 and <= MaximumSubject } subject || read.IssuedAt == DateTime.MinValue || now + Skew < Utc(read.IssuedAt))
        {
            return (null, "no subject or time of issue", false);
        }

        var email = IsVerified(read) && EmailAddress.TryParse(Text(read, "email"), out var normal) ? normal : null;
        return (new Identity(subject, email, Text(read, "name") ?? "", Methods(read), AuthenticatedAt(read, now)), null, false);
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static bool IsVerified(JsonWebToken token) => token.TryGetPayloadValue<object>("email_verified", out var value) && value is true or "true";

    private static string? Text(JsonWebToken token, string name) => token.TryGetPayloadValue<object>(name, out var value) ? value as string : null;

    private static IReadOnlyList<string> Methods(JsonWebToken token) =>
        [.. token.Claims.Where(claim => claim.Type == "amr").Select(claim => claim.Value).Take(MaximumMethods)];

    private static DateTimeOffset? AuthenticatedAt(JsonWebToken token, DateTimeOffset now)
    {
        if (!token.TryGetPayloadValue<object>("auth_time", out var value) || value is not (int or long) || Convert.ToInt64(value) is < 0 or > 253_402_300_799)
        {
            return null;
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(Convert.ToInt64(value));
        return at < now ? at : now;
    }
}
