using System.Net;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tests.Catalogue;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>What counts of what is uploaded.</summary>
public sealed class ReleaseTests
{
    private const string AppKey = "com.example.app";
    private const string Released = "&release=true";

    [Fact]
    public async Task An_upload_is_a_trial_and_says_so()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", AppKey, "forge");
        using var client = site.As(site.Token(partner));
        using var answer = await ApiSite.UploadAsync(client, [1], "app.zip", AppKey);
        var trial = await ApiSite.JsonAsync(answer, HttpStatusCode.Accepted);
        Assert.Equal("trial", (string?)trial["stage"]);
        Assert.Contains("tickets stay as they are", (string?)trial["note"], StringComparison.Ordinal);
        Assert.Empty(Versions(site));

        using var second = await ApiSite.UploadAsync(client, [1], "app.zip", AppKey, more: Released + "&version=1.0");
        var release = await ApiSite.JsonAsync(second, HttpStatusCode.Accepted);
        Assert.Equal("enforced", (string?)release["stage"]);
        Assert.Null(release["note"]);
        Assert.Equal(["1.0 released"], Versions(site));
        // One file, two scans.
        Assert.Equal((string?)trial["artifact"], (string?)release["artifact"]);
        Assert.NotEqual((string?)trial["id"], (string?)release["id"]);
    }

    [Theory]
    [InlineData("com.example.app")]
    [InlineData("com.example.nobody")]
    public async Task What_is_not_proven_has_no_releases(string app)
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", "com.example.other", "forge");
        site.Partner("rival", AppKey, "forge");
        using var client = site.As(site.Token(partner));
        using var refused = await ApiSite.UploadAsync(client, [1], "app.zip", app, more: Released);
        var problem = await ApiSite.JsonAsync(refused, HttpStatusCode.Conflict);
        Assert.Contains("not proven to be yours", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Contains("/api/v1/ownership", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(0, Count(site, "artifact"));
        Assert.Equal(0, Count(site, "run"));
        using var trial = await ApiSite.UploadAsync(client, [1], "app.zip", app);
        await ApiSite.JsonAsync(trial, HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_trial_is_not_answered_for_a_release_of_the_same_key()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", AppKey, "forge");
        using var client = site.As(site.Token(partner));
        await ApiSite.JsonAsync(await ApiSite.UploadAsync(client, [1], "app.zip", AppKey, "k"), HttpStatusCode.Accepted);
        using var release = await ApiSite.UploadAsync(client, [1], "app.zip", AppKey, "k", Released);
        Assert.Equal("urn:ecoscanner:problem:key-reused", (string?)(await ApiSite.JsonAsync(release, HttpStatusCode.UnprocessableEntity))["type"]);
    }

    [Fact]
    public async Task The_last_release_is_the_newest_also_where_an_older_file_is_released_again()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", AppKey);
        using var client = site.As(site.Token(partner));
        string? first = null;
        foreach (var content in (byte[])[1, 2, 1])
        {
            await Task.Delay(2, ApiSite.Stop);
            using var answer = await ApiSite.UploadAsync(client, [content], "app.jar", AppKey, more: Released);
            var artifact = (string?)(await ApiSite.JsonAsync(answer, HttpStatusCode.Accepted))["artifact"];
            first ??= artifact;
            Assert.Equal(artifact, Newest(site, app)?.ArtifactId);
        }

        await ApiSite.JsonAsync(await ApiSite.UploadAsync(client, [3], "app.jar", AppKey), HttpStatusCode.Accepted);
        Assert.Equal(first, Newest(site, app)?.ArtifactId);
        Assert.Equal(2, Count(site, "app_version"));
    }

    [Fact]
    public async Task A_scan_again_is_of_what_was_released()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", AppKey);
        using var client = site.As(site.Token(partner));
        await ApiSite.JsonAsync(await ApiSite.UploadAsync(client, [1], "app.jar", AppKey), HttpStatusCode.Accepted);
        var ask = $$"""{"appId":{{app}}}""";
        using var nothing = await client.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/scans", ask), ApiSite.Stop);
        var problem = await ApiSite.JsonAsync(nothing, HttpStatusCode.Conflict);
        Assert.Contains("release=true", (string?)problem["detail"], StringComparison.Ordinal);

        using var uploaded = await ApiSite.UploadAsync(client, [2], "app.jar", AppKey, more: Released);
        var artifact = (string?)(await ApiSite.JsonAsync(uploaded, HttpStatusCode.Accepted))["artifact"];
        await ApiSite.JsonAsync(await ApiSite.UploadAsync(client, [3], "app.jar", AppKey), HttpStatusCode.Accepted);
        using var again = await client.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/scans", ask), ApiSite.Stop);
        Assert.Equal(artifact, (string?)(await ApiSite.JsonAsync(again, HttpStatusCode.Accepted))["artifact"]);
    }

    [Fact]
    public async Task What_the_Marketplace_has_is_not_replaced_by_an_upload()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", AppKey);
        site.Platform.Database.Write(session =>
        {
            var hosting = AppList.Hosting(session, app, "datacenter")!;
            VersionList.Add(session, hosting.Id, new NoticedVersion("1.0") { DownloadUrl = "https://marketplace.atlassian.com/download/1.0.jar" });
            VersionList.Add(session, hosting.Id, new NoticedVersion("0.9") { DownloadUrl = "https://elsewhere.example/0.9.jar" });
        });
        using var client = site.As(site.Token(partner));
        using var refused = await ApiSite.UploadAsync(client, [1], "app.jar", AppKey, more: Released + "&version=1.0");
        Assert.Contains("on the Marketplace", (string?)(await ApiSite.JsonAsync(refused, HttpStatusCode.Conflict))["detail"], StringComparison.Ordinal);
        Assert.Equal(0, Count(site, "run"));
        // What nobody can fetch is given.
        using var given = await ApiSite.UploadAsync(client, [1], "app.jar", AppKey, more: Released + "&version=0.9");
        await ApiSite.JsonAsync(given, HttpStatusCode.Accepted);
        Assert.Equal(["0.9 public", "1.0 public"], Versions(site));
    }

    [Fact]
    public async Task Version_3_of_the_Marketplace_is_asked_with_the_operators_credentials()
    {
        await using var marketplace = await FakeMarketplace.StartAsync();
        marketplace.Versions[AppKey] = [("1.1", "7.0", "99.9"), ("1.0", "7.0", "7.5")];
        var sent = new System.Collections.Concurrent.ConcurrentBag<string>();
        marketplace.Trouble = context =>
        {
            sent.Add(context.Request.Headers.Authorization.ToString());
            return null;
        };
        var folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
        try
        {
            await using (var before = await ApiSite.StartAsync(folder: folder))
            {
                before.Partner("acme", AppKey);
            }

            await using var site = await ApiSite.StartAsync(
                works: true,
                folder,
                options => options with { Marketplace = marketplace.Url, MarketplaceApi = 3, MarketplaceCredentials = "me@example.com:secret" }
            );
            while (Versions(site).Count < 2)
            {
                await Task.Delay(50, ApiSite.Stop);
            }

            Assert.Equal(["1.0 public", "1.1 public"], Versions(site));
            // Nobody knows what build 999900 of Jira is: the version is scanned. Of the older one it is known, and it does not count.
            Assert.Equal(["release:1.1"], site.Platform.Database.Read(session => session.List<string>("select trigger_key from run where reason = 'release'")));
            Assert.All(sent, header => Assert.Equal($"Basic {Convert.ToBase64String("me@example.com:secret"u8)}", header));
            Assert.DoesNotContain(marketplace.Requests, request => request.StartsWith("/rest/2", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_trials_file_goes_when_it_is_analysed_and_a_releases_file_stays()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", AppKey);
        using var client = site.As(site.Token(partner));
        await ApiSite.JsonAsync(await ApiSite.UploadAsync(client, [1], "trial.jar", AppKey), HttpStatusCode.Accepted);
        await ApiSite.JsonAsync(await ApiSite.UploadAsync(client, [2], "release.jar", AppKey, more: Released), HttpStatusCode.Accepted);
        Assert.Equal(["trial.jar"], Due(site));
        // A trial of what is released takes nothing from its time.
        await ApiSite.JsonAsync(await ApiSite.UploadAsync(client, [2], "release.jar", AppKey), HttpStatusCode.Accepted);
        Assert.Equal(["trial.jar"], Due(site));
        site.Platform.Database.Write(session => Retention.Choose(session, "archive", partner, TimeSpan.FromDays(1), "test"));
        await ApiSite.JsonAsync(await ApiSite.UploadAsync(client, [1], "trial.jar", AppKey), HttpStatusCode.Accepted);
        Assert.Empty(Due(site));
    }

    [Fact]
    public async Task Who_may_not_upload_to_an_app_releases_nothing_of_it()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", AppKey, "forge");
        var (_, other) = site.Partner("acme", "com.example.other", "forge");
        using var ofOther = site.As(site.Token(partner, other, Capability.Upload));
        using var refused = await ApiSite.UploadAsync(ofOther, [1], "app.zip", AppKey, more: Released);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using var reader = site.As(site.Token(partner, app, Capability.ReadFindings));
        using var denied = await ApiSite.UploadAsync(reader, [1], "app.zip", AppKey, more: Released);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal(0, Count(site, "run"));
    }

    private static VersionRow? Newest(ApiSite site, long app) =>
        site.Platform.Database.Read(session => VersionList.NewestToScan(session, AppList.Hosting(session, app, "datacenter")!.Id));

    private static IReadOnlyList<string> Versions(ApiSite site) =>
        site.Platform.Database.Read(session => session.List<string>("select version || ' ' || state from app_version order by 1"));

    private static IReadOnlyList<string> Due(ApiSite site) =>
        site.Platform.Database.Read(session =>
            session.List<string>("select name from artifact where delete_after <= @Clock order by 1", new { session.Clock })
        );

    private static long Count(ApiSite site, string table) => site.Platform.Database.Read(session => session.One<long>($"select count(*) from {table}"));
}
