using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

public sealed class PaceTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task After_the_burst_a_host_gets_its_rate()
    {
        var pace = new Pace(time);
        var turns = Enumerable.Range(0, 10).Select(_ => TurnAsync(pace, "app.example")).ToList();

        await PassAsync(turns, TimeSpan.Zero, 6);
        await PassAsync(turns, TimeSpan.FromSeconds(0.499), 6);
        await PassAsync(turns, TimeSpan.FromSeconds(0.001), 7);
        await PassAsync(turns, TimeSpan.FromSeconds(0.5), 8);
        await PassAsync(turns, TimeSpan.FromSeconds(1), 10);
    }

    [Fact]
    public async Task A_rest_fills_the_bucket_but_no_more_than_the_burst()
    {
        var pace = new Pace(time);
        time.Advance(TimeSpan.FromHours(1));
        var turns = Enumerable.Range(0, 8).Select(_ => TurnAsync(pace, "app.example")).ToList();
        await PassAsync(turns, TimeSpan.Zero, 6);
    }

    [Fact]
    public async Task Hosts_do_not_wait_for_each_other_and_handshakes_not_for_requests()
    {
        var pace = new Pace(time);
        var turns = Enumerable.Range(0, 6).Select(_ => TurnAsync(pace, "app.example")).ToList();
        turns.Add(TurnAsync(pace, "other.example"));
        turns.Add(TurnAsync(pace, "app.example", PaceKind.Handshake));
        await PassAsync(turns, TimeSpan.Zero, 8);
    }

    [Fact]
    public async Task A_short_pause_is_waited_for()
    {
        var pace = new Pace(time);
        pace.Pause("app.example", TimeSpan.FromSeconds(20));
        var turn = TurnAsync(pace, "app.example");
        time.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(turn.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await turn);
    }

    [Fact]
    public async Task A_long_pause_is_an_answer_with_its_end_and_reaches_those_who_wait_already()
    {
        var pace = new Pace(time);
        var turns = Enumerable.Range(0, 7).Select(_ => TurnAsync(pace, "app.example")).ToList();
        pace.Pause("app.example", TimeSpan.FromHours(2));
        var end = time.GetUtcNow() + TimeSpan.FromHours(2);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(end, await turns[6]);
        Assert.Equal(end, await TurnAsync(pace, "app.example"));
        Assert.Null(await TurnAsync(pace, "other.example"));
    }

    [Fact]
    public async Task A_pause_is_obeyed_for_a_day_at_most()
    {
        var pace = new Pace(time);
        pace.Pause("app.example", TimeSpan.MaxValue);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromHours(24), await TurnAsync(pace, "app.example"));
        time.Advance(TimeSpan.FromHours(24));
        Assert.Null(await TurnAsync(pace, "app.example"));
    }

    [Fact]
    public void A_shorter_pause_does_not_end_a_longer_one()
    {
        var pace = new Pace(time);
        pace.Pause("app.example", TimeSpan.FromHours(2));
        pace.Pause("app.example", TimeSpan.FromSeconds(1));
        Assert.NotNull(pace.TooLongPause("app.example"));
    }

    [Fact]
    public async Task Sessions_that_share_the_pace_share_the_bucket_whatever_the_port()
    {
        await using var one = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        await using var two = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        var pace = new Pace(time);
        ProbeOptions Options(LoopbackServer server) => Probes.Options with { Rate = 2, Burst = 2, AllowedPrivate = [server.Url().Authority] };
        using var first = new ProbeSession(Options(one), time, pace);
        using var second = new ProbeSession(Options(two), time, pace);
        first.Scope.Prove("127.0.0.1", one.Port);
        second.Scope.Prove("127.0.0.1", two.Port);

        Assert.Equal(200, (await first.Http.SendAsync(Probes.Get(one.Url()), CancellationToken.None)).Status);
        Assert.Equal(200, (await second.Http.SendAsync(Probes.Get(two.Url()), CancellationToken.None)).Status);
        var third = second.Http.SendAsync(Probes.Get(two.Url()), CancellationToken.None);
        Assert.False(third.IsCompleted);
        Assert.Single(two.Requests);
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(200, (await third).Status);
    }

    [Theory]
    [InlineData("7200")]
    [InlineData(" 7200 ")]
    [InlineData("DATE")]
    public async Task A_host_that_asks_to_wait_is_left_alone_until_then(string retryAfter)
    {
        var header = new HeaderField("Retry-After", retryAfter.Replace("DATE", time.GetUtcNow().AddHours(2).ToString("r"), StringComparison.Ordinal));
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(429, "", header));
        using var session = Probes.For(server, time: time);

        var first = await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);
        var second = await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);

        Assert.Equal(429, first.Status);
        Assert.Equal(ProbeFailureKind.AskedToWait, second.Failure!.Kind);
        Assert.Contains($"{time.GetUtcNow().AddHours(2):yyyy-MM-dd HH:}", second.Failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(429, (await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None)).Status);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData("99999999999999999999", int.MaxValue)]
    [InlineData("Wed, 21 Oct 2015 07:28:30 GMT", 30)]
    [InlineData("Wed, 21 Oct 2015 07:00:00 GMT", 0)]
    [InlineData("", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("soon", null)]
    public void Retry_after_is_seconds_or_a_date(string value, int? seconds)
    {
        var now = new DateTimeOffset(2015, 10, 21, 7, 28, 0, TimeSpan.Zero);
        TimeSpan? expected = seconds switch
        {
            null => null,
            int.MaxValue => TimeSpan.MaxValue,
            { } some => TimeSpan.FromSeconds(some),
        };
        Assert.Equal(expected, RetryAfter.Parse(value, now));
    }

    private static Task<DateTimeOffset?> TurnAsync(Pace pace, string host, PaceKind kind = PaceKind.Request) =>
        pace.WaitAsync(host, kind, rate: 2, burst: 6, CancellationToken.None);

    private async Task PassAsync(List<Task<DateTimeOffset?>> turns, TimeSpan by, int expected)
    {
        time.Advance(by);
        // Continuations of a fired timer run on the pool.
        for (var i = 0; i < 1000 && turns.Count(turn => turn.IsCompleted) < expected; i++)
        {
            await Task.Yield();
        }

        Assert.Equal(expected, turns.Count(turn => turn.IsCompleted));
    }
}
