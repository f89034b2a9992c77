using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Tests.Catalogue;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>A flaw's whole life, through the service and the commands as people use them.</summary>
public sealed class LifeTests : IDisposable
{
    private const string AppKey = "com.example.checklists";

    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    [Fact]
    public async Task A_vulnerable_library_becomes_a_ticket_and_its_repair_verifies_it()
    {
        var advisories = Advisories();
        await using var site = await ApiSite.StartAsync(works: true, change: options => options with { Advisories = advisories });
        var (partner, _) = site.Partner("acme", AppKey);
        var token = site.Token(partner);
        var account = new[] { ("ECOSCANNER_TOKEN", token), ("ECOSCANNER_SERVICE", site.Url.AbsoluteUri) };
        SampleArchive.Write(Sample("checklists"), folder);
        File.Move(Path.Combine(folder, "checklists-1.2.0.jar"), Path.Combine(folder, "app.jar"));
        var uploaded = await Program.RunAsync(folder, account, "upload", "app.jar", "--app", AppKey, "--release", "--wait");
        Assert.True(uploaded.Code == 1, $"{uploaded.Code}: {uploaded.Error}");
        Assert.DoesNotContain("a trial", uploaded.Error, StringComparison.Ordinal);

        var tickets = await Program.RunAsync(folder, account, "tickets");
        Assert.Contains("AMS-1", tickets.Output, StringComparison.Ordinal);
        var early = await Program.RunAsync(folder, account, "verify", "AMS-1");
        Assert.True(early.Code == 1, $"{early.Code}: {early.Output}{early.Error}");
        Assert.Contains("not verified", early.Output, StringComparison.Ordinal);

        // A branch's build is clean: nothing closes, and what is verified is what customers have.
        await File.WriteAllBytesAsync(Path.Combine(folder, "app.jar"), Mended(), ApiSite.Stop);
        using var client = site.As(token);
        var before = (await client.GetFromJsonAsync<JsonObject>("/api/v1/tickets/AMS-1", ApiSite.Stop))!.ToJsonString();
        var trial = await Program.RunAsync(folder, account, "upload", "app.jar", "--app", AppKey, "--wait");
        Assert.True(trial.Code == 0, $"{trial.Code}: {trial.Output}{trial.Error}");
        Assert.Contains("a trial: tickets stay as they are; --release makes it count", trial.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await client.GetFromJsonAsync<JsonObject>("/api/v1/tickets/AMS-1", ApiSite.Stop))!.ToJsonString());
        var still = await Program.RunAsync(folder, account, "verify", "AMS-1");
        Assert.True(still.Code == 1, $"{still.Code}: {still.Output}{still.Error}");

        var mended = await Program.RunAsync(folder, account, "upload", "app.jar", "--app", AppKey, "--release", "--wait");
        Assert.True(mended.Code == 0, $"{mended.Code}: {mended.Output}{mended.Error}");
        var ticket = await client.GetFromJsonAsync<JsonObject>("/api/v1/tickets/AMS-1", ApiSite.Stop);
        Assert.Equal("verified", (string)ticket!["status"]!);
    }

    [Fact]
    public async Task A_fix_that_is_told_is_verified_within_a_minute()
    {
        var advisories = Advisories();
        await using var site = await ApiSite.StartAsync(works: true, change: options => options with { Advisories = advisories });
        var (partner, app) = site.Partner("acme", AppKey);
        var token = site.Token(partner);
        var account = new[] { ("ECOSCANNER_TOKEN", token), ("ECOSCANNER_SERVICE", site.Url.AbsoluteUri) };
        SampleArchive.Write(Sample("checklists"), folder);
        using var client = site.As(token);
        var jar = await File.ReadAllBytesAsync(Path.Combine(folder, "checklists-1.2.0.jar"), ApiSite.Stop);
        var queued = await ApiSite.JsonAsync(
            await ApiSite.UploadAsync(client, jar, "app.jar", AppKey, more: "&release=true"),
            System.Net.HttpStatusCode.Accepted
        );
        await ApiSite.OverAsync(client, (string)queued["id"]!);

        // The release is there, and nobody has looked at it yet.
        var mended = await site.Platform.Blobs.WriteAsync(partner, new MemoryStream(Mended()), int.MaxValue, ApiSite.Stop);
        site.Platform.Database.Write(session =>
        {
            var added = new Ecoscanner.Service.Catalogue.NewArtifact(partner, app, mended!.Digest, mended.Bytes, "app.jar", "marketplace");
            var artifact = Ecoscanner.Service.Catalogue.ArtifactList.Add(session, Principal.Platform, added, TimeSpan.FromDays(1))!;
            var hosting = Ecoscanner.Service.Catalogue.AppList.Hosting(session, app, "datacenter")!;
            Ecoscanner.Service.Catalogue.VersionList.Add(
                session,
                hosting.Id,
                new Ecoscanner.Service.Catalogue.NoticedVersion("1.3.0") { State = "public", ArtifactId = artifact.Id }
            );
        });
        var started = TimeProvider.System.GetTimestamp();
        var verified = await Program.RunAsync(folder, account, "verify", "AMS-1");
        Assert.True(verified.Code == 0, $"{verified.Code}: {verified.Output}{verified.Error}");
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1));
        Assert.StartsWith("AMS-1 verified", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_Marketplace_lists_comes_into_the_catalogue_by_itself()
    {
        await using var marketplace = await FakeMarketplace.StartAsync();
        marketplace.Versions["com.example.listed"] = [("1.0.0", "9.0.0", "10.0.0")];
        await using var site = await ApiSite.StartAsync(works: true, change: options => options with { Marketplace = marketplace.Url });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ApiSite.Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!site.Platform.Database.Read(session => session.One<bool>("select exists (select 1 from app_version where version = '1.0.0')")))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Sample(string name) => Path.Combine(Repository.Root, "samples", "datacenter", "apps", name, $"{name}-1.2.0.jar");

    private string Advisories()
    {
        SampleAdvisories.Index(Path.Combine(Repository.Root, "samples", "advisories"), folder, TimeProvider.System.GetUtcNow(), ApiSite.Stop).Dispose();
        return Path.Combine(folder, "samples.index");
    }

    // The repaired sample is an app of its own; here it is the same app.
    private byte[] Mended()
    {
        var copy = Path.Combine(folder, "mended.jar");
        foreach (var file in Directory.EnumerateFiles(Sample("checklists-mended"), "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Sample("checklists-mended"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }

        foreach (var name in (string[])["atlassian-plugin.xml", "META-INF/MANIFEST.MF"])
        {
            var file = Path.Combine(copy, name);
            File.WriteAllText(file, File.ReadAllText(file).Replace("com.example.checklists-mended", AppKey, StringComparison.Ordinal));
        }

        return SampleArchive.Of(copy);
    }
}
