using Ecoscanner.Service.Access;
using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Service.Tests.Scheduling;

public sealed class RolloutsTests : IDisposable
{
    private readonly Town town = new();

    [Fact]
    public void A_scanner_that_fails_too_often_is_paused_and_says_why()
    {
        Assert.False(Count(failures: 10, of: 200));
        Assert.True(Count(failures: 11, of: 200));
        var rollout = Assert.Single(town.Database.Read(Rollouts.List));
        Assert.Contains("runs failed", rollout.PausedWhy!, StringComparison.Ordinal);
        Assert.Equal(["xss"], Rollouts.For([rollout], "app").Paused);
        Set(new StageChange("xss", 1, "enforced", "mended"));
        Assert.Empty(Rollouts.For(town.Database.Read(Rollouts.List), "app").Paused);
    }

    [Fact]
    public void The_canary_counts_for_the_same_part_of_the_apps_for_ever()
    {
        Set(new StageChange("xss", 1, "canary", "a try", 1000));
        var rollouts = town.Database.Read(Rollouts.List);
        var inCohort = Enumerable.Range(0, 10_000).Where(i => Rollouts.For(rollouts, $"app-{i}").Shadow.Count == 0).ToList();
        Assert.InRange(inCohort.Count, 850, 1150);
        Set(new StageChange("xss", 1, "canary", "a try", 2000));
        rollouts = town.Database.Read(Rollouts.List);
        Assert.All(inCohort, i => Assert.Empty(Rollouts.For(rollouts, $"app-{i}").Shadow));
    }

    [Fact]
    public void Only_who_may_changes_a_stage()
    {
        var triager = new Principal
        {
            Kind = "account",
            Id = "1",
            Grants = [new Grant(Role.Triager, null, null)],
        };
        Assert.NotNull(town.Database.Write(session => Rollouts.Set(session, triager, new StageChange("xss", 1, "enforced", "why"))));
    }

    [Theory]
    [InlineData("half", 0, "why")]
    [InlineData("canary", 10_001, "why")]
    [InlineData("canary", -1, "why")]
    [InlineData("enforced", 5, "why")]
    [InlineData("shadow", 0, " ")]
    public void A_stage_that_is_none_or_has_no_reason_changes_nothing(string stage, int cohort, string reason)
    {
        Assert.NotNull(town.Database.Write(session => Rollouts.Set(session, Principal.Platform, new StageChange("xss", 1, stage, reason, cohort))));
        Assert.Empty(town.Database.Read(Rollouts.List));
    }

    [Fact]
    public void A_partner_gets_its_share_of_a_day_and_is_told_when_there_is_more()
    {
        Assert.Null(town.Database.Write(session => Quotas.SetMost(session, Principal.Platform, town.Partner.Id, QuotaKind.Rescans, 2, "a test")));
        Assert.True(Take().Allowed);
        Assert.True(Take().Allowed);
        var refused = Take();
        Assert.Equal((false, 2, TimeSpan.FromHours(12)), (refused.Allowed, refused.Used, refused.RetryAfter));
        town.Time.Advance(TimeSpan.FromHours(12));
        Assert.True(Take().Allowed);
    }

    [Fact]
    public void Streams_are_counted_while_they_are_open()
    {
        var quotas = new Quotas();
        var open = Enumerable.Range(0, 20).Select(_ => quotas.OpenStream(1, 20)!).ToList();
        Assert.Null(quotas.OpenStream(1, 20));
        Assert.NotNull(quotas.OpenStream(2, 20));
        open[0].Dispose();
        open[0].Dispose();
        Assert.NotNull(quotas.OpenStream(1, 20));
        Assert.Null(quotas.OpenStream(1, 20));
    }

    public void Dispose() => town.Dispose();

    private void Set(StageChange change) => Assert.Null(town.Database.Write(session => Rollouts.Set(session, Principal.Platform, change)));

    private QuotaAnswer Take() => town.Database.Write(session => Quotas.Take(session, town.Partner.Id, QuotaKind.Rescans, 1));

    private bool Count(int failures, int of)
    {
        var paused = false;
        for (var i = 0; i < of; i++)
        {
            paused |= town.Database.Write(session => Rollouts.Count(session, "xss", 1, failed: i < failures));
        }

        return paused;
    }
}
