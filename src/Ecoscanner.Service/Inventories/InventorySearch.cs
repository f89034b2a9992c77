using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Inventories;

/// <summary>Which apps ship a library, over all stored inventories.</summary>
public static class InventorySearch
{
    public const int MostRows = 200;

    // A library at more places of one app is told by some.
    private const int MostPlaces = 50;

    /// <summary>A part of the versions of apps that ship it, by package and then in the order in which inventories were stored; only what is in the scope.</summary>
    /// <param name="onlyNewest">Only the newest version of each hosting.</param>
    /// <param name="after">As the part before said; null for the first.</param>
    public static ListPart<ShippedLibrary> Part(Session session, RowScope scope, LibraryQuery query, bool onlyNewest, string? after, int rows)
    {
        rows = Math.Clamp(rows, 1, MostRows);
        var (package, inventory) = Place(after);
        var found = Hits(session, scope, query, onlyNewest, package, inventory).Take(rows + 1).ToList();
        return found.Count <= rows
            ? new([.. found.Select(hit => hit.Library)], null)
            : new(
                [.. found.Take(rows).Select(hit => hit.Library)],
                string.Create(CultureInfo.InvariantCulture, $"{found[rows - 1].Package}:{found[rows - 1].Library.InventoryId}")
            );
    }

    /// <summary>How many it is about.</summary>
    public static ShippedSummary Summary(Session session, RowScope scope, LibraryQuery query, bool onlyNewest)
    {
        var (apps, partners, inventories) = (new HashSet<long>(), new HashSet<long>(), new HashSet<long>());
        foreach (var (_, library) in Hits(session, scope, query, onlyNewest, 0, 0))
        {
            apps.Add(library.AppId);
            partners.Add(library.PartnerId);
            inventories.Add(library.InventoryId);
        }

        return new ShippedSummary(apps.Count, partners.Count, inventories.Count);
    }

    /// <summary>All of them, one by one; to be read before the session does anything else.</summary>
    internal static IEnumerable<ShippedLibrary> All(Session session, RowScope scope, LibraryQuery query, bool onlyNewest) =>
        Hits(session, scope, query, onlyNewest, 0, 0).Select(hit => hit.Library);

    /// <summary>The statement that a package is looked for with; a test holds its plan against the indices.</summary>
    internal static string Sql(RowScope scope, bool onlyNewest, string versions = "") =>
        $"""
            select c.inventory_id, c.place, c.version, c.version_key, c.shipped, i.partner_id, p.key as partner, i.app_id, a.key as app, a.name as app_name,
                i.hosting_id, h.hosting, i.version_id, v.version as app_version, v.released_at, i.taken_at
            from component c
            join inventory i on i.id = c.inventory_id
            join app_version v on v.id = i.version_id
            join app_hosting h on h.id = i.hosting_id
            join app a on a.id = i.app_id
            join partner p on p.id = i.partner_id
            where c.package_id = @package and c.inventory_id > @after{versions} and {scope.Sql("coalesce(i.partner_id, 0)", "coalesce(i.app_id, 0)")}
                {(
                onlyNewest
                    ? "and not exists (select 1 from app_version n where n.hosting_id = v.hosting_id and n.released_at > v.released_at and exists (select 1 from inventory m where m.version_id = n.id))"
                    : ""
            )}
            order by c.inventory_id, c.place
            """;

    private static IEnumerable<(int Package, ShippedLibrary Library)> Hits(
        Session session,
        RowScope scope,
        LibraryQuery query,
        bool onlyNewest,
        int first,
        long after
    )
    {
        if (scope.IsEmpty)
        {
            yield break;
        }

        for (var at = first; at < query.Packages.Count; at++)
        {
            var sought = query.Packages[at];
            var id = session.Find<long?>(
                "select id from package where ecosystem = @ecosystem and name = @Name",
                new { ecosystem = StoredInventories.WordOf(sought.Ecosystem), sought.Name }
            );
            if (id is null)
            {
                continue;
            }

            // What the versions rule out is not joined with anything.
            var (versions, values) = sought.Sql("c.version_key");
            values["package"] = id;
            values["after"] = at == first ? after : 0;
            List<ComponentRow> copies = [];
            foreach (var row in session.Stream<ComponentRow>(Sql(scope, onlyNewest, versions), values))
            {
                if (!sought.Has(row.VersionKey))
                {
                    continue;
                }

                if (copies is [var one, ..] && one.InventoryId != row.InventoryId)
                {
                    yield return (at, Library(sought, copies));
                    copies = [];
                }

                copies.Add(row);
            }

            if (copies.Count > 0)
            {
                yield return (at, Library(sought, copies));
            }
        }
    }

    private static ShippedLibrary Library(SoughtPackage sought, List<ComponentRow> copies)
    {
        var row = copies[0];
        return new ShippedLibrary
        {
            InventoryId = row.InventoryId,
            PartnerId = row.PartnerId,
            Partner = row.Partner,
            AppId = row.AppId,
            App = row.App,
            AppName = row.AppName,
            HostingId = row.HostingId,
            Hosting = row.Hosting,
            VersionId = row.VersionId,
            AppVersion = row.AppVersion,
            ReleasedAt = row.ReleasedAt,
            TakenAt = row.TakenAt,
            Package = sought.Name,
            Copies =
            [
                .. copies.Take(MostPlaces).Select(copy => new LibraryCopy(copy.Place, copy.Version, copy.VersionKey is not null || sought.IsAny, copy.Shipped)),
            ],
            CopyCount = copies.Count,
        };
    }

    private static (int Package, long Inventory) Place(string? after)
    {
        var colon = after?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return
            colon > 0
            && int.TryParse(after.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var package)
            && long.TryParse(after.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var inventory)
            ? (package, inventory)
            : (0, 0);
    }

    private sealed record ComponentRow
    {
        public long InventoryId { get; init; }
        public string Place { get; init; } = "";
        public string Version { get; init; } = "";
        public byte[]? VersionKey { get; init; }
        public bool Shipped { get; init; }
        public long PartnerId { get; init; }
        public string Partner { get; init; } = "";
        public long AppId { get; init; }
        public string App { get; init; } = "";
        public string AppName { get; init; } = "";
        public long HostingId { get; init; }
        public string Hosting { get; init; } = "";
        public long VersionId { get; init; }
        public string AppVersion { get; init; } = "";
        public long ReleasedAt { get; init; }
        public long TakenAt { get; init; }
    }
}
