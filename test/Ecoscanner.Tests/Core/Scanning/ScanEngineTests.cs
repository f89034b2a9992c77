using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Scanning;

public sealed class ScanEngineTests
{
    private static readonly Rule First = new("first-rule", "First", Requirement.Connect12, Cvss: 8.8, Cwe: 306);
    private static readonly Rule Second = new("second-rule", "Second", Requirement.Connect3, Cvss: 6.8, Cwe: 319);
    private static readonly Location Page = Location.OfEndpoint("GET", new Uri("https://app.example.com/page"), "generalPages/page");
    private static readonly Evidence Seen = new("seen", "expected");
    private static readonly ConnectApp App = new("key", "Name", new Uri("https://app.example.com")) { Source = "test" };

    [Fact]
    public async Task A_scanner_that_throws_leaves_its_rules_open_with_the_reason()
    {
        var report = await RunAsync(new Scripted(First, (context, _) => throw new InvalidDataException("the page was torn")));
        var verdict = Assert.Single(report.Verdicts);
        Assert.Equal(Verdict.Inconclusive, verdict.Verdict);
        Assert.Contains("the page was torn", verdict.Reason, StringComparison.Ordinal);
        Assert.False(report.Complete);
    }

    [Fact]
    public async Task What_a_scanner_said_before_it_failed_stays_but_a_pass_of_a_part_is_no_pass()
    {
        var report = await RunAsync(
            new Scripted(
                First,
                (context, _) =>
                {
                    context.Pass(First, "GET /a", "refused");
                    throw new InvalidDataException("torn");
                }
            )
        );
        var verdict = Assert.Single(report.Verdicts);
        Assert.Equal(Verdict.Inconclusive, verdict.Verdict);
        Assert.Contains(verdict.Places, place => place is { Verdict: Verdict.Pass, Place: "GET /a" });
    }

    [Fact]
    public async Task A_scanner_that_fails_does_not_stop_another()
    {
        var report = await RunAsync(
            new Scripted(First, (_, _) => throw new InvalidDataException("torn")),
            Says(Second, context => context.Pass(Second, null, "fine"))
        );
        Assert.Equal(Verdict.Pass, report.Verdicts.Single(verdict => verdict.Rule == Second).Verdict);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_scanner_at_its_time_limit_is_stopped_even_if_it_does_not_listen(bool listens)
    {
        var time = new ManualTime();
        var waiting = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        var scan = RunAsync(
            [
                new Scripted(
                    First,
                    async (_, token) =>
                    {
                        waiting.SetResult();
                        await never.Task.WaitAsync(listens ? token : CancellationToken.None);
                    }
                ),
            ],
            time: time
        );
        await waiting.Task;
        while (!scan.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        var verdict = Assert.Single((await scan).Verdicts);
        Assert.Equal(Verdict.Inconclusive, verdict.Verdict);
        Assert.Contains("time limit", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_scan_reports_what_was_done()
    {
        using var cancel = new CancellationTokenSource();
        var report = await RunAsync(
            [
                new Scripted(
                    First,
                    async (context, token) =>
                    {
                        context.Report(First, Page, Seen);
                        await cancel.CancelAsync();
                        await Task.Delay(Timeout.Infinite, token);
                    }
                ),
            ],
            cancellationToken: cancel.Token
        );
        Assert.Single(report.Findings);
        Assert.Equal("the scan was cancelled", report.Scanners[0].Failure);
    }

    [Fact]
    public async Task A_rule_that_a_scanner_says_nothing_about_is_open() =>
        Assert.Equal(Verdict.Inconclusive, Assert.Single((await RunAsync(Says(First, _ => { }))).Verdicts).Verdict);

    [Fact]
    public async Task The_worst_place_decides_a_rule()
    {
        var report = await RunAsync(
            Says(
                First,
                context =>
                {
                    context.Pass(First, "GET /a", "refused");
                    context.Undecide(First, "GET /b", "no answer");
                    context.Report(First, Page, Seen);
                }
            )
        );
        Assert.Equal(Verdict.Fail, Assert.Single(report.Verdicts).Verdict);
    }

    [Fact]
    public async Task The_same_finding_twice_is_one_finding()
    {
        var report = await RunAsync(
            Says(
                First,
                context =>
                {
                    context.Report(First, Page, Seen);
                    context.Report(First, Page, Seen with { Observed = "in other words" }, Confidence.Low);
                }
            )
        );
        Assert.Single(report.Findings);
    }

    [Fact]
    public async Task An_exempt_finding_stays_in_the_report_and_its_rule_is_exempt()
    {
        var exemption = new Exemption
        {
            Source = ExemptionSource.Desk,
            Rule = First.Id,
            Path = "/page",
            Reason = "public by design",
            Expires = new DateOnly(2999, 1, 1),
        };
        var report = await RunAsync([Says(First, context => context.Report(First, Page, Seen))], new ScanOptions { Exemptions = [exemption] });
        Assert.Equal(exemption, Assert.Single(report.Findings).ExemptedBy);
        var verdict = Assert.Single(report.Verdicts);
        Assert.Equal((Verdict.Exempt, "public by design"), (verdict.Verdict, verdict.Reason));
    }

    [Fact]
    public async Task An_exempt_finding_that_is_said_twice_is_exempt_all_the_same()
    {
        var exemption = new Exemption
        {
            Source = ExemptionSource.Desk,
            Rule = First.Id,
            Reason = "public by design",
            Expires = new DateOnly(2999, 1, 1),
        };
        var twice = Says(
            First,
            context =>
            {
                context.Report(First, Page, Seen);
                context.Report(First, Page, Seen);
            }
        );
        var report = await RunAsync([twice], new ScanOptions { Exemptions = [exemption] });
        Assert.Equal(Verdict.Exempt, Assert.Single(report.Verdicts).Verdict);
    }

    [Fact]
    public async Task An_expired_exemption_covers_nothing()
    {
        var exemption = new Exemption
        {
            Source = ExemptionSource.Desk,
            Rule = First.Id,
            Reason = "until the release",
            Expires = new DateOnly(2020, 1, 1),
        };
        var report = await RunAsync([Says(First, context => context.Report(First, Page, Seen))], new ScanOptions { Exemptions = [exemption] });
        Assert.Null(Assert.Single(report.Findings).ExemptedBy);
    }

    [Fact]
    public async Task Rules_that_were_not_asked_for_are_left_out()
    {
        var report = await RunAsync([Says(First, context => context.Report(First, Page, Seen))], new ScanOptions { ExcludedRules = [First.Id] });
        Assert.Empty(report.Findings);
        Assert.Empty(report.Verdicts);
    }

    [Fact]
    public async Task A_rule_whose_scanner_misses_a_part_does_not_pass()
    {
        var report = await RunAsync(
            Says(
                First,
                context =>
                {
                    context.Pass(First, null, "fine");
                    context.UndecideAll("src/index.js was not read");
                    context.UndecideAll("src/index.js was not read");
                }
            )
        );
        var verdict = Assert.Single(report.Verdicts);
        Assert.Equal((Verdict.Inconclusive, "src/index.js was not read", 2), (verdict.Verdict, verdict.Reason, verdict.Places.Count));
        Assert.False(report.Complete);
    }

    [Fact]
    public async Task What_could_not_be_read_in_the_descriptor_is_a_gap()
    {
        var app = App with { Problems = [new DescriptorProblem("/modules/webItems/0/url", "is no URL")] };
        var report = await RunAsync([Says(First, _ => { })], app: app);
        Assert.Contains(report.Coverage.Gaps, gap => gap.Place == "/modules/webItems/0/url");
    }

    private static Scripted Says(Rule rule, Action<ScanContext> say) =>
        new(
            rule,
            (context, _) =>
            {
                say(context);
                return Task.CompletedTask;
            }
        );

    private static Task<AppReport> RunAsync(params IScanner[] scanners) => RunAsync(scanners, options: null);

    private static async Task<AppReport> RunAsync(
        IReadOnlyList<IScanner> scanners,
        ScanOptions? options = null,
        App? app = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default
    )
    {
        using var session = new ProbeSession(new ProbeOptions { RunId = "test" }, TimeProvider.System);
        return await new ScanEngine(scanners, time ?? TimeProvider.System).ScanAsync(
            app ?? App,
            session,
            options ?? new ScanOptions(),
            progress: null,
            cancellationToken
        );
    }

    /// <summary>A scanner of one rule whose every word a test writes.</summary>
    private sealed class Scripted(Rule rule, Func<ScanContext, CancellationToken, Task> scan) : IScanner
    {
        public string Name => rule.Id;

        public int Version => 1;

        public IReadOnlyList<Rule> Rules => [rule];

        public TimeSpan TimeLimit => TimeSpan.FromMinutes(10);

        public bool AppliesTo(App app) => true;

        public int PlannedRequests(App app, ScanOptions options) => 0;

        public Task ScanAsync(ScanContext context, CancellationToken cancellationToken) => scan(context, cancellationToken);
    }
}
