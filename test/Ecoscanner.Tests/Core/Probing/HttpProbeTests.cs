using System.Text;
using Ecoscanner.Findings;
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
}
