using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

public sealed class BudgetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-ledger-").FullName;

    [Fact]
    public async Task A_line_pays_for_its_limit_and_no_more_counted_at_the_server()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Probes.For(server);
        var line = BudgetLine.Link("GET", server.Url("/panel"));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => session.Http.SendAsync(Probes.Get(server.Url("/panel")) with { Budget = line }, CancellationToken.None))
        );

        Assert.Equal(BudgetLine.LinkLimit, server.Requests.Count);
        Assert.Equal(BudgetLine.LinkLimit, answers.Count(answer => answer.Answered));
        Assert.All(answers.Where(answer => !answer.Answered), answer => Assert.Equal(ProbeFailureKind.BudgetSpent, answer.Failure!.Kind));
        Assert.True((await session.Http.SendAsync(Probes.Get(server.Url("/other")), CancellationToken.None)).Answered);
        Assert.Equal(BudgetLine.LinkLimit + 1, session.Traffic(0).ByHost[server.Url().Authority]);
    }

    [Fact]
    public async Task A_redirect_loop_is_followed_by_nobody_beyond_the_line()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(302, "", new HeaderField("Location", "/loop")));
        using var session = Probes.For(server);
        var request = Probes.Get(server.Url("/loop")) with { Budget = BudgetLine.Link("GET", server.Url("/loop")) };
        ProbeAnswer answer;
        var steps = 0;
        do
        {
            answer = await session.Http.SendAsync(request, CancellationToken.None);
            steps++;
        } while (answer.Header("Location") is not null);

        Assert.Equal(ProbeFailureKind.BudgetSpent, answer.Failure!.Kind);
        Assert.Equal(BudgetLine.LinkLimit + 1, steps);
        Assert.Equal(BudgetLine.LinkLimit, server.Requests.Count);
    }

    [Theory]
    [InlineData("GET", 2)]
    [InlineData("POST", 1)]
    public async Task A_connection_that_breaks_without_an_answer_is_tried_once_more_for_what_may_be_repeated_and_paid(string method, int expected)
    {
        var heads = 0;
        await using var server = LoopbackServer.Tcp(
            async (stream, token) =>
            {
                await LoopbackServer.ReadHeadAsync(stream, token);
                Interlocked.Increment(ref heads);
            }
        );
        using var session = Probes.For(server);
        var line = new BudgetLine("line", 2);

        var answer = await session.Http.SendAsync(Probes.Get(server.Url()) with { Method = method, Budget = line }, CancellationToken.None);

        Assert.Equal(ProbeFailureKind.ConnectionReset, answer.Failure!.Kind);
        Assert.Equal(expected, heads);
        Assert.Equal(expected, session.Traffic(0).Requests);
        var next = await session.Http.SendAsync(Probes.Get(server.Url()) with { Budget = line }, CancellationToken.None);
        Assert.Equal(expected == 2, next.Failure!.Kind == ProbeFailureKind.BudgetSpent);
    }

    [Fact]
    public async Task A_short_wish_to_wait_is_granted_once_and_paid()
    {
        var time = new ManualTime();
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(503, "", new HeaderField("Retry-After", "2")));
        using var session = Probes.For(server, time: time);

        var sending = session.Http.SendAsync(Probes.Get(server.Url()) with { Budget = new BudgetLine("line", 5) }, CancellationToken.None);
        while (session.Traffic(0).Exchanges.Count == 0)
        {
            await Task.Yield();
        }

        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(503, (await sending).Status);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(2, session.Traffic(0).Exchanges[^1].Number);
    }

    [Fact]
    public async Task A_retry_that_the_line_cannot_pay_leaves_the_first_answer()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(503, "busy", new HeaderField("Retry-After", "0")));
        using var session = Probes.For(server);

        var answer = await session.Http.SendAsync(Probes.Get(server.Url()) with { Budget = new BudgetLine("line", 1) }, CancellationToken.None);

        Assert.Equal(503, answer.Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_host_and_day_has_a_budget_whatever_the_lines_and_sessions()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        var time = new ManualTime(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
        ProbeOptions Limited(ProbeOptions options) => options with { HostAndDayLimit = 5, LedgerFolder = folder };

        async Task<int> AnsweredAsync(int requests)
        {
            using var session = Probes.For(server, Limited, time);
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, requests)
                    .Select(i => session.Http.SendAsync(Probes.Get(server.Url($"/{i}")) with { Budget = new BudgetLine($"{i}", 1) }, CancellationToken.None))
            );
            Assert.All(answers, answer => Assert.True(answer.Answered || answer.Failure.Kind == ProbeFailureKind.BudgetSpent, answer.Failure?.Message));
            return answers.Count(answer => answer.Answered);
        }

        Assert.Equal(3, await AnsweredAsync(3));
        Assert.Equal(2, await AnsweredAsync(4));
        Assert.Equal(0, await AnsweredAsync(1));
        Assert.Equal(5, server.Requests.Count);
        time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(1, await AnsweredAsync(1));
    }

    [Fact]
    public async Task Ledgers_that_write_at_once_lose_no_count()
    {
        async Task<int> PaidAsync()
        {
            // A ledger of its own has its own handle on the file, as another process has.
            using var ledger = new DayLedger(folder, TimeProvider.System, _ => { });
            var paid = 0;
            for (var i = 0; i < 40; i++)
            {
                paid += await ledger.PayAsync("app.example", 100, CancellationToken.None) is null ? 1 : 0;
            }

            return paid;
        }

        var sums = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(PaidAsync)));

        Assert.Equal(100, sums.Sum());
    }

    [Fact]
    public async Task A_damaged_ledger_is_named_and_starts_anew()
    {
        var notes = new List<string>();
        using var ledger = new DayLedger(folder, TimeProvider.System, notes.Add);
        await ledger.PayAsync("app.example", 2, CancellationToken.None);
        var file = Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(file, "{\"count\":");

        Assert.Null(await ledger.PayAsync("app.example", 2, CancellationToken.None));
        Assert.Null(await ledger.PayAsync("app.example", 2, CancellationToken.None));
        Assert.NotNull(await ledger.PayAsync("app.example", 2, CancellationToken.None));
        Assert.Contains(file, Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_sends_nothing()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        using var ledger = new DayLedger(Path.Combine(file, "below"), TimeProvider.System, _ => { });
        Assert.Contains("make the folder writable", await ledger.PayAsync("app.example", 2, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_days_are_forgotten()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
        Directory.CreateDirectory(Path.Combine(folder, "notes"));
        using var ledger = new DayLedger(folder, time, _ => { });
        await ledger.PayAsync("::1", 2, CancellationToken.None);
        time.Advance(TimeSpan.FromDays(30));
        await ledger.PayAsync("::1", 2, CancellationToken.None);
        Assert.Equal(["2026-12-03", "notes"], Directory.GetDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
