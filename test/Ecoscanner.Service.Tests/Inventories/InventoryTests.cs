using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Inventories;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Tests.Findings;
using Ecoscanner.Tests.Core.Advisories.Indexing;

namespace Ecoscanner.Service.Tests.Inventories;

public sealed class InventoryTests : IDisposable
{
    private const string Yaml = "org.yaml:snakeyaml";

    private static readonly RowScope All = Staff.ScopeOf(Capability.SearchInventories);

    private readonly IngestSite site = new();
    private readonly MadeIndex indexes = new();
    private int apps;

    private static Principal Staff =>
        new()
        {
            Kind = "account",
            Id = "staff",
            Grants = [new Grant(Enum.GetValues<Role>().First(role => RoleCapabilities.Has(role, Capability.RunCampaigns)), null, null)],
        };

    [Fact]
    public void A_search_by_range_gives_apps_versions_places_and_partners()
    {
        App("old", ("1.0", [Of(Yaml, "1.30", "app.jar!/lib/yaml.jar"), Of("a:b", "1.0", "app.jar!/lib/b.jar")]));
        App("new", ("1.0", [Of(Yaml, "2.1", "app.jar!/lib/yaml.jar")]));
        var found = Assert.Single(Search("pkg:maven/org.yaml/snakeyaml <2.0"));
        Assert.Equal(("old", "1.0", "partner-old"), (found.App, found.AppVersion, found.Partner));
        Assert.Equal(("app.jar!/lib/yaml.jar", "1.30"), (found.Copies[0].Place, found.Copies[0].Version));
        Assert.Equal(2, Search("pkg:maven/org.yaml/snakeyaml").Count);
        Assert.Single(Search("pkg:maven/org.yaml/snakeyaml@2.1.0"));
        Assert.Single(Search("pkg:maven/org.yaml/snakeyaml [2,3)"));
        Assert.Empty(Search("pkg:maven/org.yaml/other"));
        Assert.Empty(Search("pkg:npm/snakeyaml"));
    }

    [Fact]
    public void Not_knowing_the_version_is_not_passing()
    {
        App("unknown", ("1.0", [Of(Yaml, null, "app.jar!/lib/yaml.jar")]));
        var found = Assert.Single(Search("pkg:maven/org.yaml/snakeyaml <2.0"));
        Assert.False(found.IsCertain);
        Assert.True(Assert.Single(Search("pkg:maven/org.yaml/snakeyaml")).IsCertain);
    }

    [Fact]
    public void A_search_by_advisory_is_over_all_that_it_affects()
    {
        App("one", ("1.0", [Of(Yaml, "1.30", "a.jar")]));
        App("two", ("1.0", [Of("a:b", "1.0", "a.jar")]));
        App("three", ("1.0", [Of("a:b", "9.0", "a.jar")]));
        var advisory = MadeIndex.Maven("CVE-2026-1", Yaml, "[1.0,2.0)");
        var index = indexes.Of(advisory with { Affected = [.. advisory.Affected, .. MadeIndex.Maven("x", "a:b", "[,2.0)").Affected] });
        Assert.Equal(["one", "two"], Search("cve-2026-1", index).Select(found => found.App).Order());
        Assert.Null(LibraryQuery.Parse("CVE-2026-2", index, out var problem));
        Assert.Contains("no advisory has the id", problem, StringComparison.Ordinal);
        Assert.Null(LibraryQuery.Parse("CVE-2026-1", null, out problem));
        Assert.Contains("advisories update", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pkg:gem/x")]
    [InlineData("pkg:npm/lodash@1.0 <2")]
    [InlineData("pkg:npm/lodash <<2")]
    [InlineData("pkg:npm/lodash@latest")]
    public void What_is_no_query_is_told_why(string text)
    {
        Assert.Null(LibraryQuery.Parse(text, null, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Pages_hold_each_app_once()
    {
        for (var i = 0; i < 7; i++)
        {
            App($"app{i}", ("1.0", [Of(Yaml, "1.0", "a.jar"), Of(Yaml, "1.1", "b.jar")]));
        }

        var query = LibraryQuery.Parse("pkg:maven/org.yaml/snakeyaml <2", null, out _)!;
        var (found, after) = (new List<ShippedLibrary>(), (string?)null);
        do
        {
            var part = site.Database.Read(session => InventorySearch.Part(session, All, query, onlyNewest: false, after, 3));
            found.AddRange(part.Rows);
            after = part.Next;
        } while (after is not null);

        Assert.Equal(7, found.Select(library => library.App).Distinct().Count());
        Assert.All(found, library => Assert.Equal(2, library.CopyCount));
        Assert.Equal(new ShippedSummary(7, 7, 7), site.Database.Read(session => InventorySearch.Summary(session, All, query, onlyNewest: false)));
        var scope = new RowScope([new(found[2].PartnerId, null)]);
        Assert.Equal(found[2].App, Assert.Single(site.Database.Read(session => InventorySearch.Part(session, scope, query, false, null, 10)).Rows).App);
    }

    [Fact]
    public void Only_the_newest_version_is_asked_where_it_is_asked_for()
    {
        App("one", ("1.0", [Of(Yaml, "1.0", "a.jar")]), ("2.0", [Of(Yaml, "2.0", "a.jar")]));
        Assert.Single(Search("pkg:maven/org.yaml/snakeyaml <2"));
        Assert.Empty(Search("pkg:maven/org.yaml/snakeyaml <2", onlyNewest: true));
    }

    [Fact]
    public void An_inventory_is_stored_in_the_place_of_the_one_before_and_comes_back_whole()
    {
        var hosting = App("one", ("1.0", [Of(Yaml, "1.0", "a.jar")]));
        var version = site.Database.Read(session => session.One<long>("select id from app_version where hosting_id = @hosting", new { hosting }));
        var inventory = Inventory([
            Of(Yaml, "1.5", "b.jar") with
            {
                Removed = ["a.B"],
                PossibleVersions = [],
                Sha256 = "00",
            },
            Of("a:b", null, "c.jar") with
            {
                PossibleVersions = ["1", "2"],
            },
        ]);
        site.Database.Write(session => StoredInventories.Store(session, session.One<string>("select id from run limit 1"), version, inventory));
        Assert.Equal("1.5", Assert.Single(Search("pkg:maven/org.yaml/snakeyaml")).Copies[0].Version);
        var back = site.Database.Read(session => StoredInventories.Find(session, version))!;
        Assert.Equal(["a.B"], back.Components[0].Removed);
        Assert.Equal(["1", "2"], back.Components[1].PossibleVersions);
        Assert.Equal(inventory.Graph.Roots, back.Graph.Roots);
        Assert.Equal(1, site.Count("inventory"));
    }

    [Fact]
    public async Task A_re_match_opens_what_came_and_withdraws_what_was_taken_back_without_the_app()
    {
        App("one", ("1.0", [Of(Yaml, "1.30", "app.jar!/lib/yaml.jar")]));
        App("two", ("1.0", [Of("a:b", "1.0", "app.jar!/lib/b.jar")]));
        var none = indexes.Of(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"));
        var some = indexes.Of(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"), MadeIndex.Maven("CVE-2026-1", Yaml, "[1.0,2.0)"));
        var rematch = new DailyRematch(site.Database, site.Ingestion, site.Time);
        var result = await rematch.RunAsync(none, some, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1, 1, 0), (result.Concerned, result.Judged, result.Opened, result.Closed));
        Assert.Equal("confirmed", site.State());
        // Broken off and begun again: nothing is judged twice.
        Assert.Equal(0, (await rematch.RunAsync(none, some, TestContext.Current.CancellationToken)).Judged);
        site.Time.Advance(TimeSpan.FromDays(1));
        var back = await rematch.RunAsync(
            some,
            indexes.Of(
                MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"),
                MadeIndex.Maven("CVE-2026-1", Yaml, "[1.0,2.0)") with
                {
                    Withdrawn = DateTimeOffset.UnixEpoch,
                }
            ),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(1, back.Closed);
        Assert.Equal("withdrawn", site.State());
    }

    [Fact]
    public async Task A_re_match_that_is_stopped_at_its_time_limit_is_tried_again_after_a_pause()
    {
        App("one", ("1.0", [Of(Yaml, "1.30", "app.jar!/lib/yaml.jar")]));
        var none = indexes.Of(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"));
        var some = indexes.Of(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"), MadeIndex.Maven("CVE-2026-1", Yaml, "[1.0,2.0)"));
        var busy = await new DailyRematch(site.Database, site.Ingestion, new HastyTime(site.Time)).RunAsync(none, some, TestContext.Current.CancellationToken);
        Assert.Contains("time limit", Assert.Single(busy.Gaps), StringComparison.Ordinal);
        Assert.Empty(site.States());
        var rematch = new DailyRematch(site.Database, site.Ingestion, site.Time);
        Assert.Equal(0, (await rematch.RetryAsync(some, TestContext.Current.CancellationToken)).Concerned);
        site.Time.Advance(TimeSpan.FromMinutes(10));
        var again = await rematch.RetryAsync(some, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1, 0), (again.Judged, again.Opened, again.Gaps.Count));
        Assert.Equal("confirmed", site.State());
        Assert.Equal(0, site.Count("rematch_retry"));
        Assert.Equal(
            [(0L, true), (1L, false)],
            site.Database.Read(session =>
                session.List<(long, bool)>("select complete, failure is not null from run where reason = 'rematch' order by queued_at, complete")
            )
        );
    }

    [Fact]
    public async Task A_re_match_is_tried_so_often_and_not_for_ever_and_says_so()
    {
        App("one", ("1.0", [Of(Yaml, "1.30", "app.jar!/lib/yaml.jar")]));
        var none = indexes.Of(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"));
        var some = indexes.Of(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)"), MadeIndex.Maven("CVE-2026-1", Yaml, "[1.0,2.0)"));
        var busy = new DailyRematch(site.Database, site.Ingestion, new HastyTime(site.Time));
        await busy.RunAsync(none, some, TestContext.Current.CancellationToken);
        var tries = 0;
        for (var minute = 0; minute < 4 * 24 * 60; minute += 10)
        {
            site.Time.Advance(TimeSpan.FromMinutes(10));
            tries += (await busy.RetryAsync(some, TestContext.Current.CancellationToken)).Concerned;
        }

        Assert.Equal(4, tries);
        Assert.Equal(
            5,
            site.Database.Read(session => session.One<int>("select count(*) from run where reason = 'rematch' and complete = 0 and state = 'done'"))
        );
        Assert.Equal(0, site.Count("rematch_retry"));
    }

    [Fact]
    public async Task What_was_withdrawn_while_a_re_match_waited_is_still_known_as_withdrawn()
    {
        App("one", ("1.0", [Of(Yaml, "1.30", "app.jar!/lib/yaml.jar")]));
        var other = MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)");
        var advisory = MadeIndex.Maven("CVE-2026-1", Yaml, "[1.0,2.0)");
        var none = indexes.Of(other);
        var some = indexes.Of(other, advisory);
        var back = indexes.Of(other, advisory with { Withdrawn = DateTimeOffset.UnixEpoch });
        var rematch = new DailyRematch(site.Database, site.Ingestion, site.Time);
        await rematch.RunAsync(none, some, TestContext.Current.CancellationToken);
        site.Time.Advance(TimeSpan.FromDays(1));
        await new DailyRematch(site.Database, site.Ingestion, new HastyTime(site.Time)).RunAsync(some, back, TestContext.Current.CancellationToken);
        Assert.Equal("confirmed", site.State());
        site.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, (await rematch.RetryAsync(back, TestContext.Current.CancellationToken)).Closed);
        Assert.Equal("withdrawn", site.State());
    }

    [Fact]
    public async Task A_campaign_is_seen_before_it_is_started_and_closes_what_is_gone()
    {
        var hosting = App("one", ("1.0", [Of(Yaml, "1.30", "app.jar!/lib/yaml.jar")]));
        App("unsure", ("1.0", [Of(Yaml, null, "app.jar!/lib/yaml.jar")]));
        var campaign = new CampaignRequest(
            "old-yaml",
            "the app ships a parser that runs what it reads",
            "asked by the incident of today",
            LibraryQuery.Parse("pkg:maven/org.yaml/snakeyaml <2", null, out _)!,
            9.8
        );
        Assert.Equal([CampaignEffect.Opens, CampaignEffect.IsUncertain], Preview(campaign).Select(target => target.Effect));
        Assert.Empty(site.States());
        var campaigns = new Campaigns(site.Database, site.Ingestion, site.Time);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            campaigns.StartAsync(Staff with { Grants = [] }, campaign, TestContext.Current.CancellationToken)
        );
        var result = await campaigns.StartAsync(Staff, campaign, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (result.Apps, result.Opened));
        Assert.Equal([FindingChangeKind.Opened, FindingChangeKind.Confirmed], site.Kinds);
        Assert.Equal(CampaignEffect.IsOpen, Preview(campaign)[0].Effect);
        Assert.Equal(0, (await campaigns.StartAsync(Staff, campaign, TestContext.Current.CancellationToken)).Opened);
        Version(hosting, "2.0", [Of(Yaml, "2.2", "app.jar!/lib/yaml.jar")]);
        Assert.Equal(1, (await campaigns.StartAsync(Staff, campaign, TestContext.Current.CancellationToken)).Closed);
        Assert.Equal("fixed", site.State());
    }

    [Fact]
    public async Task A_campaign_by_advisory_finds_what_the_scanner_finds_and_closes_nothing_else()
    {
        App("one", ("1.0", [Of(Yaml, "1.30", "app.jar!/lib/yaml.jar"), Of("a:b", "1.0", "app.jar!/lib/b.jar")]));
        var index = indexes.Of(MadeIndex.Maven("CVE-2026-1", Yaml, "[1.0,2.0)"), MadeIndex.Maven("CVE-2026-2", "a:b", "[1.0,2.0)"));
        var campaigns = new Campaigns(site.Database, site.Ingestion, site.Time);
        foreach (var id in (string[])["CVE-2026-1", "CVE-2026-2"])
        {
            await campaigns.StartAsync(
                Staff,
                new CampaignRequest($"c-{id[^1]}", "t", "r", LibraryQuery.Parse(id, index, out _)!, 7.5),
                TestContext.Current.CancellationToken
            );
        }

        Assert.Equal(["confirmed", "confirmed"], site.States());
        var result = await new DailyRematch(site.Database, site.Ingestion, site.Time).RunAsync(
            indexes.Of(MadeIndex.Maven("CVE-2020-1", "x:y", "[1,2)")),
            index,
            TestContext.Current.CancellationToken
        );
        Assert.Equal((1, 0, 0), (result.Judged, result.Opened, result.Closed));
        Assert.Equal(2, site.States().Count);
        Assert.Equal(4, site.Count("finding_attribution"));
    }

    public void Dispose()
    {
        site.Dispose();
        indexes.Dispose();
    }

    private static Component Of(string name, string? version, string place) =>
        new()
        {
            Package = new PackageUrl(Ecosystem.Maven, name, version),
            Placement = Placement.Bundled,
            Confidence = Confidence.High,
            Places = [place],
        };

    private static Inventory Inventory(IReadOnlyList<Component> components) =>
        new(
            components,
            new DependencyGraph(
                [.. Enumerable.Range(0, components.Count)],
                [.. components.Select(_ => System.Collections.Immutable.ImmutableArray<int>.Empty)]
            ),
            []
        );

    private long App(string key, params (string Version, Component[] Components)[] versions)
    {
        apps++;
        var hosting = site.Database.Write(session =>
            IngestSite.AddApp(session, IngestSite.AddPartner(session, $"partner-{key}"), key, "granted", "datacenter")
        );
        foreach (var (version, components) in versions)
        {
            Version(hosting, version, components);
        }

        return hosting;
    }

    private void Version(long hosting, string version, Component[] components)
    {
        site.Time.Advance(TimeSpan.FromDays(1));
        site.Database.Write(session =>
        {
            var id = session.One<long>(
                "insert into app_version (hosting_id, version, released_at, noticed_at, state) values (@hosting, @version, @Clock, @Clock, 'public') returning id",
                new
                {
                    hosting,
                    version,
                    session.Clock,
                }
            );
            var run = RunLog.Queue(session, new RunRequest(hosting, $"release:{version}", RunReason.Release, "test"));
            StoredInventories.Store(session, run, id, Inventory(components));
        });
    }

    private IReadOnlyList<ShippedLibrary> Search(string text, AdvisoryIndex? index = null, bool onlyNewest = false)
    {
        var query = LibraryQuery.Parse(text, index, out var problem);
        Assert.True(query is not null, problem);
        return site.Database.Read(session => InventorySearch.Part(session, All, query, onlyNewest, null, 100)).Rows;
    }

    private IReadOnlyList<CampaignTarget> Preview(CampaignRequest campaign) =>
        site.Database.Read(session => Campaigns.Preview(session, All, campaign, null, 100)).Rows;

    /// <summary>Every time limit is over at once: a machine that is far too busy.</summary>
    private sealed class HastyTime(TimeProvider time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                callback(state);
            }

            return time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
