using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecoscanner.Service.Tests.Scheduling;

/// <summary>Archives that are fetched for runs, from a server on this machine.</summary>
public sealed class FetchedArchivesTests : IAsyncLifetime
{
    private const string First = "first-5f1c93a2-content-of-an-archive";
    private const string Second = "second-81b07d44-content-of-an-archive";

    private readonly TestPlatform platform = new();
    private readonly Blobs blobs;
    private readonly WebApplication server;

    // Null where the server says nothing of its file.
    private string? tag = "\"1\"";
    private string content = First;
    private bool isGone;
    private int sent;
    private int asked;
    private int runs;

    public FetchedArchivesTests()
    {
        blobs = new Blobs(Path.Combine(platform.Folder, "blobs"), platform.Keys, platform.Time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapGet("/app.jar", Serve);
    }

    public async ValueTask InitializeAsync() => await server.StartAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Runs_of_one_version_get_its_archive_once()
    {
        var version = Version("1.0");
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(First, await PrepareAsync(version));
        }

        Assert.Equal((1, 3), (sent, asked));
        Files.HoldNone(Path.Combine(platform.Folder, "blobs"), Encoding.UTF8.GetBytes(First));
        // What is kept for the platform's own sake takes nothing of the partner's share.
        Assert.Equal(0, platform.Database.Read(session => new Quotas().ShareOf(session, TestPlatform.Ours, QuotaKind.StoredBytes).Used));
        // Another version's is another one.
        Assert.Equal(First, await PrepareAsync(Version("1.1")));
        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task Another_archive_at_the_same_address_is_noticed()
    {
        var version = Version("1.0");
        await PrepareAsync(version);
        (content, tag) = (Second, "\"2\"");
        Assert.Equal(Second, await PrepareAsync(version));
        Assert.Equal(Second, await PrepareAsync(version));
        Assert.Equal(2, sent);
        // Of the old one nothing stays behind the next sweep.
        platform.Time.Advance(Retention.Grace + TimeSpan.FromMinutes(1));
        Assert.Equal(1, new Retention(platform.Database, blobs).Sweep());
        Assert.Single(blobs.All());
        Assert.Equal(Second, await PrepareAsync(version));
        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task It_is_deleted_after_its_hours_and_nothing_of_it_stays()
    {
        var version = Version("1.0");
        await PrepareAsync(version);
        var sealedFile = File.ReadAllBytes(Directory.GetFiles(Path.Combine(platform.Folder, "blobs", "1"), "*", SearchOption.AllDirectories).Single());
        var retention = new Retention(platform.Database, blobs);
        platform.Time.Advance(TimeSpan.FromHours(6) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, retention.Sweep());
        platform.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, retention.Sweep());
        Assert.Empty(blobs.All());
        Assert.Equal(0, platform.Database.Read(session => session.One<long>("select count(*) from fetched_archive")));
        Files.HoldNone(platform.Folder, Encoding.UTF8.GetBytes(First), sealedFile[BlobFormat.HeadBytes..]);
        Assert.Equal(First, await PrepareAsync(version));
        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task What_cannot_be_asked_about_is_fetched_each_time_and_not_kept()
    {
        tag = null;
        var version = Version("1.0");
        await PrepareAsync(version);
        content = Second;
        Assert.Equal(Second, await PrepareAsync(version));
        Assert.Empty(blobs.All());
    }

    [Fact]
    public async Task A_partner_may_have_nothing_kept()
    {
        platform.Database.Write(session => Retention.Choose(session, "fetched", TestPlatform.Ours, TimeSpan.Zero, "account:x"));
        var version = Version("1.0");
        await PrepareAsync(version);
        await PrepareAsync(version);
        Assert.Equal(2, sent);
        Assert.Empty(blobs.All());
    }

    [Theory]
    [InlineData(TestPlatform.Ours, FetchedArchives.MaximumBytes)]
    [InlineData(TestPlatform.Theirs, FetchedArchives.MaximumAllBytes)]
    public async Task There_is_room_for_so_much_and_no_more(long partner, long bytes)
    {
        platform.Database.Write(session =>
            ArtifactList.Add(session, Principal.Platform, new NewArtifact(partner, partner, "digest", bytes, "app.jar", "marketplace"), TimeSpan.FromHours(1))
        );
        Assert.Equal(First, await PrepareAsync(Version("1.0")));
        Assert.Empty(blobs.All());
    }

    [Fact]
    public async Task A_copy_that_was_changed_is_not_used()
    {
        var version = Version("1.0");
        await PrepareAsync(version);
        var path = Directory.GetFiles(Path.Combine(platform.Folder, "blobs", "1"), "*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(First, await PrepareAsync(version));
        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task What_is_kept_is_not_scanned_where_the_server_does_not_say_that_it_is_still_the_same()
    {
        var version = Version("1.0");
        await PrepareAsync(version);
        isGone = true;
        Assert.Null(await PrepareAsync(version));
    }

    [Fact]
    public async Task What_the_partner_uploads_too_is_kept_as_an_upload()
    {
        var version = Version("1.0");
        await PrepareAsync(version);
        var (_, digest) = Assert.Single(blobs.All());
        var uploaded = platform.Database.Write(session =>
            ArtifactList.Add(
                session,
                Principal.Platform,
                new NewArtifact(TestPlatform.Ours, TestPlatform.Ours, digest, 1, "mine.jar", "upload"),
                TimeSpan.FromDays(7)
            )!
        );
        Assert.Equal("upload", uploaded.Origin);
        (content, tag) = (Second, "\"2\"");
        await PrepareAsync(version);
        platform.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, new Retention(platform.Database, blobs).Sweep());
        Assert.True(blobs.Contains(TestPlatform.Ours, digest));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        platform.Dispose();
    }

    private IResult Serve(HttpContext context)
    {
        asked++;
        if (isGone)
        {
            return Results.NotFound();
        }

        if (tag is not null && context.Request.Headers.IfNoneMatch == tag)
        {
            return Results.StatusCode(304);
        }

        sent++;
        context.Response.Headers.ETag = tag;
        return Results.Bytes(Encoding.UTF8.GetBytes(content), "application/java-archive");
    }

    private VersionRow Version(string name) =>
        platform.Database.Write(session => VersionList.Add(session, 1, new NoticedVersion(name) { DownloadUrl = $"{server.Urls.First()}/app.jar" }).Version);

    /// <summary>What a run of that version finds in its folder; null where it gets nothing.</summary>
    private async Task<string?> PrepareAsync(VersionRow version)
    {
        var preparation = new RunPreparation(
            platform.Database,
            new RunSettings { DownloadHosts = [new Uri(server.Urls.First()).Authority] },
            Path.Combine(platform.Folder, "ledgers"),
            blobs.Open,
            static _ => null,
            TimeProvider.System
        )
        {
            Fetched = new FetchedArchives(platform.Database, blobs, platform.Keys),
        };
        var run = new ClaimedRun
        {
            RunId = "r",
            PartnerId = TestPlatform.Ours,
            AppId = TestPlatform.Ours,
            Ownership = "proven",
            Hosting = "datacenter",
            VersionId = version.Id,
            DownloadUrl = version.DownloadUrl,
        };
        // As the scheduler does it: a folder for each run, deleted after it.
        var folder = Directory.CreateDirectory(Path.Combine(platform.Folder, "runs", $"{runs++}")).FullName;
        var (input, outcome) = await preparation.PrepareAsync(run, folder, TestContext.Current.CancellationToken);
        Assert.True(input is not null || outcome?.Kind == RunOutcomeKind.Unreachable, outcome?.Reason);
        var got = input is null ? null : await File.ReadAllTextAsync(Path.Combine(folder, input.Artifact!), TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);
        return got;
    }
}
