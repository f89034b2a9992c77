using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Vault;

namespace Ecoscanner.Service.Api;

/// <summary>Tokens of pipelines, and what partners give us of their test tenants.</summary>
internal static class TokenEndpoints
{
    // Of a partner; ended ones go after a year.
    private const int Most = 500;

    public static void Map(RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("access");
        tokens.MapGet("/", List).WithSummary("Tokens, the newest first; never their text.").Needs(Capability.ManageTokens).Answers<TokenList>();
        tokens
            .MapPost("/", Create)
            .WithSummary("Makes a token; its text is shown this once. For uploads alone where nothing else is said. Needs a sign-in of the last minutes.")
            .Needs(Capability.ManageTokens)
            .Takes<TokenAsk>()
            .Answers<NewTokenView>(201)
            .Problems(404, 409);
        tokens
            .MapDelete("/{id}", (HttpContext http, Platform platform, string id) => Done(platform.Tokens.Revoke(Caller.Of(http), id)))
            .WithSummary("Ends a token at once.")
            .Needs(Capability.ManageTokens)
            .Produces(204)
            .Problems(404);
        var secrets = api.MapGroup("/apps/{app:long}/secrets").WithTags("access");
        secrets
            .MapGet("/", Secrets)
            .WithSummary("Which secrets are kept for scans of an app; never the secrets.")
            .Needs(Capability.ManageSecrets)
            .Answers<SecretList>()
            .Problems(404);
        secrets
            .MapPut("/", Put)
            .WithSummary("Keeps a secret of a test tenant in place of the one of that name. Nobody reads it back. Needs a sign-in of the last minutes.")
            .Needs(Capability.ManageSecrets)
            .Takes<SecretAsk>()
            .Produces(204)
            .Problems(404, 409);
        secrets.MapDelete("/{id:long}", DeleteSecret).WithSummary("Deletes a secret.").Needs(Capability.ManageSecrets).Produces(204).Problems(404);
    }

    private static Reply List(HttpContext http, Platform platform)
    {
        var scope = Caller.Of(http).ScopeOf(Capability.ManageTokens);
        return platform.Database.Read(session => Reply.Of(new TokenList([.. ApiTokens.List(session, scope, Most).Select(row => View(session, row))])));
    }

    private static async Task<Reply> Create(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<TokenAsk>(http);
        var unknown = (ask.Capabilities ?? []).FirstOrDefault(word => CapabilityWords.Find(word) is null);
        if (unknown is not null)
        {
            var known = RoleCapabilities.Of(Role.CiToken).Select(CapabilityWords.Of);
            throw ProblemException.Wrong("/capabilities", $"names what no token has{Suggestion.For(unknown, known, $"known are {string.Join(", ", known)}")}");
        }

        var partner = platform.Database.Read(session => PartnerEndpoints.IdOf(session, principal, Capability.ManageTokens, ask.Partner));
        var made = platform
            .Tokens.Create(
                principal,
                new TokenRequest(
                    partner,
                    ask.AppId,
                    ask.Name,
                    ask.Capabilities is null ? null : CapabilityWords.Parse(string.Join(' ', ask.Capabilities)),
                    ask.Days is { } days ? TimeSpan.FromDays(days) : null
                )
            )
            .Granted();
        return Reply.Created($"{Endpoints.Root}/tokens/{made.Id}", new NewTokenView(made.Id, made.Text, made.Until));
    }

    private static Reply Secrets(HttpContext http, Platform platform, long app)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session =>
        {
            var row = AppEndpoints.Of(session, principal, app);
            return principal.May(Capability.ManageSecrets, row.PartnerId, row.Id)
                ? Reply.Of(new SecretList([.. SecretsVault.List(session, principal.ScopeOf(Capability.ManageSecrets), app, Most).Select(View)]))
                : throw ProblemException.NotFound("app");
        });
    }

    private static async Task<Reply> Put(HttpContext http, Platform platform, long app)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<SecretAsk>(http);
        var kind = ask.Kind switch
        {
            "test-tenant" => SecretKind.TestTenant,
            "site-token" => SecretKind.SiteToken,
            _ => throw ProblemException.Wrong("/kind", "must be test-tenant or site-token"),
        };
        _ = platform.Vault.Put(principal, app, ask.Host, kind, ask.Name, Encoding.UTF8.GetBytes(ask.Secret), ask.Until).Granted();
        return Reply.Done;
    }

    private static Reply DeleteSecret(HttpContext http, Platform platform, long app, long id)
    {
        var principal = Caller.Of(http);
        _ = platform.Database.Read(session =>
            session.Find<long?>("select id from vault_secret where id = @id and app_id = @app", new { id, app }) ?? throw ProblemException.NotFound("secret")
        );
        return Done(platform.Vault.Delete(principal, id));
    }

    private static Reply Done(Outcome<bool> outcome)
    {
        _ = outcome.Granted();
        return Reply.Done;
    }

    private static TokenView View(Storage.Session session, ApiToken row) =>
        new(
            row.Id,
            row.Prefix,
            PartnerEndpoints.KeyOf(session, row.PartnerId),
            row.AppId,
            row.Name,
            row.Capabilities.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Moment.Of(row.CreatedAt),
            row.CreatedBy,
            Moment.Of(row.ExpiresAt),
            Moment.Of(row.UsedAt),
            Moment.Of(row.RevokedAt)
        );

    private static SecretView View(KeptSecret row) =>
        new(row.Id, row.Host, row.Kind, row.Name, Moment.Of(row.CreatedAt), row.CreatedBy, Moment.Of(row.ExpiresAt), Moment.Of(row.UsedAt));
}

public sealed record TokenList(IReadOnlyList<TokenView> Items);

/// <param name="Prefix">Its first characters, by which a person knows it again.</param>
public sealed record TokenView(
    string Id,
    string Prefix,
    string Partner,
    long? AppId,
    string Name,
    IReadOnlyList<string> Capabilities,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? UsedAt,
    DateTimeOffset? RevokedAt
);

/// <param name="AppId">The only app it is for; null for all of the partner.</param>
/// <param name="Capabilities">Null for upload alone.</param>
/// <param name="Days">How long it is good for.</param>
public sealed record TokenAsk(string Name, string? Partner = null, long? AppId = null, IReadOnlyList<string>? Capabilities = null, int? Days = null);

/// <param name="Token">Shown this once.</param>
public sealed record NewTokenView(string Id, string Token, DateTimeOffset Until);

public sealed record SecretList(IReadOnlyList<SecretView> Items);

public sealed record SecretView(
    long Id,
    string Host,
    string Kind,
    string Name,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? UsedAt
);

/// <param name="Kind"><c>test-tenant</c> or <c>site-token</c>.</param>
public sealed record SecretAsk(string Host, string Kind, string Name, string Secret, DateTimeOffset Until);
