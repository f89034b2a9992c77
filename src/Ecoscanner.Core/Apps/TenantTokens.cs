namespace Ecoscanner.Apps;

/// <summary>What a token of a test tenant is right or wrong in.</summary>
public enum TenantTokenKind
{
    /// <summary>Right in everything: opens the URL it was made for.</summary>
    Request,

    /// <summary>As a request's, but it expired an hour ago.</summary>
    Expired,

    /// <summary>Genuinely signed, for another URL.</summary>
    OtherUrl,

    /// <summary>As scripts of an iframe get it: bound to no URL.</summary>
    Context,

    /// <summary>As a request's, signed with a secret that is not the tenant's.</summary>
    WrongSecret,

    /// <summary>As a request's, with <c>alg: none</c>.</summary>
    Unsigned,
}

/// <summary>Makes tokens of a test tenant, right ones and ones that are wrong in a single thing: for probes, and for a person who repeats one.</summary>
public sealed class TenantTokens(Uri baseUrl, TestTenant tenant, TimeProvider time)
{
    // Beyond any leeway for clocks that differ.
    private static readonly TimeSpan SinceExpiry = TimeSpan.FromHours(1);

    /// <summary>A token of the tenant.</summary>
    /// <param name="method">Of the request it is for.</param>
    /// <param name="url">Of the request it is for, without the token.</param>
    /// <param name="accountId">Whose token; null takes the tenant's administrator, or nobody where the tenant names none.</param>
    public string Make(TenantTokenKind kind, string method, Uri url, string? accountId = null) =>
        Make(kind, tenant.ClientKey, tenant.SharedSecret, method, url, accountId ?? tenant.AdminAccountId);

    /// <summary>A genuine token of the second tenant.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public string MakeForSecond(string method, Uri url)
    {
        var second = tenant.Second ?? throw new InvalidOperationException("the test tenant names no second tenant");
        return Make(TenantTokenKind.Request, second.ClientKey, second.SharedSecret, method, url, tenant.AdminAccountId);
    }

    private string Make(TenantTokenKind kind, string clientKey, string secret, string method, Uri url, string? accountId)
    {
        var issued = kind == TenantTokenKind.Expired ? new ConnectClaims(new Earlier(time, SinceExpiry + ConnectClaims.Lifetime)) : new ConnectClaims(time);
        var asked = kind == TenantTokenKind.OtherUrl ? new Uri(baseUrl, "/ecoscanner-another-url") : url;
        var claims =
            kind == TenantTokenKind.Context
                ? issued.ForContext(clientKey, accountId)
                : issued.ForRequest(clientKey, accountId, QueryStringHash.Of(method, asked, baseUrl));
        return Jwt.Make(
            claims,
            kind switch
            {
                TenantTokenKind.WrongSecret => JwtKey.Shared(FakeIdentity.SharedSecret),
                TenantTokenKind.Unsigned => JwtKey.None,
                _ => JwtKey.Shared(secret),
            }
        );
    }

    private sealed class Earlier(TimeProvider time, TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() - by;
    }
}
