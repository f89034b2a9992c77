using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>The versions of apps. Ask for the app first: that is what says whether somebody may see or change them.</summary>
public static class VersionList
{
    private const string Columns = "id, hosting_id, version, build, released_at, noticed_at, state, supports, artifact_id, download_url";

    /// <summary>Newest first, those released before a time (or at that time with a lesser id).</summary>
    public static IReadOnlyList<VersionRow> List(Session session, long hostingId, long beforeReleasedAt, long beforeId, int limit) =>
        session.List<VersionRow>(
            $"""
            select {Columns} from app_version
            where hosting_id = @hostingId and (released_at < @beforeReleasedAt or (released_at = @beforeReleasedAt and id < @beforeId))
            order by released_at desc, id desc limit @limit
            """,
            new
            {
                hostingId,
                beforeReleasedAt,
                beforeId,
                limit,
            }
        );

    /// <summary>The newest that customers can install; null where there is none.</summary>
    public static VersionRow? Newest(Session session, long hostingId) =>
        session.Find<VersionRow>(
            $"select {Columns} from app_version where hosting_id = @hostingId and state = 'public' order by released_at desc, id desc limit 1",
            new { hostingId }
        );

    public static VersionRow? Find(Session session, long id) => session.Find<VersionRow>($"select {Columns} from app_version where id = @id", new { id });

    /// <summary>Adds a version, or brings it up to date; whether it is new.</summary>
    public static (VersionRow Version, bool IsNew) Add(Session session, long hostingId, NoticedVersion noticed)
    {
        var version = Words.Version(noticed.Version);
        var isNew =
            session.Execute(
                """
                insert into app_version (hosting_id, version, build, released_at, noticed_at, state, supports, artifact_id, download_url)
                values (@hostingId, @version, @Build, @ReleasedAt, @Clock, @State, @supports, @ArtifactId, @DownloadUrl)
                on conflict (hosting_id, version) do nothing
                """,
                Values()
            ) == 1;
        if (!isNew)
        {
            session.Execute(
                """
                update app_version set state = @State, supports = @supports, build = coalesce(@Build, build),
                  artifact_id = coalesce(@ArtifactId, artifact_id), download_url = coalesce(@DownloadUrl, download_url)
                where hosting_id = @hostingId and version = @version
                """,
                Values()
            );
        }

        return (
            session.One<VersionRow>($"select {Columns} from app_version where hosting_id = @hostingId and version = @version", new { hostingId, version }),
            isNew
        );

        object Values() =>
            new
            {
                hostingId,
                version,
                noticed.Build,
                ReleasedAt = noticed.ReleasedAt?.ToUnixTimeMilliseconds() ?? session.Clock,
                noticed.State,
                supports = noticed.Supports.ToJson(),
                noticed.ArtifactId,
                DownloadUrl = noticed.DownloadUrl is null ? null : Words.Url(noticed.DownloadUrl, "the download's URL"),
                session.Clock,
            };
    }
}

/// <summary>A version that somebody told us of.</summary>
public sealed record NoticedVersion(string Version)
{
    public long? Build { get; init; }

    /// <summary>Null where nobody says: then it is when it was noticed.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    public string State { get; init; } = "public";

    /// <summary>The versions of host products that it runs on.</summary>
    public ProductRanges Supports { get; init; } = ProductRanges.None;

    public string? ArtifactId { get; init; }

    public string? DownloadUrl { get; init; }
}
