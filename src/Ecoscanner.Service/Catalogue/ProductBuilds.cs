using System.Text.Json;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>
/// Names the versions of host products that an app's ranges tell by their builds, from the Marketplace's own lists of them. A list is read where it lacks a
/// build that an app names, and once in six hours at most. A build that it does not hold even then stays a build: nobody knows what the app runs on.
/// </summary>
internal sealed class ProductBuilds(Database database, MarketplaceClient client, TimeProvider time)
{
    /// <summary>As often as apps are asked for; products have a few new versions a month.</summary>
    public static readonly TimeSpan Every = MarketplaceWatch.Every;

    /// <summary>Some twenty are known; names beyond that are no product's.</summary>
    public const int MaximumProducts = 50;

    /// <summary>Of one product's list, fifty each: the longest has some 1,500 versions.</summary>
    public const int MaximumPages = 60;

    /// <summary>The same versions with ranges in versions, as far as these are known.</summary>
    /// <exception cref="MarketplaceException">The Marketplace wants a rest.</exception>
    public async Task<IReadOnlyList<NoticedVersion>> NameAsync(IReadOnlyList<NoticedVersion> versions, CancellationToken cancellationToken)
    {
        if (client.Api.ProductVersions is null)
        {
            return versions;
        }

        var named = database.Read(session => Name(session, versions));
        foreach (var product in named.SelectMany(version => version.Supports.Unknown).Distinct(StringComparer.Ordinal))
        {
            if (database.Read(session => IsDue(session, product)))
            {
                await ReadAsync(product, cancellationToken);
            }
        }

        return database.Read(session => Name(session, versions));
    }

    /// <summary>The greatest version of each product whose list was read.</summary>
    public static IReadOnlyList<(string Product, string Version)> Latest(Session session) =>
        [
            .. session
                .List<LatestVersion>("select product, latest from product_poll where latest is not null limit @MaximumProducts", new { MaximumProducts })
                .Select(row => (row.Product, row.Latest)),
        ];

    private async Task ReadAsync(string product, CancellationToken cancellationToken)
    {
        try
        {
            var (builds, isWhole) = await ListAsync(product, cancellationToken);
            database.Write(session =>
            {
                foreach (var (build, version, _) in builds)
                {
                    session.Execute(
                        """
                        insert into product_build (product, build, version) values (@product, @build, @version)
                        on conflict (product, build) do update set version = excluded.version
                        """,
                        new
                        {
                            product,
                            build,
                            version,
                        }
                    );
                }

                Note(session, product, Every, isWhole ? null : $"its list goes on after {MaximumPages} pages; the rest was not read");
                var latest = builds.Where(one => one.IsForCustomers).MaxBy(one => ProductVersion.Parse(one.Version))?.Version;
                session.Execute("update product_poll set latest = coalesce(@latest, latest) where product = @product", new { product, latest });
            });
        }
        catch (MarketplaceException e)
        {
            database.Write(session => Note(session, product, e.Pause ?? MarketplaceWatch.AfterFailure, e.Message));
            if (e.Pause is not null)
            {
                throw;
            }
        }
    }

    // To its end: it stands in the order of builds, so that a new version of an old line is in its midst, and no page tells whether another one changed.
    private async Task<(List<ListedVersion> Builds, bool IsWhole)> ListAsync(string product, CancellationToken cancellationToken)
    {
        var path = client.Api.ProductVersions!(product);
        var all = new List<ListedVersion>();
        var next = path;
        for (var page = 0; page < MaximumPages && next is not null; page++)
        {
            var answer = await client.ReadAsync(client.Path(next), null, cancellationToken);
            using var document = answer!.Document;
            all.AddRange(client.Api.VersionItems(document.RootElement).Select(Read).OfType<ListedVersion>());
            next = client.Api.NextPage(document.RootElement, path);
        }

        return (all, next is null);
    }

    private static ListedVersion? Read(JsonElement item) =>
        MarketplaceApi.Number(item, "buildNumber") is { } build
        && MarketplaceApi.Text(item, "versionNumber") is { } version
        && ProductVersion.Parse(version) is not null
            ? new ListedVersion(build, version, IsForCustomers(item, version))
            : null;

    // Milestones have a word behind their numbers; the cloud's versions are nobody's to choose.
    private static bool IsForCustomers(JsonElement item, string version) =>
        !version.Contains('-', StringComparison.Ordinal)
        && (
            item.At("hosting") is not { ValueKind: JsonValueKind.Array } hostings
            || hostings.EnumerateArray().Any(hosting => hosting is { ValueKind: JsonValueKind.String } && hosting.ValueEquals("datacenter"))
        );

    private static IReadOnlyList<NoticedVersion> Name(Session session, IReadOnlyList<NoticedVersion> versions) =>
        [.. versions.Select(version => version with { Supports = Name(session, version.Supports) })];

    private static ProductRanges Name(Session session, ProductRanges ranges) =>
        new(
            ranges.Products.ToDictionary(
                pair => pair.Key,
                pair => new ProductRange(Name(session, pair.Key, pair.Value.From), Name(session, pair.Key, pair.Value.To)),
                StringComparer.Ordinal
            )
        );

    private static string Name(Session session, string product, string end) =>
        ProductRange.BuildOf(end) is { } build && VersionOf(session, product, build) is { } version ? version : end;

    private static string? VersionOf(Session session, string product, long build) =>
        session.Find<string>("select version from product_build where product = @product and build = @build", new { product, build });

    private static bool IsDue(Session session, string product) =>
        session.Find<long?>("select next_at from product_poll where product = @product", new { product }) is { } next
            ? next <= session.Clock
            : session.One<long>("select count(*) from product_poll") < MaximumProducts;

    private void Note(Session session, string product, TimeSpan rest, string? failure) =>
        session.Execute(
            """
            insert into product_poll (product, polled_at, next_at, failure) values (@product, @Clock, @next, @failure)
            on conflict (product) do update set polled_at = excluded.polled_at, next_at = excluded.next_at, failure = excluded.failure
            """,
            new
            {
                product,
                failure,
                session.Clock,
                next = (time.GetUtcNow() + rest).ToUnixTimeMilliseconds(),
            }
        );

    private sealed record LatestVersion(string Product, string Latest);

    /// <param name="IsForCustomers">True where a customer of Data Center can install it.</param>
    private sealed record ListedVersion(long Build, string Version, bool IsForCustomers);
}
