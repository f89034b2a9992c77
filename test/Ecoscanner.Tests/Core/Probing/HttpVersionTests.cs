using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Authentication;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>HTTP/2 and old TLS, spoken by servers that are written out here frame by frame.</summary>
public sealed class HttpVersionTests
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte Continuation = 9;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    /// <summary>HPACK's static entry 8 (RFC 7541, appendix A): <c>:status: 200</c>.</summary>
    private static readonly byte[] Status200 = [0x88];

    private int requests;

    [Fact]
    public async Task Http_2_is_spoken_where_the_server_prefers_it()
    {
        await using var server = Http2(
            async (stream, id, token) =>
            {
                await FrameAsync(stream, Headers, EndHeaders, id, Status200, token);
                await FrameAsync(stream, Data, EndStream, id, "hello"u8.ToArray(), token);
            }
        );

        var answer = await AskAsync(server);

        Assert.Null(answer.Failure);
        Assert.Equal("hello", System.Text.Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task A_refused_stream_is_not_repeated_unpaid()
    {
        await using var server = Http2((stream, id, token) => FrameAsync(stream, Reset, 0, id, [0, 0, 0, 7], token));

        var answer = await AskAsync(server, "POST");

        Assert.NotNull(answer.Failure);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task A_server_that_wants_http_1_1_gets_it_with_the_paid_repetition()
    {
        var plain = 0;
        await using var server = Http2(
            (stream, id, token) => FrameAsync(stream, Reset, 0, id, [0, 0, 0, 13], token),
            async (stream, token) =>
            {
                await LoopbackServer.ReadHeadAsync(stream, token);
                plain++;
                await stream.WriteAsync(new LoopbackAnswer(200).ToBytes(), token);
            }
        );
        using var session = Session(server);

        var answer = await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);

        Assert.Equal(200, answer.Status);
        Assert.Equal((1, 1), (requests, plain));
        Assert.Equal(2, session.Traffic(0).Requests);
        Assert.Contains("--http1.1", answer.Exchange.Curl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_continuations_are_too_large()
    {
        var block = new byte[8000];
        await using var server = Http2(
            async (stream, id, token) =>
            {
                await FrameAsync(stream, Headers, 0, id, Status200, token);
                while (true)
                {
                    // A literal header without indexing, name "x", empty value (RFC 7541, 6.2.2).
                    await FrameAsync(
                        stream,
                        Continuation,
                        0,
                        id,
                        [.. Enumerable.Repeat(new byte[] { 0, 1, (byte)'x', 0 }, block.Length / 4).SelectMany(x => x)],
                        token
                    );
                }
            }
        );

        Assert.Equal(ProbeFailureKind.TooLarge, (await AskAsync(server, "POST")).Failure?.Kind);
    }

    [Fact]
    public async Task Endless_pings_end_before_the_time()
    {
        await using var server = Http2(
            async (stream, _, token) =>
            {
                while (true)
                {
                    await FrameAsync(stream, Ping, 0, 0, new byte[8], token);
                }
            }
        );

        var kind = (await AskAsync(server, "POST")).Failure?.Kind;
        Assert.True(kind is ProbeFailureKind.TooLarge or ProbeFailureKind.ProtocolError or ProbeFailureKind.ConnectionReset, $"{kind}");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_cut_in_http_2_too()
    {
        await using var server = Http2(
            async (stream, id, token) =>
            {
                await FrameAsync(stream, Headers, EndHeaders, id, Status200, token);
                for (var i = 0; i < 4; i++)
                {
                    await FrameAsync(stream, Data, 0, id, new byte[16_000], token);
                }
            }
        );

        var answer = await AskAsync(server);

        Assert.Equal((ProbeFailureKind.TooLarge, 200), (answer.Failure?.Kind, answer.Status));
    }

    [Fact]
    public async Task A_server_that_promises_http_2_and_speaks_garbage_is_an_error()
    {
        await using var server = Http2((stream, _, token) => stream.WriteAsync(new byte[5000], token).AsTask());

        Assert.Equal(ProbeFailureKind.ProtocolError, (await AskAsync(server, "POST")).Failure?.Kind);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
#pragma warning disable SYSLIB0039, CA5397 // Outdated on purpose.
    [InlineData(SslProtocols.Tls)]
    [InlineData(SslProtocols.Tls11)]
#pragma warning restore SYSLIB0039, CA5397
    public async Task An_app_is_probed_over_the_tls_version_it_has(SslProtocols version)
    {
        var tls = TestCertificates.Server(TestCertificates.Root.Leaf());
        tls.EnabledSslProtocols = version;
#pragma warning disable SYSLIB0040 // Opens the old versions in the test's server too.
        tls.EncryptionPolicy = EncryptionPolicy.AllowNoEncryption;
#pragma warning restore SYSLIB0040
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200), tls);
        using var session = Session(server);

        var answer = await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);

        Assert.Equal((200, true), (answer.Status, answer.Trusted));
    }

    private static ProbeSession Session(LoopbackServer server) =>
        Probes.For(
            server,
            options =>
                options with
                {
                    TrustedRoots = [TestCertificates.Root.Certificate],
                    MaximumBodyBytes = 32 * 1024,
                    RequestTimeout = TimeSpan.FromSeconds(5),
                }
        );

    private static async Task<ProbeAnswer> AskAsync(LoopbackServer server, string method = "GET")
    {
        using var session = Session(server);
        return await session.Http.SendAsync(
            Probes.Get(server.Url(), new HeaderField("Authorization", "JWT x")) with
            {
                Method = method,
            },
            CancellationToken.None
        );
    }

    /// <summary>A server that answers each stream as the test says, and a client of HTTP/1.1 with the second function.</summary>
    private LoopbackServer Http2(Func<Stream, int, CancellationToken, Task> answer, Func<Stream, CancellationToken, Task>? plain = null)
    {
        var tls = TestCertificates.Server(TestCertificates.Root.Leaf());
        tls.ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];
        return LoopbackServer.Tls(
            tls,
            async (stream, token) =>
            {
                if (stream.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
                {
                    await plain!(stream, token);
                    return;
                }

                // The client's preface (RFC 9113, 3.4), then our own.
                await stream.ReadExactlyAsync(new byte[24], token);
                await FrameAsync(stream, Settings, 0, 0, [], token);
                var head = new byte[9];
                while (true)
                {
                    await stream.ReadExactlyAsync(head, token);
                    await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], token);
                    if (head[3] == Headers)
                    {
                        Interlocked.Increment(ref requests);
                        await answer(stream, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), token);
                    }
                }
            }
        );
    }

    private static async Task FrameAsync(Stream stream, byte type, byte flags, int id, byte[] payload, CancellationToken token)
    {
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), id);
        payload.CopyTo(frame, 9);
        await stream.WriteAsync(frame, token);
    }
}
