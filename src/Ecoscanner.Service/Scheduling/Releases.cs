using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>What is scanned because it is new.</summary>
public static class Releases
{
    // Products whose latest version is told by apps that run on it; a made-up one would be a far outlier.
    private const int LatestOf = 1000;

    /// <summary>An app that came into the catalogue: its targets, and a first scan at once where there is something to ask.</summary>
    public static void OnApp(Session session, AppRow app, HostingRow hosting)
    {
        if (!app.IsOwned)
        {
            return;
        }

        Targets.Ensure(
            session,
            new HostingToScan
            {
                Id = hosting.Id,
                Hosting = hosting.Hosting,
                DescriptorUrl = hosting.DescriptorUrl,
                AppKey = app.Key,
            }
        );
        if (hosting is { Hosting: "connect", DescriptorUrl: not null })
        {
            RunOrders.Place(session, new RunOrder(hosting.Id, "new-app", "release", Priority.Release, "system:ecoscanner"));
        }
    }

    /// <summary>A version that was noticed: it is scanned where it counts; null where it does not.</summary>
    public static string? OnVersion(Session session, AppRow app, HostingRow hosting, VersionRow version)
    {
        // Connect apps are one for all customers: the daily scan sees what is there.
        if (!app.IsOwned || version.State != "public" || hosting.Hosting == "connect" || (version.ArtifactId ?? version.DownloadUrl) is null)
        {
            return null;
        }

        var isNewest = VersionList.Newest(session, hosting.Id)?.Id == version.Id;
        var supports = ProductRanges.Parse(version.Supports);
        // Where nobody says what it runs on, it may be what counts.
        if (hosting.Hosting == "datacenter" && !isNewest && supports.Products.Count > 0 && !LongTermSupport.Covers(supports, Latest(session)))
        {
            return null;
        }

        return RunOrders.Place(
            session,
            new RunOrder(hosting.Id, $"release:{version.Version}", "release", Priority.Release, "system:ecoscanner") { VersionId = version.Id }
        );
    }

    /// <summary>The latest version of each product, as far as known: the greatest that the Marketplace lists, or recent versions of apps say they run on.</summary>
    public static IReadOnlyDictionary<string, ProductVersion> Latest(Session session)
    {
        var latest = new Dictionary<string, ProductVersion>(StringComparer.Ordinal);
        foreach (var supports in session.List<string>("select supports from app_version order by id desc limit @LatestOf", new { LatestOf }))
        {
            foreach (var (product, range) in ProductRanges.Parse(supports).Products)
            {
                Take(product, range.To);
            }
        }

        foreach (var (product, version) in ProductBuilds.Latest(session))
        {
            Take(product, version);
        }

        return latest;

        void Take(string product, string version)
        {
            if (ProductVersion.Parse(version) is { } read && (!latest.TryGetValue(product, out var known) || read > known))
            {
                latest[product] = read;
            }
        }
    }
}
