using System.Net;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Inventories;
using Ecoscanner.Service.Runs;
using Ecoscanner.Tests.Core.Advisories.Indexing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>What becomes known of a library that apps ship, through the service that runs: by a campaign, and by advisories that change.</summary>
public sealed class ShippedLibraryTests : IDisposable
{
    private const string Yaml = "org.yaml:snakeyaml";

    private const int PerMinute = 100;

    private readonly MadeIndex indexes = new();

    [Fact]
    public async Task A_campaign_is_previewed_and_started_and_partners_get_its_tickets()
    {
        await using var site = await ApiSite.StartAsync();
        var partner = App(site, "com.example.old", "1.30");
        App(site, "com.example.new", "2.2");
        using var triager = await site.PersonAsync("triager@example.org", Role.Triager, 0);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, partner);
        using var engineer = await site.PersonAsync("engineer@example.org", Role.Engineer, 0);
        var campaign = new
        {
            key = "old-yaml",
            title = "The app ships a parser that runs what it reads",
            reason = "asked by the incident of today",
            query = "pkg:maven/org.yaml/snakeyaml <2.0",
            cvss = 9.8,
        };
        foreach (var path in new[] { "/api/v1/campaigns/preview", "/api/v1/campaigns" })
        {
            await ApiSite.PostAsync(responder, path, campaign, HttpStatusCode.Forbidden);
            await ApiSite.PostAsync(engineer, path, campaign, HttpStatusCode.Forbidden);
            await ApiSite.PostAsync(triager, path, campaign with { query = "snakeyaml" }, HttpStatusCode.UnprocessableEntity);
            await ApiSite.PostAsync(triager, path, campaign with { cvss = 11 }, HttpStatusCode.UnprocessableEntity);
        }

        var preview = await ApiSite.PostAsync(triager, "/api/v1/campaigns/preview", campaign);
        var target = Assert.Single(preview["items"]!.AsArray())!;
        Assert.Equal(("com.example.old", "Opens"), ((string?)target["library"]!["app"], (string?)target["effect"]));
        Assert.Empty((await ApiSite.JsonAsync(await responder.GetAsync("/api/v1/tickets", ApiSite.Stop)))["items"]!.AsArray());

        var started = await ApiSite.PostAsync(triager, "/api/v1/campaigns", campaign);
        Assert.Equal((1, 1), ((int)started["apps"]!, (int)started["opened"]!));
        var ticket = Assert.Single((await ApiSite.JsonAsync(await responder.GetAsync("/api/v1/tickets", ApiSite.Stop)))["items"]!.AsArray())!;
        Assert.Equal(("critical", "com.example.old", "campaign-old-yaml"), ((string?)ticket["severity"], (string?)ticket["app"], (string?)ticket["rule"]));
        Assert.NotNull(ticket["dueAt"]);

        Assert.Equal(0, (int)(await ApiSite.PostAsync(triager, "/api/v1/campaigns", campaign))["opened"]!);
        preview = await ApiSite.PostAsync(triager, "/api/v1/campaigns/preview", campaign);
        Assert.Equal("IsOpen", (string?)Assert.Single(preview["items"]!.AsArray())!["effect"]);
    }

    [Fact]
    public async Task Advisories_that_change_while_the_service_runs_open_and_close_findings_of_apps_that_nobody_scans_again()
    {
        var time = new ManualTime();
        var advisories = indexes.Write(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"));
        await using var site = await ApiSite.StartAsync(works: true, change: options => options with { Advisories = advisories, Time = time });
        var partner = App(site, "com.example.old", "1.30");
        await UntilAsync(time, () => File.Exists(Path.Combine(site.Folder, "advisories.index")));
        Assert.Equal([], States(site));

        var flaw = MadeIndex.Maven("CVE-2026-1", Yaml, "[1.0,2.0)");
        File.Move(indexes.Write(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"), flaw), advisories, overwrite: true);
        await UntilAsync(time, () => States(site).Count > 0);
        Assert.DoesNotContain(States(site).Single(), new[] { "fixed", "withdrawn" });
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, partner);
        Assert.Single((await ApiSite.JsonAsync(await responder.GetAsync("/api/v1/findings", ApiSite.Stop)))["items"]!.AsArray());
        Assert.Contains(
            "CVE-2026-1",
            site.Platform.Database.Read(session => session.One<string>("select place_identity from finding")),
            StringComparison.Ordinal
        );
        Assert.Single((await ApiSite.JsonAsync(await responder.GetAsync("/api/v1/tickets", ApiSite.Stop)))["items"]!.AsArray());
        var runs = Rematches(site);
        Assert.Equal(1, runs);

        // Nothing changed: nothing is judged again, however often it is looked.
        await PassAsync(time, TimeSpan.FromMinutes(5));
        Assert.Equal(runs, Rematches(site));

        File.Move(
            indexes.Write(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"), flaw with { Withdrawn = DateTimeOffset.UnixEpoch }),
            advisories,
            overwrite: true
        );
        await UntilAsync(time, () => States(site).Single() == "withdrawn");
        Assert.Empty((await ApiSite.JsonAsync(await responder.GetAsync("/api/v1/tickets", ApiSite.Stop)))["items"]!.AsArray());
    }

    [Fact]
    public async Task Advisories_that_are_damaged_change_nothing_and_are_read_when_they_are_whole()
    {
        var time = new ManualTime();
        var advisories = indexes.Write(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"));
        await using var site = await ApiSite.StartAsync(works: true, change: options => options with { Advisories = advisories, Time = time });
        App(site, "com.example.old", "1.30");
        await UntilAsync(time, () => File.Exists(Path.Combine(site.Folder, "advisories.index")));
        await File.WriteAllTextAsync(advisories, "half", ApiSite.Stop);
        await PassAsync(time, TimeSpan.FromMinutes(3));
        Assert.Equal([], States(site));
        File.Move(indexes.Write(MadeIndex.Maven("CVE-2026-1", Yaml, "[1.0,2.0)")), advisories, overwrite: true);
        await UntilAsync(time, () => States(site).Count == 1);
    }

    public void Dispose() => indexes.Dispose();

    private static IReadOnlyList<string> States(ApiSite site) => site.Platform.Database.Read(session => session.List<string>("select state from finding"));

    private static long Rematches(ApiSite site) =>
        site.Platform.Database.Read(session => session.One<long>("select count(*) from run where reason = 'rematch'"));

    /// <summary>Minutes go by until it is so.</summary>
    private static async Task UntilAsync(ManualTime time, Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ApiSite.Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        for (var round = 0; !isSo(); round++)
        {
            // What was begun has the same clock, and limits of time: it is left alone for a while.
            if (round % PerMinute == 0)
            {
                time.Advance(TimeSpan.FromMinutes(1));
            }

            await Task.Delay(10, limit.Token);
        }
    }

    private static async Task PassAsync(ManualTime time, TimeSpan span)
    {
        var end = time.GetUtcNow() + span;
        await UntilAsync(time, () => time.GetUtcNow() >= end);
    }

    /// <summary>An app that ships the library in that version, as an earlier scan saw it; its partner.</summary>
    private static long App(ApiSite site, string key, string version)
    {
        var (partner, app) = site.Partner(key, key);
        var component = new Component
        {
            Package = new PackageUrl(Ecosystem.Maven, Yaml, version),
            Placement = Placement.Bundled,
            Confidence = Confidence.High,
            Places = ["app.jar!/lib/yaml.jar"],
        };
        site.Platform.Database.Write(session =>
        {
            var hosting = AppList.Hosting(session, app, "datacenter")!;
            var released = VersionList.Add(session, hosting.Id, new NoticedVersion("1.0.0") { State = "public" }).Version;
            var run = RunLog.Queue(session, new RunRequest(hosting.Id, "release:1.0.0", RunReason.Release, "test"));
            RunLog.Fail(session, run, "made by a test");
            StoredInventories.Store(
                session,
                run,
                released.Id,
                new Inventory(
                    [component],
                    new DependencyGraph(
                        [0],
                        [
                            [],
                        ]
                    ),
                    []
                )
            );
        });
        return partner;
    }
}
