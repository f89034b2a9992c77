using System.Security.Cryptography;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>A token that is asked for.</summary>
/// <param name="AppId">The only app it is for; null for all of the partner.</param>
/// <param name="Capabilities">Null for uploads only.</param>
/// <param name="Lifetime">Null for the usual one.</param>
public sealed record TokenRequest(long PartnerId, long? AppId, string Name, IReadOnlySet<Capability>? Capabilities = null, TimeSpan? Lifetime = null);

/// <summary>A new token: its text is shown this once.</summary>
public sealed record NewToken(string Id, string Text, DateTimeOffset Until);

/// <summary>A token, as lists show it.</summary>
/// <param name="Capabilities">Words of <see cref="CapabilityWords"/>.</param>
public sealed record ApiToken(
    string Id,
    string Prefix,
    long PartnerId,
    long? AppId,
    string Name,
    string Capabilities,
    long CreatedAt,
    string CreatedBy,
    long ExpiresAt,
    long? UsedAt,
    long? RevokedAt
);

/// <summary>Tokens of pipelines: for one partner, or one app, and for what they were made for; only their digests are kept.</summary>
public sealed class ApiTokens(Database database, AccessOptions options, AccessTold tell)
{
    private const int MaximumName = 100;

    // Of a partner, not expired: nobody oversees more.
    private const int Most = 200;

    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(10);

    private static readonly IReadOnlySet<Capability> UploadOnly = new HashSet<Capability> { Capability.Upload };

    public Outcome<NewToken> Create(Principal principal, TokenRequest ask)
    {
        if (Refused.Of(principal, Capability.ManageTokens, ask.PartnerId, ask.AppId) is { } refused)
        {
            return refused;
        }

        var capabilities = ask.Capabilities ?? UploadOnly;
        var excess = capabilities.Where(one => !RoleCapabilities.Has(Role.CiToken, one) || !principal.May(one, ask.PartnerId, ask.AppId)).ToList();
        if (capabilities.Count == 0 || excess.Count > 0)
        {
            return Refused.Invalid(
                $"a token of yours can have {CapabilityWords.Of(RoleCapabilities.Of(Role.CiToken).Where(one => principal.May(one, ask.PartnerId, ask.AppId)))}"
            );
        }

        var lifetime = ask.Lifetime ?? options.TokenLifetime;
        if (lifetime <= TimeSpan.Zero || lifetime > options.LongestTokenLifetime)
        {
            return Refused.Invalid($"a token lives up to {options.LongestTokenLifetime.TotalDays:0} days");
        }

        if (string.IsNullOrWhiteSpace(ask.Name) || ask.Name.Length > MaximumName || ask.Name.Any(char.IsControl))
        {
            return Refused.Invalid($"a token has a name of 1 to {MaximumName} characters, by which you know where it is used");
        }

        return database.Write(session => Create(session, principal, ask, capabilities, lifetime));
    }

    /// <summary>Tokens of a partner, with those that ended in the last year, the newest first.</summary>
    public static IReadOnlyList<ApiToken> List(Session session, RowScope scope, int limit) =>
        session.List<ApiToken>(
            $"""
            select id, prefix, partner_id, app_id, name, capabilities, created_at, created_by, expires_at, used_at, revoked_at from api_token
            where {scope.Sql("partner_id", "app_id")} order by created_at desc, id limit @limit
            """,
            new { limit }
        );

    /// <summary>Ends a token at once. Whoever may see it needs no fresh sign-in for that.</summary>
    public Outcome<bool> Revoke(Principal principal, string id) =>
        database.Write<Outcome<bool>>(session =>
        {
            var scope = principal.ScopeOf(Capability.ManageTokens);
            var token = session.Find<Revoked>(
                $"select partner_id, prefix from api_token where id = @id and {scope.Sql("partner_id", "app_id")} and revoked_at is null",
                new { id }
            );
            if (token is null)
            {
                return Refused.NotFound;
            }

            session.Execute("update api_token set revoked_at = @Clock where id = @id", new { session.Clock, id });
            tell(session, new AccessEvent(token.PartnerId, principal, "token-revoked", $"token:{token.Prefix}"));
            return Outcomes.Done(true);
        });

    /// <summary>Who comes with that token; null where it is none, or ended.</summary>
    public Principal? Find(string text)
    {
        if (TokenText.Prefix(text) is not { } prefix)
        {
            return null;
        }

        var (row, now) = database.Read(session =>
            (
                session.Find<Row>(
                    """
                    select t.id, t.hash, t.partner_id, t.app_id, t.capabilities, t.expires_at, t.used_at from api_token t join partner p on p.id = t.partner_id
                    where t.prefix = @prefix and t.revoked_at is null and p.offboarded_at is null
                    """,
                    new { prefix }
                ),
                session.Clock
            )
        );
        if (row is null || row.ExpiresAt <= now || !CryptographicOperations.FixedTimeEquals(row.Hash, Secret.Hash(text)))
        {
            return null;
        }

        if (row.UsedAt is not { } used || now - used >= UsedEvery.TotalMilliseconds)
        {
            database.TryWrite(session => session.Execute("update api_token set used_at = @Clock where id = @Id", new { session.Clock, row.Id }));
        }

        return new Principal
        {
            Kind = "token",
            Id = prefix,
            Grants = [new Grant(Role.CiToken, row.PartnerId, row.AppId) { Only = CapabilityWords.Parse(row.Capabilities) }],
        };
    }

    private Outcome<NewToken> Create(Session session, Principal principal, TokenRequest ask, IReadOnlySet<Capability> capabilities, TimeSpan lifetime)
    {
        if (ask.AppId is { } app && session.Find<long?>("select id from app where id = @app and partner_id = @PartnerId", new { app, ask.PartnerId }) is null)
        {
            return Refused.NotFound;
        }

        var values = new { ask.PartnerId, session.Clock };
        if (session.One<long>("select count(*) from api_token where partner_id = @PartnerId and revoked_at is null and expires_at > @Clock", values) >= Most)
        {
            return new Refused(Refusal.TooMany, $"there are {Most} tokens already; revoke those that nobody uses");
        }

        var (id, text, until) = (Guid.CreateVersion7(session.Now).ToString(), TokenText.New(), session.Now + lifetime);
        session.Execute(
            """
            insert into api_token (id, prefix, hash, partner_id, app_id, name, capabilities, created_at, created_by, expires_at)
            values (@id, @prefix, @hash, @PartnerId, @AppId, @Name, @capabilities, @Clock, @by, @expires)
            """,
            new
            {
                id,
                prefix = TokenText.Prefix(text),
                hash = Secret.Hash(text),
                ask.PartnerId,
                ask.AppId,
                ask.Name,
                capabilities = CapabilityWords.Of(capabilities),
                session.Clock,
                by = principal.Name,
                expires = until.ToUnixTimeMilliseconds(),
            }
        );
        tell(
            session,
            new AccessEvent(
                ask.PartnerId,
                principal,
                "token-created",
                $"token:{TokenText.Prefix(text)}",
                Detail.Of(("name", ask.Name), ("may", CapabilityWords.Of(capabilities)), ("until", Detail.Time(until.ToUnixTimeMilliseconds())))
            )
        );
        return Outcomes.Done(new NewToken(id, text, until));
    }

    private sealed record Row(string Id, byte[] Hash, long PartnerId, long? AppId, string Capabilities, long ExpiresAt, long? UsedAt);

    private sealed record Revoked(long PartnerId, string Prefix);
}
