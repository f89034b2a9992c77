using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Tests.Tickets;

/// <summary>Due dates while the platform's clock is wrong, and after it was put right.</summary>
public sealed class TicketClockTests : IDisposable
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly TicketWorld world = new();

    [Fact]
    public void What_was_filed_with_a_clock_ahead_is_due_from_when_it_was_put_right()
    {
        world.Ticket(cvss: 9.8);
        var right = world.Read("AMS-1").Due;
        world.Time.Jump(Year);
        world.Ticket("tls-missing", 9.8);
        var wrong = world.Read("AMS-2");
        Assert.True(wrong.Due > TicketWorld.Start + Year);
        world.Time.Jump(-Year);
        Assert.True(ClockJumps.Mend(world.Database));
        Assert.False(ClockJumps.Mend(world.Database));
        Assert.Equal(right, world.Read("AMS-1").Due);
        Assert.Equal(right, world.Read("AMS-2").Due);
        Assert.Contains(
            "when the platform's clock was put right",
            world.One<string>("select due_explanation from ticket where key = 'AMS-2'"),
            StringComparison.Ordinal
        );
        Assert.Equal(1, world.One<int>("select count(*) from ticket_event where kind = 'due-computed'"));
    }

    [Fact]
    public void Nobody_is_told_that_they_are_late_by_a_clock_that_is_not_believed()
    {
        world.Ticket(cvss: 9.8);
        world.Time.Jump(Year);
        new TicketUpkeep(world.Filing, world.Verification).Run(world.Database, endsThings: false, TestContext.Current.CancellationToken);
        Assert.Equal(["filed"], world.List<string>("select kind from notice order by id"));
        Assert.Equal(0, world.One<int>("select count(*) from enforcement"));
        world.Time.Jump(-Year);
        world.Upkeep();
        Assert.Equal(["filed"], world.List<string>("select kind from notice order by id"));
        world.Time.Jump(Year);
        world.Upkeep();
        Assert.Equal(2, world.One<int>("select count(*) from notice"));
    }

    public void Dispose() => world.Dispose();
}
