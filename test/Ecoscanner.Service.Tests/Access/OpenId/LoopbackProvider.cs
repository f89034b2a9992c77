using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecoscanner.Service.Tests.Access.OpenId;

/// <summary>A provider of identities on this machine, over real HTTP; what it answers can be made wrong.</summary>
internal sealed class LoopbackProvider : IAsyncDisposable
{
    public const string ClientId = "ecoscanner";
    public const string ClientSecret = "client-secret-0123456789";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Grant> codes = new(StringComparer.Ordinal);
    private RSA key = RSA.Create(2048);
    private string keyId = "one";

    private LoopbackProvider(WebApplication app) => this.app = app;

    public Uri Issuer { get; private set; } = null!;

    /// <summary>Changes the claims of the next tokens.</summary>
    public Action<Dictionary<string, object>> Claims { get; set; } = _ => { };

    /// <summary>Makes the token from its parts, where it is to be a wrong one.</summary>
    public Func<Dictionary<string, object>, string>? Token { get; set; }

    /// <summary>What the metadata says, changed.</summary>
    public Action<Dictionary<string, object>> Metadata { get; set; } = _ => { };

    /// <summary>Requests so far, by path.</summary>
    public ConcurrentBag<string> Requests { get; } = [];

    public string PublicKeyPem => key.ExportSubjectPublicKeyInfoPem();

    public static async Task<LoopbackProvider> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (certificate is not null)
                    {
                        listen.UseHttps(certificate);
                    }
                }
            )
        );
        var provider = new LoopbackProvider(builder.Build());
        provider.Map();
        await provider.app.StartAsync();
        provider.Issuer = new Uri(provider.app.Urls.Single());
        return provider;
    }

    /// <summary>What the browser does: goes to the provider, is known there, and comes back with a code and the state.</summary>
    public (string Code, string State) Authorize(Uri url)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.Query);
        Assert.Equal(("code", "S256", ClientId), ($"{query["response_type"]}", $"{query["code_challenge_method"]}", $"{query["client_id"]}"));
        var code = Guid.NewGuid().ToString("N");
        codes[code] = new Grant($"{query["code_challenge"]}", $"{query["nonce"]}", $"{query["redirect_uri"]}");
        return (code, $"{query["state"]}");
    }

    /// <summary>The provider changes its key.</summary>
    public void Rotate()
    {
        key = RSA.Create(2048);
        keyId = "two";
    }

    public string Sign(Dictionary<string, object> claims, RSA? with = null, string algorithm = "RS256", string? kid = null)
    {
        var text =
            Part(
                new Dictionary<string, object>
                {
                    ["alg"] = algorithm,
                    ["typ"] = "JWT",
                    ["kid"] = kid ?? keyId,
                }
            )
            + "."
            + Part(claims);
        var signature = algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(PublicKeyPem), Encoding.ASCII.GetBytes(text)),
            _ => (with ?? key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private static string Part(Dictionary<string, object> part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private void Map()
    {
        app.Use(
            (http, next) =>
            {
                Requests.Add(http.Request.Path);
                return next(http);
            }
        );
        app.MapGet(
            "/.well-known/openid-configuration",
            () =>
            {
                var metadata = new Dictionary<string, object>
                {
                    ["issuer"] = Issuer.AbsoluteUri.TrimEnd('/'),
                    ["authorization_endpoint"] = $"{Issuer}authorize",
                    ["token_endpoint"] = $"{Issuer}token",
                    ["jwks_uri"] = $"{Issuer}keys",
                };
                Metadata(metadata);
                return Results.Json(metadata);
            }
        );
        app.MapGet(
            "/keys",
            () =>
            {
                var parameters = key.ExportParameters(false);
                return Results.Json(
                    new
                    {
                        keys = new[]
                        {
                            new
                            {
                                kty = "RSA",
                                use = "sig",
                                kid = keyId,
                                n = Base64Url.EncodeToString(parameters.Modulus),
                                e = Base64Url.EncodeToString(parameters.Exponent),
                            },
                        },
                    }
                );
            }
        );
        app.MapPost("/token", RedeemAsync);
    }

    private async Task<IResult> RedeemAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{ClientSecret}"));
        if (
            request.Headers.Authorization != $"Basic {credentials}"
            || !codes.TryRemove($"{form["code"]}", out var grant)
            || grant.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($"{form["code_verifier"]}")))
            || grant.RedirectUri != form["redirect_uri"]
        )
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var now = OpenIdSignInTests.Now.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer.AbsoluteUri.TrimEnd('/'),
            ["aud"] = ClientId,
            ["sub"] = "subject-1",
            ["nonce"] = grant.Nonce,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["auth_time"] = now,
            ["email"] = "person@example.org",
            ["email_verified"] = true,
            ["name"] = "A Person",
        };
        Claims(claims);
        return Results.Json(
            new
            {
                access_token = "unused",
                token_type = "Bearer",
                id_token = Token?.Invoke(claims) ?? Sign(claims),
            }
        );
    }

    private sealed record Grant(string Challenge, string Nonce, string RedirectUri);
}
