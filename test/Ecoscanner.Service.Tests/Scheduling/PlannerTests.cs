using System.Diagnostics;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Service.Tests.Scheduling;

public sealed class PlannerTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly Town town = new();

    [Fact]
    public void A_connect_app_is_scanned_once_a_day_at_its_own_time()
    {
        town.Connect("app");
        Targets.Ensure(town.Database);
        var planner = new Planner(town.Database);
        Assert.Equal(0, planner.Plan());
        var times = new List<TimeSpan>();
        for (var hour = 0; hour < 72; hour++)
        {
            town.Time.Advance(TimeSpan.FromHours(1));
            if (planner.Plan() > 0)
            {
                times.Add(town.Time.GetUtcNow() - Town.Start);
                Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Reported));
            }
        }

        Assert.Equal([times[0], times[0] + Day, times[0] + Day + Day], times);
        Assert.NotNull(town.One<long?>("select last_complete_at from scan_target where cadence = 'daily'"));
    }

    [Fact]
    public void The_xss_cadence_stands_there_and_makes_no_run()
    {
        town.Connect("app");
        Targets.Ensure(town.Database);
        town.Time.Advance(TimeSpan.FromDays(40));
        new Planner(town.Database).Plan();
        Assert.Equal(["daily"], town.Database.Read(session => session.List<string>("select t.cadence from task k join scan_target t on t.id = k.target_id")));
    }

    [Fact]
    public void A_run_that_still_waits_is_not_planned_again()
    {
        town.Connect("app");
        Targets.Ensure(town.Database);
        var planner = new Planner(town.Database);
        town.Time.Advance(Day);
        Assert.Equal(1, planner.Plan());
        town.Time.Advance(Day);
        Assert.Equal(0, planner.Plan());
    }

    [Fact]
    public void No_more_is_planned_than_may_be_in_flight_and_the_oldest_comes_first()
    {
        for (var i = 0; i < 30; i++)
        {
            town.Connect($"app{i}", $"app{i}.example.com");
        }

        Targets.Ensure(town.Database);
        town.Time.Advance(Day + Day);
        var planner = new Planner(town.Database, inFlight: 10);
        Assert.Equal(10, planner.Plan());
        Assert.Equal(0, planner.Plan());
        var latestPlanned = town.One<long>("select max(t.phase_ms) from scan_target t join task k on k.target_id = t.id");
        Assert.NotEqual(0, latestPlanned);
        Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Reported));
        Assert.Equal(1, planner.Plan());
    }

    [Theory]
    [InlineData("released", false, 1)]
    [InlineData("public", false, 1)]
    [InlineData("rejected", false, 0)]
    [InlineData("released", true, 0)]
    public void A_released_file_is_scanned_daily_as_long_as_it_is_kept(string state, bool isDeleted, int planned)
    {
        town.Database.Write(session =>
        {
            var app = AppList.Grant(session, Principal.Platform, town.Partner.Id, "app", "app")!;
            var hosting = AppList.AddHosting(session, app.Id, "datacenter");
            var added = new NewArtifact(town.Partner.Id, app.Id, "digest", 1, "app.jar", "upload");
            var file = ArtifactList.Add(session, Principal.Platform, added, TimeSpan.FromDays(7))!;
            VersionList.Add(session, hosting.Id, new NoticedVersion("1.0") { State = state, ArtifactId = file.Id });
            // What the Marketplace names without a file hides no file.
            VersionList.Add(session, hosting.Id, new NoticedVersion("1.1") { ReleasedAt = session.Now.AddMinutes(1) });
            if (isDeleted)
            {
                ArtifactList.SayDeleted(session, file.Id);
            }
        });
        Targets.Ensure(town.Database);
        town.Time.Advance(Day);
        Assert.Equal(planned, new Planner(town.Database).Plan());
    }

    [Fact]
    public void What_is_in_quarantine_is_left_alone_until_its_end()
    {
        var app = town.Connect("app");
        Targets.Ensure(town.Database);
        town.Database.Write(session =>
            session.Execute(
                "insert into quarantine (hosting_id, since, until, reason) values (@Id, 0, @until, 'it broke')",
                new { app.Id, until = (Town.Start + Day + Day).ToUnixTimeMilliseconds() }
            )
        );
        var planner = new Planner(town.Database);
        town.Time.Advance(Day);
        Assert.Equal(0, planner.Plan());
        town.Time.Advance(Day + Day);
        Assert.Equal(1, planner.Plan());
    }

    [Fact]
    public void An_app_that_nobody_has_proven_to_be_theirs_has_no_targets()
    {
        town.Database.Write(session =>
        {
            var app = AppList.ForUpload(session, Principal.Platform, town.Partner.Id, "mine", "Mine")!;
            return AppList.AddHosting(session, app.Id, "connect", "https://somebody.example.com/atlassian-connect.json");
        });
        Targets.Ensure(town.Database);
        Assert.Equal(0, town.One<int>("select count(*) from scan_target"));
    }

    [Fact]
    public void A_scanner_in_the_shadow_gets_a_run_of_its_own()
    {
        town.Connect("app");
        Targets.Ensure(town.Database);
        town.Database.Write(session => Rollouts.Set(session, Principal.Platform, new StageChange("transport-security", 2, "shadow", "a try")));
        town.Time.Advance(Day);
        Assert.Equal(2, new Planner(town.Database).Plan());
        Assert.Equal(["enforced", "shadow"], town.Database.Read(session => session.List<string>("select stage from run order by stage")));
    }

    [Fact]
    public void What_waits_long_is_raised_but_never_before_a_partner_who_waits()
    {
        town.Order(town.Connect("app"), "a", Priority.Campaign);
        var planner = new Planner(town.Database);
        for (var i = 0; i < 5; i++)
        {
            town.Time.Advance(Priority.Ageing + TimeSpan.FromSeconds(1));
            planner.Age();
        }

        Assert.Equal(Priority.Release, town.One<int>("select priority from lane"));
    }

    [Fact]
    public void The_day_is_filled_evenly()
    {
        var hours = Enumerable.Range(0, 24_000).Select(i => Cadence.Phase($"com.example.app-{i}", "connect", "daily") / 3_600_000).GroupBy(hour => hour);
        Assert.Equal(24, hours.Count());
        Assert.All(hours, hour => Assert.InRange(hour.Count(), 850, 1150));
    }

    [Fact]
    public void Fifty_thousand_apps_are_planned_within_seconds()
    {
        const int Apps = 50_000;
        town.Database.Write(session =>
        {
            session.Execute(
                $"""
                with recursive n (i) as (select 1 union all select i + 1 from n where i < {Apps})
                insert into app (partner_id, key, name, ownership, created_at) select 1, 'app-' || i, 'App', 'granted', 0 from n
                """
            );
            session.Execute(
                "insert into app_hosting (app_id, hosting, descriptor_url, created_at) select id, 'connect', 'https://' || key || '.example.com/d.json', 0 from app"
            );
        });
        var processor = Environment.CpuUsage.TotalTime;
        var ensure = Stopwatch.StartNew();
        Assert.Equal(Apps, Targets.Ensure(town.Database));
        ensure.Stop();
        var ensured = Environment.CpuUsage.TotalTime;
        town.Time.Advance(Day);
        var plan = Stopwatch.StartNew();
        Assert.Equal(Apps, new Planner(town.Database, inFlight: Apps).Plan());
        plan.Stop();
        var planned = Environment.CpuUsage.TotalTime;
        var claim = Stopwatch.StartNew();
        const int Claims = 200;
        for (var i = 0; i < Claims; i++)
        {
            Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Reported));
        }

        claim.Stop();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"targets {ensure.Elapsed.TotalSeconds:0.0} s, plan {plan.Elapsed.TotalSeconds:0.0} s, claim and complete {claim.Elapsed.TotalMilliseconds / Claims:0.00} ms; processor {(ensured - processor).TotalSeconds:0.0} s, {(planned - ensured).TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - planned).TotalMilliseconds / Claims:0.00} ms"
        );
        // Alone it takes a few seconds; a machine that does other things too is no failure.
        Assert.InRange(plan.Elapsed.TotalSeconds, 0, 60);
    }

    public void Dispose() => town.Dispose();
}
