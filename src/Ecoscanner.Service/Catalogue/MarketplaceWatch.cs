using Ecoscanner.Reports.Sinks;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>Told of a version that was not known before, in the transaction that adds it: it may be scanned.</summary>
public delegate void VersionNoticed(Session session, AppRow app, HostingRow hosting, VersionRow version);

/// <summary>Told of an app that was not known before, in the same way.</summary>
public delegate void AppNoticed(Session session, AppRow app, HostingRow hosting);

/// <summary>Notices new versions by itself: asks the Marketplace for each app, a few times a day.</summary>
public sealed class MarketplaceWatch(Database database, MarketplaceClient client, VersionNoticed onVersion, TimeProvider time)
{
    /// <summary>New versions are to be scanned within 24 hours; this leaves room for three that fail.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(6);

    /// <summary>After an answer that was none.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(30);

    // Of one app's list: those before are known, or too old for anybody to begin with.
    private const int MaximumPages = 4;

    // Asked one after the other; the next call takes up where this ended.
    private const int Batch = 200;

    private readonly ProductBuilds builds = new(database, client, time);

    /// <summary>
    /// Told of new versions that cannot be placed: nobody knows on which versions of a product they run, so they are scanned, as they may count; or the
    /// Marketplace names no file of them, so they cannot be.
    /// </summary>
    public Action<string>? OnUnknown { get; init; }

    /// <summary>Archives are scanned from there too (<c>HOST:PORT</c>), where the Marketplace names them.</summary>
    public IReadOnlyList<string> DownloadHosts { get; init; } = [];

    /// <summary>Asks for the apps that are due, until none is or the Marketplace wants a rest; how many versions were new.</summary>
    public async Task<int> PollAsync(CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var due in database.Read(Due))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                found += await PollAsync(due, cancellationToken);
            }
            catch (MarketplaceException e)
            {
                var next = time.GetUtcNow() + (e.Pause ?? AfterFailure);
                database.Write(session => Note(session, due.HostingId, due.Etag, next, e.Message));
                if (e.Pause is not null)
                {
                    // The rest would get the same answer.
                    break;
                }
            }
        }

        return found;
    }

    private async Task<int> PollAsync(DuePoll due, CancellationToken cancellationToken)
    {
        var id = client.Api.Software is null ? null : await SoftwareAsync(due, cancellationToken);
        var path = client.Api.Versions(due.AppKey, MarketplaceHosting(due.Hosting), id);
        var url = client.Path(path);
        var versions = new List<NoticedVersion>();
        var etag = due.Etag;
        for (var page = 0; page < MaximumPages; page++)
        {
            if (await client.ReadAsync(url, page == 0 ? due.Etag : null, cancellationToken) is not { } answer)
            {
                break;
            }

            using var document = answer.Document;
            etag = page == 0 ? answer.ETag : etag;
            var read = client
                .Api.VersionItems(document.RootElement)
                .Select(item => client.Api.ReadVersion(item, due.Hosting))
                .OfType<NoticedVersion>()
                .ToList();
            versions.AddRange(read);
            // The newest come first: a page that holds a known one is the last that tells something.
            if (client.Api.NextPage(document.RootElement, path) is not { } next || database.Read(session => IsKnown(session, due.HostingId, read)))
            {
                break;
            }

            url = next.StartsWith(path, StringComparison.Ordinal) ? client.Path(next) : client.Link(next);
        }

        var named = await builds.NameAsync(versions, cancellationToken);
        // What could not be named is asked for again, and not only where it changed.
        return database.Write(session => Take(session, due, named, named.Any(version => version.Supports.Unknown.Any()) ? null : etag));
    }

    private async Task<string> SoftwareAsync(DuePoll due, CancellationToken cancellationToken)
    {
        if (due.MarketplaceId is { } known)
        {
            return known;
        }

        var answer = await client.ReadAsync(client.Path(client.Api.Software!(due.AppKey)), null, cancellationToken);
        using var document = answer!.Document;
        var id =
            document.RootElement.ValueKind == System.Text.Json.JsonValueKind.Array
                ? document
                    .RootElement.EnumerateArray()
                    .Where(one => string.Equals(MarketplaceApi.Text(one, "hosting"), MarketplaceHosting(due.Hosting), StringComparison.OrdinalIgnoreCase))
                    .Select(one => MarketplaceApi.Text(one, "appSoftwareId"))
                    .FirstOrDefault(found => found is not null)
                : null;
        if (id is null)
        {
            throw new MarketplaceException($"the Marketplace knows no {due.Hosting} app {due.AppKey}");
        }

        database.Write(session => session.Execute("update app_hosting set marketplace_id = @id where id = @HostingId", new { id, due.HostingId }));
        return id;
    }

    private int Take(Session session, DuePoll due, IReadOnlyList<NoticedVersion> versions, string? etag)
    {
        var app = AppList.Find(session, Principal.Platform, due.AppId)!;
        var hosting = AppList.Hosting(session, due.AppId, due.Hosting)!;
        var added = new List<VersionRow>();
        var (unknown, missing) = (new List<NoticedVersion>(), new List<NoticedVersion>());
        // The oldest first, so that the newest is the last that is noticed.
        foreach (var version in versions.Reverse())
        {
            try
            {
                var link = version.DownloadUrl is { } download ? Download(download).AbsoluteUri : null;
                if (VersionList.Add(session, hosting.Id, version with { DownloadUrl = link }) is { IsNew: true } result)
                {
                    added.Add(result.Version);
                    unknown.AddRange(version.Supports.Unknown.Any() ? [version] : []);
                    missing.AddRange(due.Hosting == "datacenter" && version.State == "public" && result.Version.DownloadUrl is null ? [version] : []);
                }
            }
            catch (Exception e) when (e is CatalogueException or MarketplaceException)
            {
                // One that cannot be kept hides no other.
            }
        }

        foreach (var version in added)
        {
            onVersion(session, app, hosting, version);
        }

        if (unknown.Count > 0)
        {
            var product = unknown[^1].Supports.Unknown.First();
            var range = unknown[^1].Supports.Products[product];
            Tell(due, unknown, $"runs on {product} from {range.From} to {range.To}, and which versions these are is not known; it is scanned, as it may count");
        }

        if (missing.Count > 0)
        {
            Tell(due, missing, "has no file that the Marketplace names; it is scanned when its partner uploads it as released");
        }

        Note(session, due.HostingId, etag, time.GetUtcNow() + Every, null);
        return added.Count;
    }

    private Uri Download(string href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var url)
        && url is { Scheme: "https", UserInfo: "" }
        && DownloadHosts.Contains($"{url.IdnHost}:{url.Port}", StringComparer.OrdinalIgnoreCase)
            ? url
            : client.Link(href);

    // A product and a range are whatever the Marketplace says.
    private void Tell(DuePoll due, IReadOnlyList<NoticedVersion> versions, string what) =>
        OnUnknown?.Invoke(
            ConsoleText.Of($"{due.AppKey} {versions[^1].Version} {what}{(versions.Count > 1 ? $" (and {versions.Count - 1} others of the app likewise)" : "")}")
        );

    private static bool IsKnown(Session session, long hostingId, IReadOnlyList<NoticedVersion> versions) =>
        versions.Count == 0
        || session.Find<long?>(
            $"select id from app_version where hosting_id = @hostingId and version in @names and state <> '{VersionList.Released}' limit 1",
            new { hostingId, names = versions.Select(version => version.Version) }
        )
            is not null;

    private static void Note(Session session, long hostingId, string? etag, DateTimeOffset next, string? failure) =>
        session.Execute(
            """
            insert into marketplace_poll (hosting_id, etag, polled_at, next_at, failure) values (@hostingId, @etag, @Clock, @next, @failure)
            on conflict (hosting_id) do update set etag = excluded.etag, polled_at = excluded.polled_at, next_at = excluded.next_at, failure = excluded.failure
            """,
            new
            {
                hostingId,
                etag,
                failure,
                session.Clock,
                next = next.ToUnixTimeMilliseconds(),
            }
        );

    // Those that were never asked for, then the longest due.
    private static IReadOnlyList<DuePoll> Due(Session session)
    {
        const string Columns = "h.id as hosting_id, h.app_id, h.hosting, h.marketplace_id, a.key as app_key, p.etag";
        const string Owned = "a.ownership in ('proven', 'granted') and a.archived_at is null";
        var fresh = session.List<DuePoll>(
            $"""
            select {Columns} from app_hosting h join app a on a.id = h.app_id left join marketplace_poll p on p.hosting_id = h.id
            where p.hosting_id is null and {Owned} order by h.id limit @Batch
            """,
            new { Batch }
        );
        return
        [
            .. fresh,
            .. session.List<DuePoll>(
                $"""
                select {Columns} from marketplace_poll p join app_hosting h on h.id = p.hosting_id join app a on a.id = h.app_id
                where p.next_at <= @Clock and {Owned} order by p.next_at limit @rest
                """,
                new { session.Clock, rest = Batch - fresh.Count }
            ),
        ];
    }

    private static string MarketplaceHosting(string hosting) => hosting == "datacenter" ? "datacenter" : "cloud";

    private sealed record DuePoll
    {
        public long HostingId { get; init; }
        public long AppId { get; init; }
        public string Hosting { get; init; } = "";
        public string? MarketplaceId { get; init; }
        public string AppKey { get; init; } = "";
        public string? Etag { get; init; }
    }
}
