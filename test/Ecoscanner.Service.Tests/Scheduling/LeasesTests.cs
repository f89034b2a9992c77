using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Service.Tests.Scheduling;

public sealed class LeasesTests : IDisposable
{
    private readonly Town town = new();

    [Fact]
    public void One_host_is_scanned_by_one_worker_at_a_time()
    {
        var (one, other) = (town.Connect("one", "same.example.com"), town.Connect("other", "same.example.com"));
        town.Order(one, "a");
        town.Order(other, "b");
        var first = town.Claim();
        Assert.NotNull(first);
        Assert.Null(town.Claim("x"));
        Assert.True(town.Complete(first, RunOutcomeKind.Reported));
        town.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("other", town.Claim("x")!.AppKey);
    }

    [Fact]
    public void What_a_partner_waits_for_comes_first()
    {
        town.Order(town.Connect("campaign", "a.example.com"), "a", Priority.Campaign);
        town.Order(town.Connect("scheduled", "b.example.com"), "b", Priority.Scheduled);
        town.Order(town.Connect("asked", "c.example.com"), "c", Priority.Asked);
        Assert.Null(town.Database.Read(session => Leases.IsWaiting(session, -1) ? "" : null));
        Assert.Equal(["asked", "scheduled", "campaign"], Enumerable.Range(0, 3).Select(_ => town.Claim()!.AppKey));
    }

    [Fact]
    public void A_reserved_place_takes_only_what_is_asked_for()
    {
        town.Order(town.Connect("scheduled"), "b", Priority.Scheduled);
        Assert.Null(town.Claim(leastUrgent: Priority.Asked));
    }

    [Fact]
    public void A_lease_that_ends_returns_the_run_and_its_worker_can_give_nothing()
    {
        var id = town.Order(town.Connect("app"), "a");
        var lost = town.Claim("dead")!;
        town.Time.Advance(Leases.Lease + TimeSpan.FromSeconds(1));
        var again = town.Claim("alive")!;
        Assert.Equal((id, 2), (again.RunId, again.Attempt));
        Assert.False(town.Complete(lost, RunOutcomeKind.Reported, "dead", _ => Assert.Fail("it was written")));
        Assert.Equal(LeaseState.Lost, town.Database.Write(session => Leases.Renew(session, lost, "dead")));
        Assert.True(town.Complete(again, RunOutcomeKind.Reported, "alive"));
        Assert.Equal("done", town.One<string>("select state from run"));
    }

    [Fact]
    public void A_renewed_lease_stays()
    {
        town.Order(town.Connect("app"), "a");
        var run = town.Claim()!;
        for (var i = 0; i < 10; i++)
        {
            town.Time.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(LeaseState.Held, town.Database.Write(session => Leases.Renew(session, run, "w")));
            Assert.Null(town.Claim("x"));
        }
    }

    [Fact]
    public void A_scheduled_run_yields_to_a_partner_who_waits_for_the_same_host()
    {
        var app = town.Connect("app");
        town.Order(app, "a", Priority.Scheduled);
        var scheduled = town.Claim()!;
        town.Order(app, "b", Priority.Asked);
        Assert.Equal(LeaseState.Yield, town.Database.Write(session => Leases.Renew(session, scheduled, "w")));
        Assert.True(town.Database.Write(session => Leases.Release(session, scheduled, "w")));
        Assert.Equal(("rescan", Priority.Asked), (town.Claim()!.Reason, (int)town.One<long>("select min(priority) from task")));
    }

    [Fact]
    public void An_app_that_does_not_answer_is_asked_again_three_times_and_that_is_an_outcome()
    {
        var id = town.Order(town.Connect("app"), "a");
        foreach (var delay in Retry.AfterUnreachable)
        {
            Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Unreachable, ingest: _ => Assert.Fail("not yet")));
            Assert.Equal("queued", town.One<string>("select state from run where id = @id", new { id }));
            town.Time.Advance(delay - TimeSpan.FromSeconds(1));
            Assert.Null(town.Claim());
            town.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var told = 0;
        Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Unreachable, ingest: _ => told++));
        Assert.Equal((1, "done", "a reason"), (told, town.One<string>("select state from run"), town.One<string>("select failure from run")));
        Assert.Equal(4, town.One<int>("select count(*) from run_attempt"));
        Assert.Equal(0, town.One<int>("select count(*) from quarantine"));
    }

    [Fact]
    public void What_breaks_the_scanner_four_times_is_left_alone_for_a_day_with_its_reason()
    {
        town.Order(town.Connect("app"), "a");
        foreach (var delay in Retry.AfterCrash)
        {
            Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Crashed));
            town.Time.Advance(delay);
        }

        Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Stopped));
        Assert.Equal("a reason", town.One<string>("select reason from quarantine"));
        Assert.Equal("failed", town.One<string>("select state from run"));
        Assert.Null(town.Claim());
    }

    [Fact]
    public void A_trial_that_breaks_the_scanner_holds_up_nothing_that_is_scheduled()
    {
        var app = town.Connect("app");
        town.Database.Write(session => RunOrders.Place(session, new RunOrder(app.Id, "a", "upload", Priority.Asked, "account:1") { Stage = "trial" }));
        foreach (var delay in Retry.AfterCrash)
        {
            Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Crashed));
            town.Time.Advance(delay);
        }

        Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Crashed));
        Assert.Equal(("failed", 0), (town.One<string>("select state from run"), town.One<int>("select count(*) from quarantine")));

        // Nor does one that ends well set free what broke otherwise.
        town.Database.Write(session =>
        {
            session.Execute("insert into quarantine (hosting_id, since, until, reason) values (@Id, 0, @Clock, 'x')", new { app.Id, session.Clock });
            return RunOrders.Place(session, new RunOrder(app.Id, "b", "upload", Priority.Asked, "account:1") { Stage = "trial" });
        });
        town.Time.Advance(Leases.Rest);
        Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Reported));
        Assert.Equal(1, town.One<int>("select count(*) from quarantine"));
    }

    [Fact]
    public void A_run_that_loses_every_worker_is_given_up()
    {
        town.Order(town.Connect("app"), "a");
        var claims = 0;
        for (; claims < 100 && town.Claim() is not null; claims++)
        {
            town.Time.Advance(Leases.Lease + TimeSpan.FromSeconds(1));
        }

        Assert.Equal((12, "failed"), (claims, town.One<string>("select state from run")));
        Assert.Contains("none of 12 attempts", town.One<string>("select failure from run"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_is_never_begun_and_a_running_one_is_told()
    {
        var app = town.Connect("app");
        var waiting = town.Order(app, "a");
        Assert.True(town.Database.Write(session => RunOrders.Cancel(session, waiting)));
        Assert.Null(town.Claim());
        var id = town.Order(app, "b");
        var run = town.Claim()!;
        Assert.True(town.Database.Write(session => RunOrders.Cancel(session, id)));
        Assert.Equal(LeaseState.Cancelled, town.Database.Write(session => Leases.Renew(session, run, "w")));
        Assert.True(town.Complete(run, RunOutcomeKind.Cancelled, ingest: _ => Assert.Fail("it was written")));
        Assert.False(town.Database.Write(session => RunOrders.Cancel(session, id)));
        Assert.Equal(0, town.One<int>("select count(*) from task"));
    }

    [Fact]
    public void A_run_that_is_cancelled_while_its_host_is_busy_is_never_begun()
    {
        var app = town.Connect("app");
        town.Order(app, "a");
        var waiting = town.Order(app, "b");
        var last = town.Order(app, "c");
        var busy = town.Claim()!;
        Assert.True(town.Database.Write(session => RunOrders.Cancel(session, waiting)));
        Assert.True(town.Complete(busy, RunOutcomeKind.Reported));
        town.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(last, (town.Claim() ?? town.Claim())!.RunId);
        Assert.Equal("cancelled", town.One<string>("select state from run where id = @waiting", new { waiting }));
    }

    [Fact]
    public void The_same_trigger_makes_one_run()
    {
        var app = town.Connect("app");
        Assert.Equal(town.Order(app, "a"), town.Order(app, "a"));
        Assert.Equal(1, town.One<int>("select ready from lane"));
    }

    [Fact]
    public void Claims_use_an_index()
    {
        var plan = town.Database.Read(session =>
            session.List<Step>("explain query plan select id from lane where ready > 0 and priority = 1 and eligible_at <= 5 order by eligible_at limit 4")
        );
        Assert.All(plan, step => Assert.Contains("lane_ready", step.Detail, StringComparison.Ordinal));
    }

    public void Dispose() => town.Dispose();

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
