using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Service.Tests.Scheduling;

/// <summary>The machine's clock is wrong for a while: nothing is scanned twice for it, and nothing waits until the wrong time comes.</summary>
public sealed class ClockJumpsTests : IDisposable
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(5);

    private readonly Town town = new();
    private readonly Planner planner;

    public ClockJumpsTests() => planner = new Planner(town.Database);

    [Fact]
    public void A_clock_that_is_put_back_keeps_nobody_waiting_who_asked_before()
    {
        var id = town.Order(town.Connect("app"), "a");
        town.Time.Advance(-Hours);
        Plan();
        Assert.Equal(id, town.Claim()!.RunId);
    }

    [Fact]
    public void A_second_look_that_waits_keeps_its_wait()
    {
        var hosting = town.Connect("app");
        town.Database.Write(session =>
            RunOrders.Place(
                session,
                new RunOrder(hosting.Id, "a", "verification", Priority.Asked, "system:ecoscanner") { NotBefore = session.Now + TimeSpan.FromHours(6) }
            )
        );
        town.Time.Advance(-Hours);
        Plan();
        town.Time.Advance(TimeSpan.FromHours(5.9));
        Plan();
        Assert.Null(town.Claim());
        town.Time.Advance(TimeSpan.FromHours(0.2));
        Assert.NotNull(town.Claim());
    }

    [Fact]
    public void What_is_tried_again_is_not_tried_hours_later_for_it()
    {
        var id = town.Order(town.Connect("app"), "a");
        // Begun with a right clock, ended with one that is ahead.
        var run = town.Claim()!;
        town.Time.Advance(TimeSpan.FromDays(3));
        Assert.True(town.Complete(run, RunOutcomeKind.Unreachable));
        town.Time.Advance(-TimeSpan.FromDays(3));
        Plan();
        Assert.Equal(id, town.Claim()!.RunId);
    }

    [Fact]
    public void The_lease_of_a_worker_that_is_gone_ends_within_its_time_and_that_of_one_that_lives_stays()
    {
        var gone = town.Order(town.Connect("gone", "a.example.com"), "a");
        town.Order(town.Connect("lives", "b.example.com"), "b");
        var (first, second) = (town.Claim("gone")!, town.Claim("lives")!);
        Assert.Equal(gone, first.RunId);
        town.Time.Advance(-Hours);
        Plan();
        town.Time.Advance(Leases.Lease / 2);
        Assert.Equal(LeaseState.Held, town.Database.Write(session => Leases.Renew(session, second, "lives")));
        Assert.Null(town.Claim("x"));
        town.Time.Advance((Leases.Lease / 2) + TimeSpan.FromSeconds(1));
        Assert.Equal(gone, town.Claim("x")!.RunId);
        Assert.Null(town.Claim("x"));
        Assert.False(town.Complete(first, RunOutcomeKind.Reported, "gone", _ => Assert.Fail("it was written")));
        Assert.True(town.Complete(second, RunOutcomeKind.Reported, "lives"));
    }

    [Fact]
    public void A_lease_that_a_jump_ends_gives_one_result()
    {
        town.Order(town.Connect("app"), "a");
        var before = town.Claim("before")!;
        town.Time.Advance(Hours);
        var after = town.Claim("after")!;
        Assert.Equal(before.RunId, after.RunId);
        town.Time.Advance(-Hours);
        Plan();
        Assert.False(town.Complete(before, RunOutcomeKind.Reported, "before", _ => Assert.Fail("it was written")));
        Assert.True(town.Complete(after, RunOutcomeKind.Reported, "after"));
        Assert.Equal(1, town.One<long>("select count(*) from run"));
    }

    [Fact]
    public void An_app_is_scanned_once_for_each_of_its_days_and_at_its_time_however_the_clock_jumps()
    {
        town.Connect("app");
        Targets.Ensure(town.Database);
        var random = new Random(20);
        var (real, wrong) = (TimeSpan.Zero, TimeSpan.Zero);
        var runs = new List<TimeSpan>();
        for (var step = 0; real < TimeSpan.FromDays(20); step++)
        {
            real += TimeSpan.FromMinutes(30);
            town.Time.Advance(TimeSpan.FromMinutes(30));
            // Every seventh half hour the clock is put wrong by hours, or right.
            if (step % 7 == 0)
            {
                var next = wrong == TimeSpan.Zero ? TimeSpan.FromHours(random.Next(-9, 10)) : TimeSpan.Zero;
                town.Time.Advance(next - wrong);
                wrong = next;
            }

            Plan();
            if (town.Claim() is { } run)
            {
                runs.Add(real);
                Assert.True(town.Complete(run, RunOutcomeKind.Reported));
            }
        }

        // Hours early or late for a wrong clock, and never twice for one place in the day.
        Assert.InRange(runs.Count, 18, 22);
        Assert.Equal(runs.Count, town.One<int>("select count(distinct trigger_key) from run"));
        Assert.True(runs.Zip(runs.Skip(1)).All(pair => pair.Second - pair.First < TimeSpan.FromDays(1) + TimeSpan.FromHours(20)));
        town.Time.Advance(-wrong);
        var phase = town.One<long>("select phase_ms from scan_target where cadence = 'daily'");
        Assert.Equal(Cadence.Phase("app", "connect", "daily"), phase);
        var due = town.One<long>("select due_at from scan_target where cadence = 'daily'");
        Assert.Equal(phase, due % (long)TimeSpan.FromDays(1).TotalMilliseconds);
    }

    [Fact]
    public void A_clock_that_was_a_year_ahead_keeps_no_app_from_being_scanned()
    {
        town.Connect("app");
        Targets.Ensure(town.Database);
        town.Time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(1, Plan());
        Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Reported));
        town.Time.Advance(-TimeSpan.FromDays(365));
        Assert.Equal(1, Plan());
        Assert.True(town.Complete(town.Claim()!, RunOutcomeKind.Reported));
        Assert.Equal(0, Plan());
    }

    public void Dispose() => town.Dispose();

    private int Plan()
    {
        ClockJumps.Mend(town.Database);
        return planner.Plan();
    }
}
