using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tests.Storage;

/// <summary>When the machine's clock is believed, and what stays until then.</summary>
public sealed class ClockWatchTests : IDisposable
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly TestPlatform platform = new();
    private ClockWatch clock;

    public ClockWatchTests()
    {
        clock = new ClockWatch(platform.Database, platform.Time);
        clock.Look();
    }

    [Fact]
    public void A_clock_that_goes_or_is_set_a_little_is_believed()
    {
        for (var minute = 0; minute < 600; minute++)
        {
            platform.Time.Advance(TimeSpan.FromMinutes(1));
            platform.Time.Jump(TimeSpan.FromSeconds(minute % 3 == 0 ? 20 : -10));
            clock.Look();
            Assert.Null(clock.Doubt);
        }

        platform.Time.Jump(-Year);
        clock.Look();
        Assert.Null(clock.Doubt);
    }

    [Fact]
    public void A_jump_is_believed_after_a_day_of_running()
    {
        platform.Time.Jump(Year);
        clock.Look();
        Assert.Contains("2027-03-01 12:00", clock.Doubt!.Why, StringComparison.Ordinal);
        Assert.Equal(ClockWatch.Grace, clock.Doubt.Left);
        Run(TimeSpan.FromHours(23.9));
        Assert.InRange(clock.Doubt!.Left, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(8));
        Run(TimeSpan.FromHours(0.2));
        Assert.Null(clock.Doubt);
    }

    [Fact]
    public void A_clock_that_is_put_right_is_believed_at_once()
    {
        platform.Time.Jump(Year);
        Run(TimeSpan.FromHours(5));
        Assert.NotNull(clock.Doubt);
        platform.Time.Jump(-Year);
        clock.Look();
        Assert.Null(clock.Doubt);
        Run(TimeSpan.FromHours(1));
        Assert.Null(clock.Doubt);
    }

    [Fact]
    public void Another_jump_begins_the_day_anew()
    {
        platform.Time.Jump(Year);
        Run(TimeSpan.FromHours(20));
        platform.Time.Jump(Year);
        Run(TimeSpan.FromHours(20));
        Assert.NotNull(clock.Doubt);
        Run(TimeSpan.FromHours(5));
        Assert.Null(clock.Doubt);
    }

    [Fact]
    public void A_start_goes_on_doubting_and_counts_only_what_ran()
    {
        platform.Time.Jump(Year);
        Run(TimeSpan.FromHours(10));
        Restart(TimeSpan.FromHours(20));
        Assert.NotNull(clock.Doubt);
        Run(TimeSpan.FromHours(13));
        Assert.NotNull(clock.Doubt);
        Run(TimeSpan.FromHours(2));
        Assert.Null(clock.Doubt);
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(23, false)]
    [InlineData(25, true)]
    [InlineData(24 * 365, true)]
    public void After_a_long_stop_nobody_knows_whether_the_clock_went_on_or_jumped(double hours, bool isDoubted)
    {
        Restart(TimeSpan.FromHours(hours));
        Assert.Equal(isDoubted, clock.Doubt is not null);
        Run(TimeSpan.FromHours(24.1));
        Assert.Null(clock.Doubt);
    }

    [Fact]
    public void An_operator_ends_the_doubt()
    {
        Restart(Year);
        Assert.NotNull(clock.Doubt);
        clock = new ClockWatch(platform.Database, platform.Time);
        clock.Confirm();
        clock.Look();
        Assert.Null(clock.Doubt);
        Run(TimeSpan.FromHours(1));
        Assert.Null(clock.Doubt);
    }

    public void Dispose() => platform.Dispose();

    private void Run(TimeSpan time)
    {
        for (var ran = TimeSpan.Zero; ran < time; ran += TimeSpan.FromSeconds(90))
        {
            clock.Look();
            platform.Time.Advance(TimeSpan.FromSeconds(90));
            clock.Look();
        }
    }

    private void Restart(TimeSpan stopped)
    {
        platform.Time.Advance(stopped);
        clock = new ClockWatch(platform.Database, platform.Time);
        clock.Look();
    }
}
