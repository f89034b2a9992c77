using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

public sealed class HttpProbeTests
{
    [Fact]
    public async Task A_request_is_sent_answered_and_kept_in_the_traffic()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(
            200,
            """{"name":"secret of a customer","id":1}""",
            new HeaderField("X-Own", "1"),
            new HeaderField("Server", "test")
        ));
        using var session = Probes.For(server);

        var answer = await session.Http.SendAsync(Probes.Get(server.Url("/a?b=c"), new HeaderField("Authorization", "JWT fake")), CancellationToken.None);

        Assert.Null(answer.Failure);
        Assert.Equal(200, answer.Status);
        Assert.Equal("1", answer.Header("x-own"));
        Assert.StartsWith("""{"name""", Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
        var seen = Assert.Single(server.Requests);
        Assert.Equal("/a?b=c", seen.Target);
        Assert.Equal("run-1", seen.Header("X-Ecoscanner-Run"));
        Assert.Equal("JWT fake", seen.Header("Authorization"));
        var traffic = session.Traffic(1);
        Assert.Equal(1, traffic.Requests);
        var kept = Assert.Single(traffic.Exchanges);
        Assert.Equal(["name", "id"], kept.JsonKeys);
        Assert.DoesNotContain("customer", kept.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Server", "Content-Length"], kept.Headers.Select(header => header.Name));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_spoken_to_and_named()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(204), TestCertificates.Server(TestCertificates.SelfSigned()));
        using var session = Probes.For(server);

        var answer = await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);

        Assert.Equal(204, answer.Status);
        Assert.False(answer.Trusted);
    }

    [Fact]
    public async Task A_root_that_the_operator_trusts_is_trusted()
    {
        var intermediate = TestCertificates.Root.Intermediate();
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(204), TestCertificates.Server(intermediate.Leaf(), intermediate));
        using var session = Probes.For(server, options => options with { TrustedRoots = [TestCertificates.Root.Certificate] });

        var answer = await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);

        Assert.Null(answer.Failure);
        Assert.True(answer.Trusted);
    }

    [Fact]
    public async Task Our_traffic_names_itself()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Probes.For(
            server,
            options =>
                options with
                {
                    TrafficPage = "https://scanner.example/traffic",
                    Signer = (method, url, run, _) => [new("Signature", $"{method} {url.AbsolutePath} {run}")],
                }
        );

        await session.Http.SendAsync(Probes.Get(server.Url("/a")), CancellationToken.None);

        var seen = server.Requests[0];
        Assert.Matches("^Ecoscanner/[0-9.]+ \\(\\+https://scanner\\.example/traffic\\)$", seen.Header("User-Agent"));
        Assert.Equal("run-1", seen.Header("X-Ecoscanner-Run"));
        Assert.Equal("GET /a run-1", seen.Header("Signature"));
    }

    [Fact]
    public async Task Nothing_of_ours_and_nothing_of_earlier_requests_goes_along()
    {
        using var activity = new System.Diagnostics.Activity("scan").Start();
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200, "", new HeaderField("Set-Cookie", "a=b; Path=/")));
        using var session = Probes.For(server);

        await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);
        await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);

        Assert.Equal(
            ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent", "X-Ecoscanner-Run"],
            server.Requests[1].Headers.Select(header => header.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("get", "X", "y")]
    [InlineData("CONNECT", "X", "y")]
    [InlineData("", "X", "y")]
    [InlineData("GET", "", "y")]
    [InlineData("GET", "X Y", "y")]
    [InlineData("GET", "X", "a\r\nB: c")]
    [InlineData("GET", "X", "ü")]
    [InlineData("GET", "host", "other.example")]
    [InlineData("GET", "User-Agent", "Mozilla")]
    [InlineData("GET", "content-length", "5")]
    [InlineData("GET", "Signature", "x")]
    public async Task What_no_probe_may_send_is_a_mistake_of_the_scanner(string method, string name, string value)
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Probes.For(server);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            session.Http.SendAsync(Probes.Get(server.Url(), new HeaderField(name, value)) with { Method = method }, CancellationToken.None)
        );

        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("run 1", "https://scanner.example")]
    [InlineData("", "https://scanner.example")]
    [InlineData("../run", "https://scanner.example")]
    [InlineData("run", "https://scanner.example)\r\nX: y")]
    public void A_run_or_page_that_cannot_be_sent_is_said_to_be_none(string run, string page) =>
        Assert.Throws<ArgumentException>(() => new ProbeSession(new ProbeOptions { RunId = run, TrafficPage = page }, TimeProvider.System));

    [Fact]
    public async Task A_redirect_to_another_host_is_an_answer_and_its_target_gets_no_request()
    {
        await using var foreign = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        await using var server = LoopbackServer.Http(request =>
            request.Target == "/descriptor"
                ? new LoopbackAnswer(302, "", new HeaderField("Location", $"http://localhost:{foreign.Port}/"))
                : new LoopbackAnswer(200)
        );
        using var session = new ProbeSession(
            Probes.Options with
            {
                AllowedPrivate = [server.Url().Authority, $"localhost:{foreign.Port}"],
            },
            TimeProvider.System
        );
        session.Scope.Name(server.Url("/descriptor"));

        var first = await session.Http.SendAsync(Probes.Get(server.Url("/descriptor")), CancellationToken.None);
        var second = await session.Http.SendAsync(Probes.Get(new Uri(first.Header("Location")!)), CancellationToken.None);

        Assert.Equal(302, first.Status);
        Assert.Equal(ProbeFailureKind.OutOfScope, second.Failure!.Kind);
        Assert.Equal(0, second.Exchange.Number);
        Assert.Equal(0, foreign.Connections);
        var traffic = session.Traffic(2);
        Assert.Equal($"localhost:{foreign.Port}", Assert.Single(traffic.Refused).Host);
        Assert.Single(traffic.Exchanges);
    }

    [Fact]
    public async Task A_foreign_spelling_of_the_host_is_the_same_host()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Probes.For(server);

        var answer = await session.Http.SendAsync(Probes.Get(new Uri($"http://127。0。0。1:{server.Port}/a?b=%C3%BC")), CancellationToken.None);

        Assert.Equal(200, answer.Status);
        Assert.Equal($"127.0.0.1:{server.Port}", server.Requests[0].Header("Host"));
        Assert.Equal($"http://127.0.0.1:{server.Port}/a?b=%C3%BC", answer.Exchange.Url);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_a_failed_connection()
    {
        var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Probes.For(server);
        var url = server.Url();
        await server.DisposeAsync();

        var answer = await session.Http.SendAsync(Probes.Get(url), CancellationToken.None);

        Assert.Equal(ProbeFailureKind.ConnectionFailed, answer.Failure!.Kind);
        Assert.Contains(url.Authority, answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_headers_stay_apart_in_their_order()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(
            200,
            "",
            new HeaderField("Strict-Transport-Security", "max-age=1"),
            new HeaderField("X", "1"),
            new HeaderField("Strict-Transport-Security", "max-age=2, x")
        ));
        using var session = Probes.For(server);

        var answer = await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);

        Assert.Equal(["max-age=1", "max-age=2, x"], answer.Headers.Where(header => header.Name == "Strict-Transport-Security").Select(header => header.Value));
        Assert.Equal("max-age=1", answer.Header("strict-transport-security"));
    }

    [Fact]
    public async Task Proxies_of_the_environment_are_ignored()
    {
        await using var proxy = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        var start = new System.Diagnostics.ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Ecoscanner.Tests"),
            ["--filter-method", "*A_request_is_sent_answered_and_kept_in_the_traffic"]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var name in new[] { "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY" })
        {
            start.Environment[name] = proxy.Url().AbsoluteUri;
        }

        start.Environment.Remove("no_proxy");
        start.Environment.Remove("NO_PROXY");
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("succeeded: 1", output, StringComparison.Ordinal);
        Assert.Equal(0, proxy.Connections);
    }
}
