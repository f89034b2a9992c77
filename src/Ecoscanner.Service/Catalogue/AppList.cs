using System.Text.Json.Nodes;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>The apps of partners and where they are hosted.</summary>
public static class AppList
{
    private const string Columns = "a.id, a.partner_id, a.key, a.name, a.ownership, a.created_at, a.archived_at";
    private const string HostingColumns = "id, app_id, hosting, descriptor_url, marketplace_id, created_at";

    /// <summary>Those that somebody may see, by id; of one partner, or of all.</summary>
    public static IReadOnlyList<AppRow> List(Session session, Principal principal, long? partnerId, long after, int limit) =>
        session.List<AppRow>(
            $"""
            select {Columns} from app a
            where a.id > @after {(partnerId is null ? "" : "and a.partner_id = @partnerId")} and a.archived_at is null and {Scope(principal)}
            order by a.id limit @limit
            """,
            new
            {
                partnerId,
                after,
                limit,
            }
        );

    /// <summary>Null where there is none that they may see.</summary>
    public static AppRow? Find(Session session, Principal principal, long id) =>
        session.Find<AppRow>($"select {Columns} from app a where a.id = @id and {Scope(principal)}", new { id });

    /// <summary>A partner's app of that key; null where there is none that they may see.</summary>
    public static AppRow? Find(Session session, Principal principal, long partnerId, string key) =>
        session.Find<AppRow>($"select {Columns} from app a where a.partner_id = @partnerId and a.key = @key and {Scope(principal)}", new { partnerId, key });

    /// <summary>An app's hostings. Ask for the app first: that is what says whether somebody may see them.</summary>
    public static IReadOnlyList<HostingRow> Hostings(Session session, long appId) =>
        session.List<HostingRow>($"select {HostingColumns} from app_hosting where app_id = @appId order by id", new { appId });

    public static HostingRow? Hosting(Session session, long appId, string hosting) =>
        session.Find<HostingRow>($"select {HostingColumns} from app_hosting where app_id = @appId and hosting = @hosting", new { appId, hosting });

    /// <summary>Adds an app that an operator grants to a partner, or gives the one that is there; null where they may not.</summary>
    /// <exception cref="CatalogueException">The key is owned by another partner, or something cannot be kept.</exception>
    public static AppRow? Grant(Session session, Principal principal, long partnerId, string key, string name)
    {
        if (!principal.MayEverywhere(Capability.ManageCatalogue))
        {
            return null;
        }

        Words.Key(key, "the app's key");
        var owner = session.Find<AppRow>($"select {Columns} from app a where a.key = @key and a.ownership in ('proven', 'granted')", new { key });
        if (owner is not null && owner.PartnerId != partnerId)
        {
            if (owner.Ownership == "granted")
            {
                throw new CatalogueException($"{key} belongs to another partner; revoke that first");
            }

            // The operator's word is more than a proof: whoever serves a descriptor may write any key into it.
            Lose(session, principal, owner, "granted to another partner");
            owner = null;
        }

        var app = session.One<AppRow>(
            $"""
            insert into app (partner_id, key, name, ownership, created_at) values (@partnerId, @key, @name, 'granted', @Clock)
            on conflict (partner_id, key) do update set name = excluded.name, archived_at = null,
              ownership = case when app.ownership = 'unproven' then 'granted' else app.ownership end
            returning {Columns.Replace("a.", "", StringComparison.Ordinal)}
            """,
            new
            {
                partnerId,
                key,
                name = Words.Name(name, "the app's name"),
                session.Clock,
            }
        );
        if (owner is null)
        {
            AuditLog.Record(session, new AuditEntry(partnerId, principal.Kind, principal.Id, "app.granted", $"app:{key}", principal.Purpose));
        }

        return app;
    }

    /// <summary>
    /// Takes an app from its partner again: it is unproven, so what is uploaded of it is only read, its uploader's alone to see, without schedule and without
    /// new tickets. False where it is nobody's, or they may not.
    /// </summary>
    /// <remarks>A proof of its host that still holds makes it the partner's again when it is next looked at; revoke that too.</remarks>
    /// <exception cref="CatalogueException">There is no reason.</exception>
    public static bool Revoke(Session session, Principal principal, long appId, string reason)
    {
        var why = Words.Name(reason, "the reason");
        if (!principal.MayEverywhere(Capability.ManageCatalogue) || Find(session, Principal.Platform, appId) is not { IsOwned: true } app)
        {
            return false;
        }

        Lose(session, principal, app, why);
        return true;
    }

    /// <summary>An app is its partner's no more, by whoever's word or by a proof that ended; its partner's audit tells why.</summary>
    internal static void Lose(Session session, Principal principal, AppRow app, string why)
    {
        session.Execute("update app set ownership = 'unproven' where id = @Id", app);
        var detail = new JsonObject { ["before"] = app.Ownership, ["why"] = why };
        AuditLog.Record(session, AuditEntry.By(principal, app.PartnerId, "app.ownership-lost", $"app:{app.Key}", detail.ToJsonString()));
    }

    /// <summary>The app that a partner uploads something of: theirs where it is, else one of the same key that is theirs alone and proven by nothing. Null where they may not.</summary>
    public static AppRow? ForUpload(Session session, Principal principal, long partnerId, string key, string name)
    {
        Words.Key(key, "the app's key");
        var known = session.Find<AppRow>($"select {Columns} from app a where a.partner_id = @partnerId and a.key = @key", new { partnerId, key });
        if (!principal.May(Capability.Upload, partnerId, known?.Id))
        {
            return null;
        }

        return known
            ?? session.One<AppRow>(
                $"insert into app (partner_id, key, name, ownership, created_at) values (@partnerId, @key, @name, 'unproven', @Clock) returning {Columns.Replace("a.", "", StringComparison.Ordinal)}",
                new
                {
                    partnerId,
                    key,
                    name = Words.Name(name, "the app's name"),
                    session.Clock,
                }
            );
    }

    /// <summary>Adds a hosting, or changes where its descriptor is. Who may change the app was asked before.</summary>
    /// <exception cref="CatalogueException">There is no such hosting, or the URL is none.</exception>
    public static HostingRow AddHosting(Session session, long appId, string hosting, string? descriptorUrl = null, string? marketplaceId = null)
    {
        if (hosting is not ("connect" or "forge" or "datacenter"))
        {
            throw new CatalogueException($"there is no such hosting; name connect, forge or datacenter");
        }

        return session.One<HostingRow>(
            $"""
            insert into app_hosting (app_id, hosting, descriptor_url, marketplace_id, created_at) values (@appId, @hosting, @url, @marketplaceId, @Clock)
            on conflict (app_id, hosting) do update set descriptor_url = coalesce(excluded.descriptor_url, app_hosting.descriptor_url),
              descriptor_since = case
                when excluded.descriptor_url <> app_hosting.descriptor_url then excluded.created_at else app_hosting.descriptor_since end,
              marketplace_id = coalesce(excluded.marketplace_id, app_hosting.marketplace_id)
            returning {HostingColumns}
            """,
            new
            {
                appId,
                hosting,
                url = descriptorUrl is null ? null : Words.Url(descriptorUrl, "the descriptor's URL"),
                marketplaceId,
                session.Clock,
            }
        );
    }

    /// <summary>Takes an app out of all lists and scans; what was found stays. False where there is none or they may not.</summary>
    public static bool Archive(Session session, Principal principal, long appId)
    {
        if (!principal.MayEverywhere(Capability.ManageCatalogue) || Find(session, Principal.Platform, appId) is not { } app)
        {
            return false;
        }

        session.Execute("update app set archived_at = @Clock where id = @appId", new { appId, session.Clock });
        AuditLog.Record(session, new AuditEntry(app.PartnerId, principal.Kind, principal.Id, "app.archived", $"app:{app.Key}", principal.Purpose));
        return true;
    }

    private static string Scope(Principal principal) => principal.ScopeOf(Capability.ReadApps).Sql("a.partner_id", "a.id");
}
