using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ResponseHeaders;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Core.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ResponseHeaders;

public sealed class ResponseHeadersScannerTests
{
    private const string Html = "Content-Type: text/html; charset=utf-8";
    private const string Json = "Content-Type: application/json";
    private const string Policy = "Referrer-Policy: strict-origin-when-cross-origin";
    private const string NoStore = "Cache-Control: no-store";

    [Theory]
    [InlineData(200, new[] { Html, NoStore, Policy }, Verdict.Pass)]
    [InlineData(200, new[] { Html, NoStore }, Verdict.Fail)]
    [InlineData(200, new[] { Html, NoStore, "Referrer-Policy: unsafe-url" }, Verdict.Fail)]
    [InlineData(401, new[] { Html, NoStore }, Verdict.Fail)]
    [InlineData(403, new[] { Html, NoStore, Policy }, Verdict.Pass)]
    [InlineData(404, new[] { Html }, Verdict.Inconclusive)]
    [InlineData(500, new[] { Html }, Verdict.Inconclusive)]
    [InlineData(200, new[] { Json, NoStore }, Verdict.NotApplicable)]
    public async Task Pages_need_a_referrer_policy_refusals_too(int status, string[] headers, Verdict verdict) =>
        Assert.Equal(verdict, (await ScanAsync(status, headers)).VerdictOf("referrer-policy-weak"));

    [Theory]
    [InlineData(200, new[] { Html, NoStore }, Verdict.Pass)]
    [InlineData(200, new[] { Html }, Verdict.Fail)]
    [InlineData(200, new[] { Json, "Cache-Control: no-cache" }, Verdict.Fail)]
    [InlineData(200, new[] { "Content-Type: application/problem+json" }, Verdict.Fail)]
    [InlineData(401, new[] { Json }, Verdict.Fail)]
    [InlineData(200, new[] { "Content-Type: text/css" }, Verdict.NotApplicable)]
    [InlineData(200, new[] { "Content-Type: image/png", "Cache-Control: public" }, Verdict.NotApplicable)]
    public async Task Answers_with_users_data_need_no_store(int status, string[] headers, Verdict verdict) =>
        Assert.Equal(verdict, (await ScanAsync(status, headers)).VerdictOf("cache-control-weak"));

    [Fact]
    public async Task What_the_descriptor_declares_cacheable_may_be_cached()
    {
        var report = await ScanAsync(200, [Html], link => link with { Cacheable = true, Audience = LinkAudience.Anyone });
        Assert.Equal(Verdict.NotApplicable, report.VerdictOf("cache-control-weak"));
        Assert.Equal(Verdict.Fail, report.VerdictOf("referrer-policy-weak"));
    }

    [Fact]
    public async Task A_refusal_is_a_weaker_sign_than_a_page()
    {
        var refused = await ScanAsync(401, [Html]);
        Assert.All(refused.Findings, finding => Assert.Equal(Confidence.Low, finding.Confidence));
        var answered = await ScanAsync(200, [Html]);
        Assert.All(answered.Findings, finding => Assert.Equal(Confidence.Medium, finding.Confidence));
    }

    [Fact]
    public async Task Weak_session_cookies_of_a_host_are_named_in_one_finding_without_their_values()
    {
        var report = await ScanAsync(
            200,
            [
                "Set-Cookie: JSESSIONID=s3cret; Path=/; HTTPONLY",
                "Set-Cookie: connect.sid=s3cret; Secure; HttpOnly; SameSite=None",
                "Set-Cookie: app_session=s3cret; Secure; HttpOnly",
                "Set-Cookie: old_session=; Max-Age=0",
                "Set-Cookie: theme=dark",
            ]
        );
        var finding = Assert.Single(report.Findings);
        Assert.Equal("cookie JSESSIONID lacks Secure, SameSite; cookie app_session lacks SameSite", finding.Evidence.Observed);
        Assert.False(finding.Rule.RaisesTickets);
        Assert.DoesNotContain("s3cret", System.Text.Json.JsonSerializer.Serialize(finding.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_cookies_pass() =>
        Assert.Equal(Verdict.Pass, (await ScanAsync(200, ["Set-Cookie: sid=1; Secure; HttpOnly; SameSite=Lax"])).VerdictOf("cookie-attributes-weak"));

    [Fact]
    public async Task An_endpoint_that_is_asked_often_is_one_finding()
    {
        var report = await ScanAsync(200, [Html, NoStore], times: 3);
        Assert.Single(report.Findings);
        Assert.Equal(3, report.Traffic.Requests);
    }

    [Fact]
    public async Task Without_an_answer_nothing_is_passed()
    {
        var report = await ScanAsync(200, [Html], times: 0);
        Assert.All(report.Verdicts, verdict => Assert.Equal(Verdict.Inconclusive, verdict.Verdict));
    }

    [Fact]
    public void It_sends_nothing_itself() =>
        Assert.Equal(
            0,
            new ResponseHeadersScanner().PlannedRequests(new ConnectApp("app", "App", new Uri("https://app.example/")) { Source = "test" }, new ScanOptions())
        );

    private static async Task<AppReport> ScanAsync(int status, string[] headers, Func<ConnectLink, ConnectLink>? change = null, int times = 1)
    {
        var fields = headers.Select(header => header.Split(": ", 2)).Select(pair => new HeaderField(pair[0], pair[1])).ToList();
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(status, "hello", fields));
        using var session = Probes.For(server);
        var link = new ConnectLink
        {
            Module = "generalPages",
            ModuleKey = "page",
            Pointer = "/modules/generalPages/0/url",
            Template = "/page",
            Url = server.Url("/page"),
            Kind = LinkKind.Frame,
            Audience = LinkAudience.Users,
        };
        var app = new ConnectApp("app", "App", server.Url()) { Source = "test", Links = [change?.Invoke(link) ?? link] };
        return await ScannerRuns.RunAsync(app, session, null, new ResponseHeadersScanner(), new Asking(server.Url("/page?jwt=fake"), times));
    }

    /// <summary>Stands for the scanner that asks.</summary>
    private sealed class Asking(Uri url, int times) : IScanner
    {
        public string Name => "asking";

        public int Version => 1;

        public IReadOnlyList<Rule> Rules => [];

        public TimeSpan TimeLimit => TimeSpan.FromMinutes(1);

        public bool AppliesTo(App app) => true;

        public int PlannedRequests(App app, ScanOptions options) => times;

        public async Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
        {
            for (var i = 0; i < times; i++)
            {
                await context.Http.SendAsync(Probes.Get(url), cancellationToken);
            }
        }
    }
}
