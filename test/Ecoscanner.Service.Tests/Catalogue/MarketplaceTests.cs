using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tests.Scheduling;
using Microsoft.AspNetCore.Http;

namespace Ecoscanner.Service.Tests.Catalogue;

public sealed class MarketplaceTests : IAsyncLifetime
{
    private readonly Town town = new();
    private FakeMarketplace marketplace = null!;
    private HostingRow hosting = null!;
    private readonly List<string> unknown = [];

    public async ValueTask InitializeAsync()
    {
        marketplace = await FakeMarketplace.StartAsync();
        marketplace.Versions["app"] = [("1.1", "9.0", "9.12"), ("1.0", "8.0", "8.5")];
        hosting = town.Database.Write(session =>
        {
            var app = AppList.Grant(session, Principal.Platform, town.Partner.Id, "app", "App")!;
            return AppList.AddHosting(session, app.Id, "datacenter");
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task New_versions_are_noticed_and_scanned_by_themselves(int api)
    {
        Assert.Equal(2, await PollAsync(api));
        town.Time.Advance(MarketplaceWatch.Every);
        marketplace.Versions["app"].Insert(0, ("1.2", "9.0", "10.3"));
        Assert.Equal(1, await PollAsync(api));
        Assert.Equal("1.2", town.Database.Read(session => VersionList.Newest(session, hosting.Id))!.Version);
        Assert.Contains("release:1.2", Ordered());
    }

    [Fact]
    public async Task A_list_of_several_pages_is_read_until_what_is_known()
    {
        marketplace.Versions["app"] = [.. Enumerable.Range(1, 6).Reverse().Select(i => ($"2.{i}", "9.0", "9.12"))];
        Assert.Equal(6, await PollAsync(2));
        var before = marketplace.Requests.Count;
        town.Time.Advance(MarketplaceWatch.Every);
        marketplace.Versions["app"].Insert(0, ("3.0", "9.0", "9.12"));
        Assert.Equal(1, await PollAsync(2));
        Assert.Equal(before + 1, marketplace.Requests.Count);
    }

    [Fact]
    public async Task What_was_uploaded_as_released_is_scanned_from_the_Marketplace_when_it_is_there()
    {
        // The Marketplace's file is not known to be the uploaded one until it is read; the same gives the same findings.
        var uploaded = Release("1.1", "digest");
        Assert.Equal("1.1", Newest().Version);
        Assert.Equal(2, await PollAsync(2));
        Assert.Equal(("public", null), (Newest().State, Newest().ArtifactId));
        Assert.NotNull(Newest().DownloadUrl);
        Assert.Contains("release:1.1", town.Database.Read(session => session.List<string>("select trigger_key from run")));

        // A release that the Marketplace does not name yet is the newest until it names one.
        town.Time.Advance(MarketplaceWatch.Every);
        Release("1.2", "other");
        Assert.Equal("1.2", Newest().Version);
        Assert.Equal(0, await PollAsync(2));
        Assert.Equal(("1.2", "released"), (Newest().Version, Newest().State));
        Assert.NotEqual(uploaded.ArtifactId, Newest().ArtifactId);
    }

    [Theory]
    [InlineData("digest", false)]
    [InlineData("other", true)]
    public void Only_another_file_of_a_released_version_is_scanned_again(string digest, bool isNew)
    {
        Release("1.1", "digest");
        var noticed = town.Database.Write(session =>
            VersionList.Add(
                session,
                hosting.Id,
                new NoticedVersion("1.1") { ArtifactId = File(session, digest), Supports = ProductRanges.Parse("""{"jira":{"from":"9.0","to":"9.12"}}""") }
            )
        );
        Assert.Equal((isNew, "public"), (noticed.IsNew, noticed.Version.State));
        // What a partner says of it later changes neither what it is nor what it runs on.
        var again = Release("1.1", "third");
        Assert.Equal(("public", noticed.Version.Supports, noticed.Version.ReleasedAt), (again.State, again.Supports, again.ReleasedAt));
    }

    [Fact]
    public void A_version_without_a_file_on_the_Marketplace_keeps_the_uploaded_one()
    {
        var uploaded = Release("1.1", "digest");
        var noticed = town.Database.Write(session => VersionList.Add(session, hosting.Id, new NoticedVersion("1.1")));
        Assert.Equal((false, "public", uploaded.ArtifactId), (noticed.IsNew, noticed.Version.State, noticed.Version.ArtifactId));
        // It is not what customers have where the Marketplace says so.
        town.Database.Write(session => VersionList.Add(session, hosting.Id, new NoticedVersion("1.1") { State = "rejected" }));
        Assert.Null(town.Database.Read(session => VersionList.NewestToScan(session, hosting.Id)));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_read_again()
    {
        Assert.Equal(2, await PollAsync(2));
        Assert.Equal(0, await PollAsync(2));
        Assert.Single(marketplace.Requests);
        town.Time.Advance(MarketplaceWatch.Every);
        Assert.Equal(0, await PollAsync(2));
        Assert.Equal(2, marketplace.Requests.Count);
        Assert.Null(town.One<string?>("select failure from marketplace_poll"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Only_versions_that_count_are_scanned(int api)
    {
        marketplace.Versions["app"] = [("9.0", "9.12", "9.12.9"), ("8.0", "7.0", "7.5"), ("7.0", "10.0", "10.9")];
        await PollAsync(api);
        Assert.Equal(
            """{"jira":{"from":"7.0","to":"7.5"}}""",
            town.One<string>("select supports from app_version where hosting_id = @Id and version = '8.0'", hosting)
        );
        // The newest, and the one for the latest product with long-term support; not the one for a product of long ago.
        Assert.Equal(["release:7.0", "release:9.0"], Ordered());
        Assert.Empty(unknown);
    }

    [Fact]
    public async Task A_products_list_is_read_where_it_lacks_a_build_and_not_again_and_again()
    {
        await PollAsync(3);
        Assert.Equal(5, ListsRead());
        town.Time.Advance(ProductBuilds.Every);
        marketplace.Versions["app"].Insert(0, ("1.2", "9.0", "10.3"));
        await PollAsync(3);
        Assert.Equal(5, ListsRead());
        // A new version of an old line stands in the list's midst.
        marketplace.Jiras.Insert(3, "9.12.30");
        marketplace.Versions["app"].Insert(0, ("1.3", "9.0", "9.12.30"));
        town.Time.Advance(MarketplaceWatch.Every);
        await PollAsync(3);
        Assert.Equal(11, ListsRead());
        Assert.Equal("""{"jira":{"from":"9.0","to":"9.12.30"}}""", town.One<string>("select supports from app_version where version = '1.3'"));
        Assert.Empty(unknown);
        // One that the list never holds: asked for once in a while, though each poll meets it.
        marketplace.Versions["app"].Insert(0, ("1.4", "9.0", "99.9"));
        var other = town.Database.Write(session => AppList.Grant(session, Principal.Platform, town.Partner.Id, "other", "Other")!);
        town.Database.Write(session => AppList.AddHosting(session, other.Id, "datacenter"));
        marketplace.Versions["other"] = [("1.0", "9.0", "99.9")];
        town.Time.Advance(MarketplaceWatch.Every);
        await PollAsync(3);
        Assert.Equal(17, ListsRead());
        Assert.Equal(2, unknown.Count);
    }

    [Fact]
    public async Task What_the_Marketplace_lists_is_the_latest_version_of_a_product_and_no_milestone_is()
    {
        // All apps are for old versions; with the list nobody takes the greatest of these for the latest.
        marketplace.Versions["app"] = [("9.0", "9.0", "9.0"), ("8.0", "7.0", "8.5")];
        await PollAsync(3);
        Assert.Equal(["release:9.0"], Ordered());
        Assert.Equal(new ProductVersion(10, 9, 0), town.Database.Read(Releases.Latest)["jira"]);
        marketplace.Trouble = context =>
            !context.Request.Path.Value!.Contains("parent-software", StringComparison.Ordinal)
                ? null
                : Results.Text(
                    """
                    {"versions":[{"buildNumber":130000,"versionNumber":"13.0.0-m01"},{"buildNumber":1000,"versionNumber":"1000.1","hosting":["cloud"]},
                    {"buildNumber":120000,"versionNumber":"12.0","hosting":["server","datacenter"]},{"buildNumber":110000,"versionNumber":"11.0"}]}
                    """
                );
        marketplace.Versions["app"].Insert(0, ("9.1", "9.0", "13.0"));
        town.Time.Advance(MarketplaceWatch.Every);
        await PollAsync(3);
        Assert.Equal("""{"jira":{"from":"9.0","to":"13.0.0-m01"}}""", town.One<string>("select supports from app_version where version = '9.1'"));
        Assert.Equal("12.0", town.One<string>("select latest from product_poll"));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("error")]
    [InlineData("another shape")]
    public async Task A_version_whose_products_are_not_known_is_scanned_and_the_operator_is_told(string trouble)
    {
        marketplace.Versions["app"] = [("9.0", "9.12", "9.12.9"), ("8.0", "7.0", "7.5")];
        marketplace.Jiras.RemoveAll(version => trouble == "missing" && version is "7.0" or "9.12");
        marketplace.Trouble = context =>
            !context.Request.Path.Value!.Contains("parent-software", StringComparison.Ordinal) ? null
            : trouble == "error" ? Results.StatusCode(500)
            : trouble == "another shape" ? Results.Text("""{"versions":[5,{"buildNumber":"x"},{"buildNumber":-1,"versionNumber":"\ud800"}],"links":[]}""")
            : null;
        await PollAsync(3);
        Assert.Equal(["release:8.0", "release:9.0"], Ordered());
        Assert.Contains("app 9.0 runs on jira from build 91200 to ", Assert.Single(unknown), StringComparison.Ordinal);
        Assert.Contains("1 others of the app", Assert.Single(unknown), StringComparison.Ordinal);
        Assert.Equal(trouble == "error", town.One<string?>("select failure from product_poll") is not null);

        // They are named as soon as the list tells, though the app's own list is the same.
        marketplace.Trouble = static _ => null;
        marketplace.Jiras.Clear();
        marketplace.Jiras.AddRange(["9.12.9", "9.12", "7.5", "7.0"]);
        town.Time.Advance(ProductBuilds.Every);
        await PollAsync(3);
        Assert.Equal("""{"jira":{"from":"7.0","to":"7.5"}}""", town.One<string>("select supports from app_version where version = '8.0'"));
        Assert.Single(unknown);
    }

    [Fact]
    public async Task Archives_are_taken_from_the_Marketplaces_own_hosts_and_no_others()
    {
        var links = new Queue<string>(["https://market.example/1.jar", "https://elsewhere.example/1.jar", ""]);
        marketplace.Versions["app"] = [("1.0", "9.0", "9.12")];
        marketplace.Trouble = context =>
            !context.Request.Path.Value!.EndsWith("id-app/versions", StringComparison.Ordinal)
                ? null
                : Results.Text(
                    $$$$"""{"versions":[{"versionNumber":"{{{{links.Count}}}}","state":"active","frameworkDetails":{"attributes":{"artifactUrl":"{{{{links.Dequeue()}}}}"}}}]}"""
                );
        Assert.Equal(1, await PollAsync(3));
        Assert.Equal("https://market.example/1.jar", Newest().DownloadUrl);
        town.Time.Advance(MarketplaceWatch.Every);
        Assert.Equal(0, await PollAsync(3));
        Assert.Empty(unknown);
        // One that names none is told, for nothing scans it.
        town.Time.Advance(MarketplaceWatch.Every);
        Assert.Equal(1, await PollAsync(3));
        Assert.Contains("app 1 has no file that the Marketplace names", Assert.Single(unknown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("deep")]
    [InlineData("error")]
    [InlineData("empty")]
    public async Task An_answer_that_is_none_is_noted_and_asked_for_again(string trouble)
    {
        marketplace.Trouble = _ =>
            trouble switch
            {
                "broken" => Results.Text("{\"_embedded\": {\"versions\": [", "application/json"),
                "deep" => Results.Text(new string('[', 5000), "application/json"),
                "error" => Results.StatusCode(500),
                _ => Results.Text("", "application/json"),
            };
        Assert.Equal(0, await PollAsync(2));
        Assert.NotNull(town.One<string?>("select failure from marketplace_poll"));
        marketplace.Trouble = static _ => null;
        Assert.Equal(0, await PollAsync(2));
        town.Time.Advance(MarketplaceWatch.AfterFailure);
        Assert.Equal(2, await PollAsync(2));
    }

    [Theory]
    [InlineData("""{"_embedded": 5}""")]
    [InlineData("""{"_embedded": {"versions": [5, null, "x", {}, {"name": 7}, {"name": ""}, {"name": "a\u0000b"}]}}""")]
    [InlineData("""{"_embedded": {"versions": [{"name": "\ud800", "compatibilities": 5, "release": []}]}, "_links": {"next": "x"}}""")]
    [InlineData("[]")]
    public async Task An_answer_of_another_shape_brings_nothing(string answer)
    {
        marketplace.Trouble = _ => Results.Text(answer, "application/json");
        Assert.Equal(0, await PollAsync(2));
    }

    [Fact]
    public async Task It_waits_as_long_as_the_Marketplace_asks()
    {
        marketplace.Trouble = context =>
        {
            context.Response.Headers.RetryAfter = "7200";
            return Results.StatusCode(429);
        };
        Assert.Equal(0, await PollAsync(2));
        marketplace.Trouble = static _ => null;
        town.Time.Advance(TimeSpan.FromMinutes(100));
        Assert.Equal(0, await PollAsync(2));
        town.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(2, await PollAsync(2));
    }

    [Fact]
    public async Task Links_to_other_hosts_are_not_followed_and_nothing_is_fetched_from_them()
    {
        marketplace.Versions["app"] = [.. Enumerable.Range(1, 6).Reverse().Select(i => ($"2.{i}", "9.0", "9.12"))];
        marketplace.LinkPrefix = "http://127.0.0.2:1";
        Assert.Equal(0, await PollAsync(2));
        Assert.Contains("another host", town.One<string>("select failure from marketplace_poll"), StringComparison.Ordinal);
        Assert.Empty(town.Database.Read(session => session.List<string>("select version from app_version")));
    }

    [Fact]
    public async Task A_slow_answer_is_given_up()
    {
        marketplace.Trouble = context =>
        {
            context.RequestAborted.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
            return Results.StatusCode(200);
        };
        var client = new MarketplaceClient(
            new MarketplaceOptions(marketplace.Url) { AllowPrivate = true, RequestTimeout = TimeSpan.FromSeconds(1) },
            TimeProvider.System
        );
        Assert.Equal(0, await new MarketplaceWatch(town.Database, client, Noticed, town.Time).PollAsync(TestContext.Current.CancellationToken));
        Assert.Contains("did not answer", town.One<string>("select failure from marketplace_poll"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_list_of_apps_is_brought_in_once()
    {
        for (var i = 0; i < 5; i++)
        {
            marketplace.Versions[$"other{i}"] = [];
        }

        var noticed = 0;
        var import = new MarketplaceImport(town.Database, Client(2), Principal.Platform, (_, _, _) => noticed++);
        // One of the six is another partner's already, on an operator's word.
        Assert.Equal(5, await import.ReadAsync("datacenter", TestContext.Current.CancellationToken));
        Assert.Equal(0, await import.ReadAsync("datacenter", TestContext.Current.CancellationToken));
        Assert.Equal((5, "Acme"), (noticed, town.One<string>("select name from partner where key = 'vendor-1210'")));
    }

    public async ValueTask DisposeAsync()
    {
        await marketplace.DisposeAsync();
        town.Dispose();
    }

    private VersionRow Newest() => town.Database.Read(session => VersionList.NewestToScan(session, hosting.Id))!;

    private VersionRow Release(string version, string digest) =>
        town.Database.Write(session =>
            VersionList.Add(session, hosting.Id, new NoticedVersion(version) { State = VersionList.Released, ArtifactId = File(session, digest) }).Version
        );

    private string File(Session session, string digest)
    {
        var added = new NewArtifact(town.Partner.Id, hosting.AppId, digest, 1, "app.jar", "upload");
        return ArtifactList.Add(session, Principal.Platform, added, TimeSpan.FromDays(7))!.Id;
    }

    private static void Noticed(Session session, AppRow app, HostingRow hosting, VersionRow version) => Releases.OnVersion(session, app, hosting, version);

    // Requests are timed by the real clock.
    private MarketplaceClient Client(int api) =>
        new(
            new MarketplaceOptions(marketplace.Url)
            {
                AllowPrivate = true,
                ApiVersion = api,
                Rate = 1000,
            },
            TimeProvider.System
        );

    private Task<int> PollAsync(int api) =>
        new MarketplaceWatch(town.Database, Client(api), Noticed, town.Time) { OnUnknown = unknown.Add, DownloadHosts = ["market.example:443"] }.PollAsync(
            TestContext.Current.CancellationToken
        );

    private IReadOnlyList<string> Ordered() => town.Database.Read(session => session.List<string>("select trigger_key from run order by 1"));

    private int ListsRead() => marketplace.Requests.Count(request => request.Contains("parent-software", StringComparison.Ordinal));
}
