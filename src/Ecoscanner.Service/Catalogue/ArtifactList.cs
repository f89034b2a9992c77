using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>Files that are kept to be scanned: their content lies sealed elsewhere.</summary>
public static class ArtifactList
{
    /// <summary>The largest archive of an app in the Marketplace is less than half as large.</summary>
    public const long MaximumBytes = 1024L * 1024 * 1024;

    /// <summary>The origin of what was fetched from the Marketplace: kept for some hours, and no part of what its partner stores.</summary>
    internal const string Fetched = "marketplace";

    private const string Columns = "id, partner_id, app_id, digest, bytes, name, kind, origin, added_at, added_by, delete_after, deleted_at";

    /// <summary>Null where there is none that they may see.</summary>
    public static ArtifactRow? Find(Session session, Principal principal, string id) =>
        session.Find<ArtifactRow>(
            $"select {Columns} from artifact where id = @id and {principal.ScopeOf(Capability.ReadApps).Sql("partner_id", "app_id")}",
            new { id }
        );

    /// <summary>Remembers a file whose content was stored; null where they may not. The same content of a partner and app is one artifact as long as it is kept.</summary>
    public static ArtifactRow? Add(Session session, Principal principal, NewArtifact added, TimeSpan keep)
    {
        if (!principal.May(Capability.Upload, added.PartnerId, added.AppId))
        {
            return null;
        }

        var deleteAfter = session.Clock + (long)keep.TotalMilliseconds;
        var known = session.Find<ArtifactRow>(
            $"select {Columns} from artifact where partner_id = @PartnerId and digest = @Digest and app_id = @AppId and deleted_at is null limit 1",
            added
        );
        if (known is not null)
        {
            // What was fetched only is its partner's from when they give it too.
            return session.One<ArtifactRow>(
                $"""
                update artifact set delete_after = case when delete_after < @deleteAfter then @deleteAfter else delete_after end,
                  origin = case when origin = '{Fetched}' then @Origin else origin end
                where id = @Id returning {Columns}
                """,
                new
                {
                    known.Id,
                    added.Origin,
                    deleteAfter,
                }
            );
        }

        return session.One<ArtifactRow>(
            $"""
            insert into artifact (id, partner_id, app_id, digest, bytes, name, kind, origin, added_at, added_by, delete_after)
            values (@id, @PartnerId, @AppId, @Digest, @Bytes, @name, @kind, @Origin, @Clock, @by, @deleteAfter)
            returning {Columns}
            """,
            new
            {
                id = Guid.CreateVersion7(session.Now).ToString(),
                added.PartnerId,
                added.AppId,
                added.Digest,
                added.Bytes,
                name = Words.Name(Path.GetFileName(added.Name), "the file's name"),
                kind = KindOf(added.Name),
                added.Origin,
                session.Clock,
                by = principal.Name,
                deleteAfter,
            }
        );
    }

    /// <summary>Files whose time is over, for who deletes their content and then says so.</summary>
    public static IReadOnlyList<ArtifactRow> Due(Session session, int limit) =>
        session.List<ArtifactRow>(
            $"select {Columns} from artifact where deleted_at is null and delete_after <= @Clock order by delete_after limit @limit",
            new { session.Clock, limit }
        );

    /// <summary>Says that the content is gone. Content that another artifact of the partner has too stays: the caller asks <see cref="IsUsed"/> first.</summary>
    public static void SayDeleted(Session session, string id) =>
        session.Execute("update artifact set deleted_at = @Clock where id = @id", new { id, session.Clock });

    /// <summary>True where another artifact that is kept has the same content.</summary>
    public static bool IsUsed(Session session, ArtifactRow artifact) =>
        session.One<long>("select count(*) from artifact where partner_id = @PartnerId and digest = @Digest and deleted_at is null and id <> @Id", artifact)
        > 0;

    /// <summary>What a file is, by the ending of its name.</summary>
    /// <exception cref="CatalogueException">It is nothing that can be scanned.</exception>
    public static string KindOf(string name) =>
        Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".jar" or ".obr" => "archive",
            ".zip" => "source",
            ".json" => name.EndsWith("atlassian-connect.json", StringComparison.OrdinalIgnoreCase) ? "descriptor" : "sbom",
            _ => throw new CatalogueException(
                "this is no file that can be scanned; give a .jar or .obr, a .zip of a Forge app's source, atlassian-connect.json or an SBOM in JSON"
            ),
        };
}

/// <summary>A file whose content was stored.</summary>
/// <param name="Digest">As the store of blobs names the content: keyed by the partner.</param>
/// <param name="Name">As it was called; what it is is told by its ending.</param>
/// <param name="Origin"><c>upload</c>, <c>marketplace</c> or <c>file</c>.</param>
public sealed record NewArtifact(long PartnerId, long AppId, string Digest, long Bytes, string Name, string Origin);
