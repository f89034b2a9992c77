using System.Text.Json;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>
/// Names the versions of host products that an app's ranges tell by their builds, from the Marketplace's own lists of them, which are read once a day at most.
/// A build that no list holds stays a build: then nobody knows what the app runs on.
/// </summary>
internal sealed class ProductBuilds(Database database, MarketplaceClient client, TimeProvider time)
{
    /// <summary>Products have a few new versions a month; an app that names one of today is scanned for that reason alone until tomorrow.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

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

        foreach (var product in versions.SelectMany(version => version.Supports.Unknown).Distinct(StringComparer.Ordinal).ToList())
        {
            if (database.Read(session => IsDue(session, product)))
            {
                await ReadAsync(product, cancellationToken);
            }
        }

        return database.Read(session => versions.Select(version => version with { Supports = Name(session, version.Supports) }).ToList());
    }

    private async Task ReadAsync(string product, CancellationToken cancellationToken)
    {
        try
        {
            var (etag, builds) = await ListAsync(product, cancellationToken);
            database.Write(session =>
            {
                foreach (var (build, version) in builds)
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

                Note(session, product, etag, Every, null);
            });
        }
        catch (MarketplaceException e)
        {
            database.Write(session => Note(session, product, EtagOf(session, product), e.Pause ?? MarketplaceWatch.AfterFailure, e.Message));
            if (e.Pause is not null)
            {
                throw;
            }
        }
    }

    /// <summary>What is new in the list. It is taken in whole or not at all: a known build at its front tells that the rest is known.</summary>
    private async Task<(string? Etag, List<(long Build, string Version)> Builds)> ListAsync(string product, CancellationToken cancellationToken)
    {
        var path = client.Api.ProductVersions!(product);
        var etag = database.Read(session => EtagOf(session, product));
        var all = new List<(long Build, string Version)>();
        var next = path;
        for (var page = 0; page < MaximumPages; page++)
        {
            if (await client.ReadAsync(client.Path(next), page == 0 ? etag : null, cancellationToken) is not { } answer)
            {
                break;
            }

            using var document = answer.Document;
            etag = page == 0 ? answer.ETag : etag;
            var read = client.Api.VersionItems(document.RootElement).Select(Read).OfType<(long Build, string Version)>().ToList();
            all.AddRange(read);
            if (
                client.Api.NextPage(document.RootElement, path) is not { } following
                || database.Read(session => read.Exists(one => VersionOf(session, product, one.Build) is not null))
            )
            {
                break;
            }

            next = following;
        }

        return (etag, all);
    }

    private static (long Build, string Version)? Read(JsonElement item) =>
        MarketplaceApi.Number(item, "buildNumber") is { } build && MarketplaceApi.Text(item, "versionNumber") is { } version && ProductVersion.Parse(version) is not null
            ? (build, version)
            : null;

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

    private static string? EtagOf(Session session, string product) =>
        session.Find<string>("select etag from product_poll where product = @product", new { product });

    private void Note(Session session, string product, string? etag, TimeSpan rest, string? failure) =>
        session.Execute(
            """
            insert into product_poll (product, etag, polled_at, next_at, failure) values (@product, @etag, @Clock, @next, @failure)
            on conflict (product) do update set etag = excluded.etag, polled_at = excluded.polled_at, next_at = excluded.next_at, failure = excluded.failure
            """,
            new
            {
                product,
                etag,
                failure,
                session.Clock,
                next = (time.GetUtcNow() + rest).ToUnixTimeMilliseconds(),
            }
        );
}
