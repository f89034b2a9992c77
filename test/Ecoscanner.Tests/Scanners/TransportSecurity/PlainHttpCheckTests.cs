using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.TransportSecurity;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Core.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.TransportSecurity;

public sealed class PlainHttpCheckTests
{
    private static readonly ConnectApp App = new("app", "App", new Uri("https://app.example/")) { Source = "test" };

    [Theory]
    [InlineData(301, "https://127.0.0.1/", Verdict.Pass)]
    [InlineData(308, "https://127.0.0.1:8443/start?x=1", Verdict.Pass)]
    [InlineData(302, "HTTPS://127.0.0.1/", Verdict.Pass)]
    [InlineData(301, "https://other.example/", Verdict.Fail)]
    [InlineData(301, "http://127.0.0.1/start", Verdict.Fail)]
    [InlineData(301, "/start", Verdict.Fail)]
    [InlineData(301, "https://127.0.0.1.evil.example/", Verdict.Fail)]
    [InlineData(301, "https://127.0.0.1@evil.example/", Verdict.Fail)]
    [InlineData(301, "http:///", Verdict.Fail)]
    [InlineData(301, null, Verdict.Fail)]
    [InlineData(200, null, Verdict.Fail)]
    [InlineData(200, "https://127.0.0.1/", Verdict.Fail)]
    [InlineData(401, null, Verdict.Fail)]
    [InlineData(403, null, Verdict.Pass)]
    [InlineData(426, null, Verdict.Pass)]
    [InlineData(404, null, Verdict.Inconclusive)]
    [InlineData(500, null, Verdict.Inconclusive)]
    public async Task Plain_HTTP_should_lead_to_HTTPS_of_the_same_host(int status, string? location, Verdict verdict)
    {
        HeaderField[] headers = location is null ? [] : [new HeaderField("Location", location)];
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(status, "hello", headers));
        using var session = Probes.For(server);
        Assert.Equal(verdict, await VerdictAsync(session, server.Url()));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_closed_port_passes()
    {
        var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Probes.For(server);
        var url = server.Url();
        await server.DisposeAsync();
        Assert.Equal(Verdict.Pass, await VerdictAsync(session, url));
        Assert.Equal(1, session.Traffic(0).Requests);
    }

    [Fact]
    public async Task A_port_that_may_not_be_asked_is_not_judged()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = TlsSessions.To();
        Assert.Equal(Verdict.NotApplicable, await VerdictAsync(session, server.Url()));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_not_passed()
    {
        await using var server = LoopbackServer.Tcp((_, _) => Task.CompletedTask);
        using var session = Probes.For(server);
        Assert.Equal(Verdict.Inconclusive, await VerdictAsync(session, server.Url()));
    }

    private static async Task<Verdict> VerdictAsync(ProbeSession session, Uri url)
    {
        var report = await ScannerRuns.RunAsync(App, session, null, new Check(url));
        return report.VerdictOf("http-not-redirected");
    }

    /// <summary>The check alone, on a port that a test may listen on.</summary>
    private sealed class Check(Uri url) : IScanner
    {
        public string Name => "check";

        public int Version => 1;

        public IReadOnlyList<Rule> Rules => [TransportSecurityScanner.NotRedirected];

        public TimeSpan TimeLimit => TimeSpan.FromMinutes(1);

        public bool AppliesTo(App app) => true;

        public int PlannedRequests(App app, ScanOptions options) => 1;

        public Task ScanAsync(ScanContext context, CancellationToken cancellationToken) => PlainHttpCheck.RunAsync(context, url, cancellationToken);
    }
}
