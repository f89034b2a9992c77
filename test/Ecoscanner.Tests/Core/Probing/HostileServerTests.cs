using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>Servers that want to hold a scanner up, fill its memory or confuse it: each ends within its limit and with its kind. Alone, because memory is measured.</summary>
[CollectionDefinition("hostile servers", DisableParallelization = true)]
[Collection("hostile servers")]
public sealed class HostileServerTests
{
    /// <summary>Bytes that may be allocated for one answer, ours and the server's together.</summary>
    private const long MostAllocated = 48 * 1024 * 1024;

    private static readonly byte[] Zeros = new byte[64 * 1024];

    [Fact]
    public Task One_byte_a_moment_ends_with_the_time() =>
        AssertEndsAsync(
            async (stream, token) =>
            {
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", token);
                while (true)
                {
                    await stream.WriteAsync(Zeros.AsMemory(0, 1), token);
                    await Task.Delay(100, token);
                }
            },
            ProbeFailureKind.TimedOut,
            200
        );

    [Fact]
    public Task One_byte_of_a_header_a_moment_ends_with_the_time() =>
        AssertEndsAsync(
            async (stream, token) =>
            {
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nX: ", token);
                while (true)
                {
                    await WriteAsync(stream, "a", token);
                    await Task.Delay(100, token);
                }
            },
            ProbeFailureKind.TimedOut
        );

    [Fact]
    public Task No_answer_at_all_ends_with_the_time() => AssertEndsAsync((_, token) => Task.Delay(Timeout.Infinite, token), ProbeFailureKind.TimedOut);

    [Fact]
    public Task Endless_headers_are_too_large() =>
        AssertEndsAsync((stream, token) => RepeatAsync(stream, "HTTP/1.1 200 OK\r\n", "X-Again: and again\r\n", token), ProbeFailureKind.TooLarge);

    [Fact]
    public Task One_endless_header_is_too_large() =>
        AssertEndsAsync((stream, token) => RepeatAsync(stream, "HTTP/1.1 200 OK\r\nX: ", "and again", token), ProbeFailureKind.TooLarge);

    [Fact]
    public Task An_endless_status_line_is_too_large() =>
        AssertEndsAsync((stream, token) => RepeatAsync(stream, "HTTP/1.1 200 ", "and again", token), ProbeFailureKind.TooLarge);

    [Fact]
    public Task More_headers_than_the_limit_are_too_large() =>
        AssertEndsAsync(
            (stream, token) => WriteAsync(stream, $"HTTP/1.1 200 OK\r\n{string.Concat(Enumerable.Range(0, 300).Select(i => $"X-{i}: 1\r\n"))}\r\n", token),
            ProbeFailureKind.TooLarge,
            200
        );

    [Fact]
    public Task Endless_interim_answers_are_too_large() =>
        AssertEndsAsync((stream, token) => RepeatAsync(stream, "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", token), ProbeFailureKind.TooLarge);

    [Fact]
    public async Task A_body_of_a_gigabyte_is_cut_at_the_limit()
    {
        var answer = await AssertEndsAsync(
            async (stream, token) =>
            {
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n", token);
                for (var sent = 0L; sent < 1L << 30; sent += Zeros.Length)
                {
                    await stream.WriteAsync(Zeros, token);
                }
            },
            ProbeFailureKind.TooLarge,
            200
        );
        Assert.Equal(Limited.MaximumBodyBytes, answer.Body.Length);
        Assert.Equal(Limited.MaximumBodyBytes, answer.Exchange.Length);
    }

    [Fact]
    public Task An_endless_body_without_length_is_cut_at_the_limit() =>
        AssertEndsAsync((stream, token) => RepeatAsync(stream, "HTTP/1.1 200 OK\r\n\r\n", "and again", token), ProbeFailureKind.TooLarge, 200);

    [Fact]
    public Task Endless_chunks_are_cut_at_the_limit() =>
        AssertEndsAsync(
            (stream, token) => RepeatAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n", token),
            ProbeFailureKind.TooLarge,
            200
        );

    [Fact]
    public Task An_endless_chunk_extension_is_an_error() =>
        AssertEndsAsync(
            (stream, token) => RepeatAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=", "and again", token),
            ProbeFailureKind.ProtocolError,
            200
        );

    [Fact]
    public Task Endless_trailers_are_too_large() =>
        AssertEndsAsync(
            (stream, token) => RepeatAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X: 1\r\n", token),
            ProbeFailureKind.TooLarge,
            200
        );

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("bare deflate")]
    [InlineData("br")]
    public async Task A_compression_bomb_is_cut_at_the_limit(string coding)
    {
        var bomb = Compressed(coding, 100 * 1024 * 1024);
        var answer = await AssertEndsAsync((stream, token) => AnswerAsync(stream, coding, bomb, token), ProbeFailureKind.TooLarge, 200);
        Assert.Equal(Limited.MaximumBodyBytes, answer.Body.Length);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("bare deflate")]
    [InlineData("br")]
    public async Task A_compressed_body_is_read(string coding)
    {
        var answer = await AskAsync((stream, token) => AnswerAsync(stream, coding, Compressed(coding, 100_000), token));
        Assert.Null(answer.Failure);
        Assert.Equal(100_000, answer.Body.Length);
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("br, gzip")]
    [InlineData("zstd")]
    [InlineData("\u0001")]
    public Task A_coding_that_was_not_asked_for_is_an_error(string coding) =>
        AssertEndsAsync((stream, token) => AnswerAsync(stream, coding, Compressed("gzip", 1000), token), ProbeFailureKind.ProtocolError, 200);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public Task A_body_that_is_not_what_its_coding_says_is_an_error(string coding) =>
        AssertEndsAsync((stream, token) => AnswerAsync(stream, coding, "no such thing"u8.ToArray(), token), ProbeFailureKind.ProtocolError, 200);

    [Fact]
    public Task A_reset_in_the_middle_is_a_reset() =>
        AssertEndsAsync(
            async (stream, token) =>
            {
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", token);
                ((NetworkStream)stream).Socket.LingerState = new LingerOption(true, 0);
            },
            ProbeFailureKind.ConnectionReset
        );

    [Fact]
    public Task A_body_shorter_than_its_length_is_a_reset() =>
        AssertEndsAsync(
            (stream, token) => WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", token),
            ProbeFailureKind.ConnectionReset,
            200
        );

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!!\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n")]
    [InlineData("HTTP/9.9 200 OK\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: no name\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    public Task What_is_no_http_is_an_error(string answer) =>
        AssertEndsAsync((stream, token) => WriteAsync(stream, answer, token), ProbeFailureKind.ProtocolError);

    [Fact]
    public async Task A_server_that_is_no_tls_fails_the_handshake()
    {
        await using var server = LoopbackServer.Tcp((stream, token) => WriteAsync(stream, "HTTP/1.1 400 Bad Request\r\n\r\n", token));
        using var session = Probes.For(server, _ => Limited with { AllowedPrivate = [server.Url().Authority] });

        var answer = await session.Http.SendAsync(Probes.Get(new Uri($"https://127.0.0.1:{server.Port}/")), CancellationToken.None);

        Assert.Equal(ProbeFailureKind.TlsFailed, answer.Failure!.Kind);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_ends_with_the_time()
    {
        await using var server = LoopbackServer.Tcp((_, token) => Task.Delay(Timeout.Infinite, token));
        using var session = Probes.For(server, _ => Limited with { AllowedPrivate = [server.Url().Authority] });

        var answer = await session.Http.SendAsync(Probes.Get(new Uri($"https://127.0.0.1:{server.Port}/")), CancellationToken.None);

        Assert.Equal(ProbeFailureKind.TimedOut, answer.Failure!.Kind);
    }

    [Fact]
    public async Task Cancelling_ends_a_request_at_once_and_it_stands_in_the_transcript()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = LoopbackServer.Tcp(
            async (stream, token) =>
            {
                await LoopbackServer.ReadHeadAsync(stream, token);
                await cancel.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }
        );
        using var session = Probes.For(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.Http.SendAsync(Probes.Get(server.Url()), cancel.Token));

        Assert.Equal("the scan was cancelled", Assert.Single(session.Traffic(0).Exchanges).Failure);
    }

    [Fact]
    public async Task Whatever_bytes_come_the_probe_answers()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var limit = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? 60 : 3);
        string[] pieces =
        [
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
            "HTTP/1.0 302 Found\r\n",
            "HTTP/2 200\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: 4294967296\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 5, 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Content-Encoding: br\r\n",
            "Content-Encoding: gzip\r\n",
            "Location: http://[::1\r\n",
            "Set-Cookie: =;;=\r\n",
            "Set-Cookie: a=b; Path=/\r\n",
            "Retry-After: 99999999999\r\n",
            "Content-Type: \"\r\n",
            " folded\r\n",
            "\r\n",
            "\n",
            "\0",
            "5\r\nhello\r\n",
            "0\r\n\r\n",
            "{\"a\":{\"b\":[",
            "{\"a\":1}",
            "\uffff",
            "é: ü\r\n",
            "ffffffff\r\n",
            ":\r\n",
            "X",
        ];
        var started = System.Diagnostics.Stopwatch.StartNew();
        var script = Array.Empty<byte>();
        await using var server = LoopbackServer.Tcp(
            async (stream, token) =>
            {
                await LoopbackServer.ReadHeadAsync(stream, token);
                await stream.WriteAsync(script, token);
            }
        );
        while (started.Elapsed < limit)
        {
            // A new one each time, because the answer may ask for a pause.
            using var session = Probes.For(server, _ => Limited with { AllowedPrivate = [server.Url().Authority] });
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            script = Encoding.Latin1.GetBytes(text);
            if (random.Next(4) == 0)
            {
                script[random.Next(script.Length)] = (byte)random.Next(256);
            }

            try
            {
                var answer = await session.Http.SendAsync(Probes.Get(server.Url()) with { Method = "POST" }, CancellationToken.None);
                Assert.True(answer.Answered ? answer.Status > 0 : answer.Failure.Message.Length > 0);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, answer {Convert.ToHexString(script)}: {e}");
            }
        }
    }

    private static ProbeOptions Limited { get; } = Probes.Options with { RequestTimeout = TimeSpan.FromSeconds(1), MaximumBodyBytes = 1024 * 1024 };

    private static async Task<ProbeAnswer> AssertEndsAsync(Func<Stream, CancellationToken, Task> serve, ProbeFailureKind kind, int? status = null)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var started = System.Diagnostics.Stopwatch.StartNew();
        var answer = await AskAsync(serve);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.True(kind == answer.Failure?.Kind, $"{answer.Failure}");
        Assert.True(status is null || status == answer.Status, $"status {answer.Status}");
        Assert.False(answer.Succeeded);
        Assert.NotNull(answer.Exchange.Failure);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"took {started.Elapsed}");
        Assert.True(allocated < MostAllocated, $"allocated {allocated:N0} bytes");
        return answer;
    }

    private static async Task<ProbeAnswer> AskAsync(Func<Stream, CancellationToken, Task> serve)
    {
        await using var server = LoopbackServer.Tcp(
            async (stream, token) =>
            {
                await LoopbackServer.ReadHeadAsync(stream, token);
                await serve(stream, token);
            }
        );
        using var session = Probes.For(server, _ => Limited with { AllowedPrivate = [server.Url().Authority] });
        return await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);
    }

    private static async Task WriteAsync(Stream stream, string text, CancellationToken token) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text), token);

    private static async Task RepeatAsync(Stream stream, string start, string again, CancellationToken token)
    {
        await WriteAsync(stream, start, token);
        var many = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(again, 1000)));
        while (true)
        {
            await stream.WriteAsync(many, token);
        }
    }

    private static async Task AnswerAsync(Stream stream, string coding, byte[] body, CancellationToken token)
    {
        var header = new HeaderField("Content-Encoding", coding == "bare deflate" ? "deflate" : coding);
        await stream.WriteAsync(new LoopbackAnswer(200, body, header).ToBytes(), token);
    }

    private static byte[] Compressed(string coding, int length)
    {
        using var result = new MemoryStream();
        using (
            Stream stream = coding switch
            {
                "gzip" => new GZipStream(result, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(result, CompressionLevel.Fastest),
                "bare deflate" => new DeflateStream(result, CompressionLevel.Fastest),
                _ => new BrotliStream(result, CompressionLevel.Fastest),
            }
        )
        {
            for (var left = length; left > 0; left -= Zeros.Length)
            {
                stream.Write(Zeros, 0, Math.Min(left, Zeros.Length));
            }
        }

        return result.ToArray();
    }
}
