using System.Text;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

public sealed class BrokenHandshakeTests
{
    // A record of type alert (RFC 8446, 5.1): fatal, and its number.
    public static TheoryData<byte[], string> Answers =>
        new()
        {
            { Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"), "speaks no TLS on this port; check the port, or whether it is a plain HTTP server" },
            { [21, 3, 3, 0, 2, 2, 40], "refused the TLS handshake (handshake_failure)" },
            { [21, 3, 3, 0, 2, 2, 70], "refused the TLS handshake (protocol_version)" },
            { [21, 3, 3, 0, 2, 2, 112], "refused the TLS handshake (unrecognized_name)" },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task It_is_told_in_our_words(byte[] answer, string message)
    {
        await using var server = LoopbackServer.Tcp(
            async (stream, token) =>
            {
                // Read first: what closes with bytes unread resets the connection.
                _ = await stream.ReadAtLeastAsync(new byte[16 * 1024], 1, cancellationToken: token);
                await stream.WriteAsync(answer, token);
            }
        );
        var place = $"127.0.0.1:{server.Port}";
        var url = new Uri($"https://{place}/");
        using var session = new ProbeSession(new ProbeOptions { RunId = "run", AllowedPrivate = [place] }, TimeProvider.System);
        session.Scope.Name(url);

        var sent = await session.Http.SendAsync(
            new ProbeRequest("GET", url) { Budget = BudgetLine.Initial, Purpose = "test" },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(new ProbeFailure(ProbeFailureKind.TlsFailed, $"https://{place} {message}"), sent.Failure);
    }
}
