using System.Security.Cryptography;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Vault;

/// <summary>What a partner gives us of itself, for scans of its own app on one host.</summary>
public enum SecretKind
{
    /// <summary>The shared secret of a test tenant.</summary>
    TestTenant,

    /// <summary>An API token of a test site.</summary>
    SiteToken,
}

/// <summary>A secret that is kept, without the secret.</summary>
public sealed record KeptSecret(
    long Id,
    long PartnerId,
    long AppId,
    string Host,
    string Kind,
    string Name,
    long CreatedAt,
    string CreatedBy,
    long ExpiresAt,
    long? UsedAt
);

/// <summary>A secret in the hands of a run: to be disposed when it is over, which overwrites it.</summary>
public sealed record TakenSecret(SecretKind Kind, string Name, byte[] Value) : IDisposable
{
    public void Dispose() => CryptographicOperations.ZeroMemory(Value);

    /// <summary>Without the secret, wherever it is printed.</summary>
    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>Secrets of partners for scans: put in, used by runs of their own app, and never read back by anybody.</summary>
public sealed class SecretsVault(Database database, PartnerKeys keys)
{
    /// <summary>What a verdict says where nothing was there to take.</summary>
    public const string Nothing = "no test tenant";

    private const int MaximumBytes = 16 * 1024;
    private const int MaximumName = 100;
    private const int MaximumHost = 253;

    // Of an app.
    private const int Most = 50;

    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    /// <summary>Keeps a secret in place of the one of that name; its number.</summary>
    public Outcome<long> Put(Principal principal, long appId, string host, SecretKind kind, string name, ReadOnlyMemory<byte> secret, DateTimeOffset until) =>
        database.Write<Outcome<long>>(session =>
        {
            if (session.Find<App>("select partner_id, ownership from app where id = @appId", new { appId }) is not { } app)
            {
                return Refused.NotFound;
            }

            if (Refused.Of(principal, Capability.ManageSecrets, app.PartnerId, appId) is { } refused)
            {
                return refused;
            }

            if (app.Ownership == "unproven")
            {
                return new Refused(Refusal.Conflict, "secrets are kept for apps that are proven to be yours; prove that first");
            }

            if (Objection(session.Now, host, name, secret.Length, until) is { } objection)
            {
                return Refused.Invalid(objection);
            }

            if (session.One<long>("select count(*) from vault_secret where app_id = @appId and deleted_at is null", new { appId }) >= Most)
            {
                return new Refused(Refusal.TooMany, $"there are {Most} secrets of this app already; delete those that are of no use");
            }

            var place = new Place(app.PartnerId, appId, host.ToLowerInvariant(), Word(kind), name);
            var id = session.One<long>(
                """
                insert into vault_secret (partner_id, app_id, host, kind, name, sealed, created_at, created_by, expires_at)
                values (@PartnerId, @AppId, @Host, @Kind, @Name, @box, @Clock, @by, @expires)
                on conflict (app_id, host, kind, name) do update
                set sealed = excluded.sealed, created_at = excluded.created_at, created_by = excluded.created_by, expires_at = excluded.expires_at,
                    used_at = null, deleted_at = null
                returning id
                """,
                new
                {
                    place.PartnerId,
                    place.AppId,
                    place.Host,
                    place.Kind,
                    place.Name,
                    box = keys.Seal(app.PartnerId, place.Purpose, secret.Span),
                    session.Clock,
                    by = principal.Name,
                    expires = until.ToUnixTimeMilliseconds(),
                }
            );
            AuditLog.Record(session, AuditEntry.By(principal, app.PartnerId, "secret-kept", $"secret:{id}"));
            return Outcomes.Done(id);
        });

    /// <summary>What is kept, without the secrets.</summary>
    public static IReadOnlyList<KeptSecret> List(Session session, RowScope scope, long appId, int limit) =>
        session.List<KeptSecret>(
            $"""
            select id, partner_id, app_id, host, kind, name, created_at, created_by, expires_at, used_at from vault_secret
            where app_id = @appId and deleted_at is null and {scope.Sql("partner_id", "app_id")} order by host, kind, name limit @limit
            """,
            new { appId, limit }
        );

    /// <summary>Deletes one; its sealed content goes at once.</summary>
    public Outcome<bool> Delete(Principal principal, long id) =>
        database.Write<Outcome<bool>>(session =>
        {
            var scope = principal.ScopeOf(Capability.ManageSecrets);
            var partnerId = session.Find<long?>(
                $"select partner_id from vault_secret where id = @id and deleted_at is null and {scope.Sql("partner_id", "app_id")}",
                new { id }
            );
            if (partnerId is not { } owner)
            {
                return Refused.NotFound;
            }

            session.Execute(
                "update vault_secret set deleted_at = @Clock, sealed = @nothing where id = @id",
                new
                {
                    session.Clock,
                    nothing = Array.Empty<byte>(),
                    id,
                }
            );
            AuditLog.Record(session, AuditEntry.By(principal, owner, "secret-deleted", $"secret:{id}"));
            return Outcomes.Done(true);
        });

    /// <summary>
    /// The secrets of an app and host for a run of that very app that is running; each is audited as used. Empty where there are none, or where the run is not
    /// that app's: then checks that need them are inconclusive, for <see cref="Nothing"/>.
    /// </summary>
    public IReadOnlyList<TakenSecret> Take(string runId, long appId, string host) =>
        database.Write<IReadOnlyList<TakenSecret>>(session =>
        {
            var rows = session.List<Row>(
                """
                select s.id, s.partner_id, s.host, s.kind, s.name, s.sealed from vault_secret s
                join run r on r.app_id = s.app_id and r.partner_id = s.partner_id
                join app a on a.id = s.app_id and a.partner_id = s.partner_id
                where r.id = @runId and r.state = 'running' and s.app_id = @appId and s.host = @host and s.deleted_at is null and s.expires_at > @Clock
                and a.ownership <> 'unproven' and a.archived_at is null
                order by s.kind, s.name limit @Most
                """,
                new
                {
                    runId,
                    appId,
                    host = host.ToLowerInvariant(),
                    session.Clock,
                    Most,
                }
            );
            var taken = new List<TakenSecret>();
            foreach (var row in rows)
            {
                var place = new Place(row.PartnerId, appId, row.Host, row.Kind, row.Name);
                taken.Add(new TakenSecret(Kind(row.Kind), row.Name, keys.Open(row.PartnerId, place.Purpose, row.Sealed)));
                session.Execute("update vault_secret set used_at = @Clock where id = @Id", new { session.Clock, row.Id });
                AuditLog.Record(session, AuditEntry.By(Principal.Platform, row.PartnerId, "secret-used", $"secret:{row.Id}", $$"""{"run":"{{runId}}"}"""));
            }

            return taken;
        });

    /// <summary>Deletes what has expired; once a day.</summary>
    public int Sweep() =>
        database.Write(session =>
            session.Execute(
                "update vault_secret set deleted_at = @Clock, sealed = @nothing where expires_at <= @Clock and deleted_at is null",
                new { session.Clock, nothing = Array.Empty<byte>() }
            )
        );

    private static string? Objection(DateTimeOffset now, string host, string name, int bytes, DateTimeOffset until)
    {
        if (host.Length is 0 or > MaximumHost || Uri.CheckHostName(host) == UriHostNameType.Unknown || !host.All(char.IsAscii))
        {
            return "a secret is for one host; write its name as in its URL";
        }

        if (name.Length is 0 or > MaximumName || name.Any(c => c is < ' ' or > '~'))
        {
            return $"a secret has a name of 1 to {MaximumName} plain characters";
        }

        if (bytes is 0 or > MaximumBytes)
        {
            return $"a secret has 1 to {MaximumBytes} bytes";
        }

        return until <= now || until > now + LongestLife ? $"a secret expires within {LongestLife.TotalDays:0} days" : null;
    }

    private static string Word(SecretKind kind) => kind == SecretKind.TestTenant ? "test-tenant" : "site-token";

    private static SecretKind Kind(string word) => word == "test-tenant" ? SecretKind.TestTenant : SecretKind.SiteToken;

    /// <summary>What a secret is bound to: moved to another row, it does not open.</summary>
    private sealed record Place(long PartnerId, long AppId, string Host, string Kind, string Name)
    {
        public string Purpose => $"vault {AppId} {Host} {Kind} {Name}";
    }

    private sealed record App(long PartnerId, string Ownership);

    private sealed record Row(long Id, long PartnerId, string Host, string Kind, string Name, byte[] Sealed);
}
