using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>The partners.</summary>
public static class Partners
{
    private const string Columns = "p.id, p.key, p.name, p.requires_second_factor, p.created_at, p.offboarded_at";

    /// <summary>Those that somebody may see, by id.</summary>
    public static IReadOnlyList<PartnerRow> List(Session session, Principal principal, long after, int limit) =>
        session.List<PartnerRow>(
            $"select {Columns} from partner p where p.id > @after and {Scope(principal)} order by p.id limit @limit",
            new { after, limit }
        );

    /// <summary>Null where there is none that they may see.</summary>
    public static PartnerRow? Find(Session session, Principal principal, string key) =>
        session.Find<PartnerRow>($"select {Columns} from partner p where p.key = @key and {Scope(principal)}", new { key });

    /// <summary>Adds one, or gives the one that has the key already; null where they may not.</summary>
    /// <exception cref="CatalogueException">Key or name cannot be kept.</exception>
    public static PartnerRow? Add(Session session, Principal principal, string key, string name)
    {
        if (!principal.MayEverywhere(Capability.ManageCatalogue))
        {
            return null;
        }

        Words.Key(key, "the partner's key");
        if (session.Find<PartnerRow>($"select {Columns} from partner p where p.key = @key", new { key }) is { } known)
        {
            return known;
        }

        var added = session.One<PartnerRow>(
            "insert into partner (key, name, created_at) values (@key, @name, @Clock) returning id, key, name, requires_second_factor, created_at, offboarded_at",
            new
            {
                key,
                name = Words.Name(name, "the partner's name"),
                session.Clock,
            }
        );
        AuditLog.Record(session, new AuditEntry(added.Id, principal.Kind, principal.Id, "partner.added", $"partner:{key}", principal.Purpose));
        return added;
    }

    // Who sees one app of a partner may know its name.
    private static string Scope(Principal principal)
    {
        var scope = principal.ScopeOf(Capability.ReadApps);
        return scope.IsAll
            ? "(1 = 1)"
            : $"({scope.Sql("p.id", null)} or exists (select 1 from app a where a.partner_id = p.id and {scope.Sql("a.partner_id", "a.id")}))";
    }
}
