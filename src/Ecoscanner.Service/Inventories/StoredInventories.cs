using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Inventories;

/// <summary>What every version of every app ships, to be searched and judged again.</summary>
public static class StoredInventories
{
    // As many as a worker may give: the largest real app has some thousands.
    private const int MostComponents = 100_000;
    private const int LongestPlace = 1000;

    /// <summary>Stores the inventory of a version, in the place of the one before; in the transaction of its run.</summary>
    /// <exception cref="InvalidDataException">It has more components than any app.</exception>
    public static void Store(Session session, string runId, long versionId, Inventory inventory)
    {
        var places = inventory.Components.Sum(component => component.Places.Count);
        if (places > MostComponents)
        {
            throw new InvalidDataException(
                $"the inventory has {places:N0} places, and at most {MostComponents:N0} are stored; scan the parts of the app one by one"
            );
        }

        if (session.Find<long?>("select id from inventory where version_id = @versionId", new { versionId }) is { } old)
        {
            Delete(session, old);
        }

        var id = session.One<long>(
            """
            insert into inventory (version_id, hosting_id, app_id, partner_id, run_id, components, gaps, taken_at)
            select @versionId, h.id, a.id, a.partner_id, @runId, @components, @gaps, @Clock
            from app_version v join app_hosting h on h.id = v.hosting_id join app a on a.id = h.app_id
            where v.id = @versionId
            returning id
            """,
            new
            {
                versionId,
                runId,
                components = inventory.Components.Count,
                gaps = inventory.Gaps.Count,
                session.Clock,
            }
        );
        session.Execute(
            "insert into inventory_content (inventory_id, content) values (@id, @content)",
            new { id, content = InventoryContent.Write(inventory) }
        );
        StoreComponents(session, id, inventory);
    }

    /// <summary>Deletes one, with all that can be searched of it.</summary>
    public static void Delete(Session session, long id)
    {
        session.Execute("delete from component where inventory_id = @id", new { id });
        session.Execute("delete from inventory_content where inventory_id = @id", new { id });
        session.Execute("delete from inventory where id = @id", new { id });
    }

    /// <summary>The inventory of a version; null where none is stored.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static Inventory? Find(Session session, long versionId) =>
        session.Find<byte[]>(
            "select c.content from inventory i join inventory_content c on c.inventory_id = i.id where i.version_id = @versionId",
            new { versionId }
        )
            is { } content
            ? InventoryContent.Read(content)
            : null;

    /// <summary>As the schema names it.</summary>
    internal static string WordOf(Ecosystem ecosystem) =>
        ecosystem switch
        {
            Ecosystem.Maven => "maven",
            Ecosystem.Npm => "npm",
            _ => throw new ArgumentOutOfRangeException(nameof(ecosystem), ecosystem, null),
        };

    private static void StoreComponents(Session session, long id, Inventory inventory)
    {
        using var package = new Statement(
            session,
            // The update changes nothing; without it nothing is returned of a package that is known.
            "insert into package (ecosystem, name) values (@p0, @p1) on conflict (ecosystem, name) do update set name = excluded.name returning id"
        );
        using var insert = new Statement(
            session,
            """
            insert into component (package_id, inventory_id, place, version, version_key, shipped) values (@p0, @p1, @p2, @p3, @p4, @p5)
            on conflict (package_id, inventory_id, place) do nothing
            """
        );
        var packages = new Dictionary<(Ecosystem, string), long>();
        foreach (var component in inventory.Components)
        {
            var (ecosystem, name, version) = component.Package;
            // What only bears the name is no package that anybody looks for.
            if (component.Origin is not null)
            {
                continue;
            }

            if (!packages.TryGetValue((ecosystem, name), out var packageId))
            {
                packages[(ecosystem, name)] = packageId = package.Number(WordOf(ecosystem), name);
            }

            var key = version is null ? null : VersionOrder.Of(ecosystem).Key(version)?.Bytes.ToArray();
            foreach (var place in component.Places)
            {
                insert.Run(packageId, id, place.Length <= LongestPlace ? place : place[..LongestPlace], version ?? "", key, component.IsShipped);
            }
        }
    }
}
