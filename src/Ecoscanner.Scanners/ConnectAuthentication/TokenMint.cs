using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ecoscanner.Apps;
using Ecoscanner.Probing;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>What an install request that Atlassian never signed is signed with.</summary>
internal enum InstallSignature
{
    Nothing,
    SecretOfItsBody,
    AlgorithmNone,
    OwnKey,
    OwnKeyForAnotherApp,
}

/// <summary>A way to come without Atlassian's signature.</summary>
internal sealed record InstallWay(string Purpose, InstallSignature Signature);

/// <summary>Makes the tokens that probes come with. Fake ones name nobody real; genuine ones carry the command that makes them anew.</summary>
internal sealed class TokenMint(ConnectApp app, TestTenant? tenant, TimeProvider time) : IDisposable
{
    /// <summary>In the order in which they are tried.</summary>
    public static readonly IReadOnlyList<InstallWay> InstallWays =
    [
        new("an install without a token", InstallSignature.Nothing),
        new("an install signed with the secret that it brings", InstallSignature.SecretOfItsBody),
        new("an install with alg none", InstallSignature.AlgorithmNone),
        new("an install signed with a key that is not Atlassian's", InstallSignature.OwnKey),
        new("an install signed with a key that is not Atlassian's, for another app", InstallSignature.OwnKeyForAnotherApp),
    ];

    private const string AnotherApp = "https://another-app.example.com";

    private readonly ConnectClaims claims = new(time);
    private readonly TenantTokens? tokens = tenant is null ? null : new TenantTokens(app.BaseUrl, tenant, time);
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));

    /// <summary>Tokens of a tenant that does not exist.</summary>
    public IEnumerable<(string Purpose, string Token)> Forged(ConnectLink link)
    {
        var request = Request(link, FakeIdentity.Issuer);
        yield return ("a token signed with a made-up secret", Jwt.Make(request, JwtKey.Shared(FakeIdentity.SharedSecret)));
        yield return ("a token with alg none", Jwt.Make(request, JwtKey.None));
        request.Remove("qsh");
        yield return ("a token without qsh, signed with a made-up secret", Jwt.Make(request, JwtKey.Shared(FakeIdentity.SharedSecret)));
    }

    /// <summary>A token of the test tenant.</summary>
    /// <param name="accountId">Whose; null takes the tenant's administrator.</param>
    public Credential Genuine(ConnectLink link, TenantTokenKind kind = TenantTokenKind.Request, string? accountId = null) =>
        OfTenant(
            link,
            tokens!.Make(kind, link.Method, link.Url, accountId),
            Command(link, $"--kind {Word(kind)}" + (accountId is null ? "" : $" --sub {Quote(accountId)}"))
        );

    /// <summary>A genuine token of the second test tenant.</summary>
    public Credential OfSecond(ConnectLink link) => OfTenant(link, tokens!.MakeForSecond(link.Method, link.Url), Command(link, "--second"));

    /// <summary>What an install of that tenant comes with.</summary>
    public Credential Of(InstallWay way, FakeInstall install, ConnectLink link)
    {
        var audience = way.Signature == InstallSignature.OwnKeyForAnotherApp ? AnotherApp : app.BaseUrl.AbsoluteUri.TrimEnd('/');
        var qsh = QueryStringHash.Of(link.Method, link.Url, app.BaseUrl);
        var request = claims.ForInstall(install.ClientKey, FakeIdentity.AccountId, qsh, audience);
        var signing = way.Signature switch
        {
            InstallSignature.SecretOfItsBody => JwtKey.Shared(install.SharedSecret),
            InstallSignature.AlgorithmNone => JwtKey.None,
            _ => JwtKey.Asymmetric(key.Value, FakeIdentity.KeyId),
        };
        return new Credential(way.Signature == InstallSignature.Nothing ? null : Jwt.Make(request, signing), install.Secret);
    }

    /// <summary>What a page is asked with as the fake tenant: signed with a secret that nobody keeps, so no command makes it anew.</summary>
    public Credential Of(FakeInstall install, ConnectLink link)
    {
        var token = Jwt.Make(Request(link, install.ClientKey), JwtKey.Shared(install.SharedSecret));
        return new Credential(token, FakeInstall.Unkept(token, "TOKEN-OF-THE-FAKE-TENANT"));
    }

    public void Dispose()
    {
        if (key.IsValueCreated)
        {
            key.Value.Dispose();
        }
    }

    private static Credential OfTenant(ConnectLink link, string token, string command) =>
        new(token, new ProbeSecret(token, command)) { Account = BudgetLine.SignedLink(link.Method, link.Url) };

    private JsonObject Request(ConnectLink link, string issuer) =>
        claims.ForRequest(issuer, FakeIdentity.AccountId, QueryStringHash.Of(link.Method, link.Url, app.BaseUrl));

    private string Command(ConnectLink link, string options) =>
        $"$(ecoscanner connect token {options} --method {link.Method} --url {Quote(link.Url.AbsoluteUri)} --base {Quote(app.BaseUrl.AbsoluteUri)})";

    // Inside single quotes a shell reads nothing but the quote itself; in a URL its escape means the same.
    private static string Quote(string text) => $"'{text.Replace("'", "%27", StringComparison.Ordinal)}'";

    private static string Word(TenantTokenKind kind) =>
        kind switch
        {
            TenantTokenKind.Request => "request",
            TenantTokenKind.Expired => "expired",
            TenantTokenKind.OtherUrl => "other-url",
            TenantTokenKind.Context => "context",
            TenantTokenKind.WrongSecret => "wrong-secret",
            TenantTokenKind.Unsigned => "unsigned",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of token"),
        };
}
