using System.Net;
using System.Text;
using System.Text.Json;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Microsoft.IdentityModel.Tokens;

namespace Ecoscanner.Service.Access.OpenId;

/// <summary>What a provider says of itself, and its keys.</summary>
internal sealed record OpenIdMetadata(Uri Authorization, Uri Token, bool TakesSecretInBody, IReadOnlyList<SecurityKey> Keys, DateTimeOffset Fetched);

/// <summary>The provider does not answer, or not as it should; the message is for the operator.</summary>
internal sealed class OpenIdException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Asks a provider of identities, through the platform's one way out: no redirects, no proxy, only behind a certificate that is trusted.</summary>
internal sealed class OpenIdClient(OpenIdProvider provider, ProbeOptions way, Pace pace, TimeProvider time)
{
    // Metadata and key sets have a few thousand bytes.
    private const int MaximumBytes = 256 * 1024;

    // Each fetch is paid by itself, with one repetition.
    private const int Requests = 2;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    // A key that we do not know is looked for, but not for each forged token.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(1);

    private volatile OpenIdMetadata? known;

    /// <exception cref="OpenIdException">The provider does not answer, or not as it should.</exception>
    public async Task<OpenIdMetadata> MetadataAsync(CancellationToken cancellationToken) => await MetadataAsync(KeptFor, cancellationToken);

    /// <summary>The same, newer, where the provider may have changed its keys.</summary>
    public async Task<OpenIdMetadata> NewerMetadataAsync(CancellationToken cancellationToken) => await MetadataAsync(LookAgainAfter, cancellationToken);

    /// <summary>Gives a code back for the id token.</summary>
    /// <exception cref="OpenIdException">The provider refuses it, or does not answer as it should.</exception>
    public async Task<string> RedeemAsync(OpenIdMetadata metadata, string code, string verifier, CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("grant_type", "authorization_code"),
            new("code", code),
            new("redirect_uri", provider.RedirectUri.AbsoluteUri),
            new("code_verifier", verifier),
            new("client_id", provider.ClientId),
        };
        var headers = new List<HeaderField> { new("Accept", "application/json") };
        var credentials = Convert.ToBase64String(
            Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(provider.ClientSecret)}")
        );
        if (metadata.TakesSecretInBody)
        {
            form.Add(new("client_secret", provider.ClientSecret));
        }
        else
        {
            headers.Add(new("Authorization", $"Basic {credentials}"));
        }

        using var content = new FormUrlEncodedContent(form);
        var answer = await SendAsync(
            new ProbeRequest("POST", metadata.Token)
            {
                Budget = new BudgetLine("sign-in", Requests),
                Purpose = "redeem the code of a sign-in",
                Headers = headers,
                Body = await content.ReadAsByteArrayAsync(cancellationToken),
                ContentType = "application/x-www-form-urlencoded",
                Secrets = [new(provider.ClientSecret, "CLIENT-SECRET"), new(credentials, "CREDENTIALS"), new(code, "CODE"), new(verifier, "VERIFIER")],
            },
            cancellationToken
        );
        return Text(answer, "id_token") ?? throw new OpenIdException($"{provider.Key}: the token endpoint gave no id token");
    }

    private async Task<OpenIdMetadata> MetadataAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        // Two who fetch it at once do no harm.
        if (known is { } kept && time.GetUtcNow() - kept.Fetched is var old && old >= TimeSpan.Zero && old < age)
        {
            return kept;
        }

        return known = await FetchAsync(cancellationToken);
    }

    private async Task<OpenIdMetadata> FetchAsync(CancellationToken cancellationToken)
    {
        var issuer = provider.Issuer.AbsoluteUri.TrimEnd('/');
        using var metadata = Parse(await GetAsync(new Uri($"{issuer}/.well-known/openid-configuration"), "read a provider's metadata", cancellationToken));
        if (Text(metadata, "issuer")?.TrimEnd('/') != issuer)
        {
            throw new OpenIdException($"{provider.Key}: its metadata names another issuer; correct the issuer in the configuration");
        }

        var keys = await GetAsync(Endpoint(metadata, "jwks_uri"), "read a provider's keys", cancellationToken);
        return new OpenIdMetadata(
            Endpoint(metadata, "authorization_endpoint"),
            Endpoint(metadata, "token_endpoint"),
            TakesSecretInBody(metadata),
            Keys(keys),
            time.GetUtcNow()
        );
    }

    private async Task<ReadOnlyMemory<byte>> GetAsync(Uri url, string purpose, CancellationToken cancellationToken) =>
        await SendAsync(
            new ProbeRequest("GET", url)
            {
                Budget = new BudgetLine("sign-in", Requests),
                Purpose = purpose,
                Headers = [new("Accept", "application/json")],
                // Nothing secret in it, but what comes back decides who may sign in: as genuine, it goes only where a certificate is trusted.
                Secrets = [new(provider.ClientSecret, "CLIENT-SECRET")],
            },
            cancellationToken
        );

    private async Task<ReadOnlyMemory<byte>> SendAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        var place = $"{request.Url.Host}:{request.Url.Port}";
        // The operator named the issuer, which may lie in a private network; what its metadata names may not, unless it is the same.
        var isNamed = request.Url.Authority == provider.Issuer.Authority;
        using var session = new ProbeSession(
            way with
            {
                ApprovedHosts = [place],
                AllowedPrivate = isNamed ? [place] : [],
                MaximumBodyBytes = MaximumBytes,
                HostAndDayLimit = int.MaxValue,
            },
            time,
            pace
        );
        var answer = await session.Http.SendAsync(request, cancellationToken);
        if (!answer.Succeeded)
        {
            throw new OpenIdException($"{provider.Key}: {request.Purpose}: {answer.Failure?.Message ?? $"status {answer.Status}"}");
        }

        return answer.Trusted || IsThisMachine(request.Url)
            ? answer.Body
            : throw new OpenIdException($"{provider.Key}: nobody vouches for what {place} answers; use https");
    }

    private Uri Endpoint(JsonDocument metadata, string name) =>
        Uri.TryCreate(Text(metadata, name), UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || IsThisMachine(url))
        && url is { UserInfo: "", Fragment: "" }
            ? url
            : throw new OpenIdException($"{provider.Key}: its metadata has no https URL as {name}");

    private IReadOnlyList<SecurityKey> Keys(ReadOnlyMemory<byte> json)
    {
        try
        {
            // Symmetric keys are none that a provider publishes.
            return [.. new JsonWebKeySet(Encoding.UTF8.GetString(json.Span)).Keys.Where(key => key is { Kty: "RSA" or "EC", Use: null or "" or "sig" })];
        }
        catch (Exception e) when (e is ArgumentException or JsonException or SecurityTokenException)
        {
            throw new OpenIdException($"{provider.Key}: its keys are no JSON key set", e);
        }
    }

    private static bool TakesSecretInBody(JsonDocument metadata)
    {
        // The default of the specification is the header.
        if (!metadata.RootElement.TryGetProperty("token_endpoint_auth_methods_supported", out var methods) || methods.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var names = methods.EnumerateArray().Where(method => method.ValueKind == JsonValueKind.String).Select(method => method.GetString()).ToList();
        return names.Contains("client_secret_post") && !names.Contains("client_secret_basic");
    }

    private string? Text(ReadOnlyMemory<byte> json, string name)
    {
        using var document = Parse(json);
        return Text(document, name);
    }

    private static string? Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new JsonException("it is no object");
        }
        catch (JsonException e)
        {
            document?.Dispose();
            throw new OpenIdException($"{provider.Key}: its answer is no JSON object", e);
        }
    }

    /// <summary>True for http to this machine by its address, which needs no TLS.</summary>
    internal static bool IsThisMachine(Uri url) =>
        url.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
