using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>The versions of apps. Ask for the app first: that is what says whether somebody may see or change them.</summary>
public static class VersionList
{
    /// <summary>The state of what the Marketplace has not named (yet), and its partner says that customers have.</summary>
    public const string Released = "released";

    /// <summary>Of versions that customers can install.</summary>
    internal const string IsOut = $"v.state in ('public', '{Released}')";

    private const string Insert = """
        insert into app_version (hosting_id, version, build, released_at, noticed_at, state, supports, artifact_id, download_url)
        values (@hostingId, @version, @Build, @ReleasedAt, @Clock, @State, @supports, @ArtifactId, @DownloadUrl)
        """;

    // What the Marketplace says counts; its file is what customers get, whatever was uploaded under that name before.
    private const string Notice = $"""
        update app_version set supports = @supports, build = coalesce(@Build, build), download_url = coalesce(@DownloadUrl, download_url),
          artifact_id = coalesce(@ArtifactId, case when state = '{Released}' and @DownloadUrl is not null then null else artifact_id end), state = @State
        where hosting_id = @hostingId and version = @version
        """;

    // Who takes a release back and releases an older file again has that one as the newest.
    private const string Release =
        "update app_version set artifact_id = @ArtifactId, released_at = @ReleasedAt where hosting_id = @hostingId and version = @version";

    // A file for what the Marketplace names: when it was released and what it runs on is the Marketplace's to say.
    private const string Attach = "update app_version set artifact_id = @ArtifactId where hosting_id = @hostingId and version = @version";

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
            $"select {Columns} from app_version v where v.hosting_id = @hostingId and {IsOut} order by v.released_at desc, v.id desc limit 1",
            new { hostingId }
        );

    /// <summary>The newest of these whose file was ever to be had: what is looked at where somebody asks whether the app is mended. Null where there is none.</summary>
    public static VersionRow? NewestToScan(Session session, long hostingId) =>
        session.Find<VersionRow>(
            $"""
            select {Columns} from app_version v where v.hosting_id = @hostingId and {IsOut} and coalesce(v.artifact_id, v.download_url) is not null
            order by v.released_at desc, v.id desc limit 1
            """,
            new { hostingId }
        );

    public static VersionRow? Find(Session session, long id) => session.Find<VersionRow>($"select {Columns} from app_version where id = @id", new { id });

    /// <summary>The version of that name; null where there is none.</summary>
    public static VersionRow? Named(Session session, long hostingId, string version) =>
        session.Find<VersionRow>($"select {Columns} from app_version where hosting_id = @hostingId and version = @version", new { hostingId, version });

    /// <summary>Adds a version that the Marketplace or an upload names, or brings it up to date.</summary>
    /// <returns>The version, and whether it is to be scanned: nobody named it before, or the Marketplace has its file now in the place of an uploaded one.</returns>
    public static (VersionRow Version, bool IsNew) Add(Session session, long hostingId, NoticedVersion noticed)
    {
        var version = Words.Version(noticed.Version);
        var known = Named(session, hostingId, version);
        session.Execute(
            known is null ? Insert
                : noticed.State != Released ? Notice
                : known.State == Released ? Release
                : Attach,
            Values()
        );
        var row = Named(session, hostingId, version)!;
        // The same file has the same artifact.
        var isReplaced = known?.State == Released && row.State != Released && (row.ArtifactId != known.ArtifactId || noticed.DownloadUrl is not null);
        return (row, known is null || isReplaced);

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
