using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

public sealed class TlsProbeTests(ITestOutputHelper output)
{
    private const string LegacyNode = "\"ciphers\":\"DEFAULT@SECLEVEL=0\",\"minVersion\":\"TLSv1\"";

    [Theory]
    [InlineData(TlsVersion.Ssl30, false)]
    [InlineData(TlsVersion.Tls10, true)]
    [InlineData(TlsVersion.Tls11, true)]
    [InlineData(TlsVersion.Tls12, true)]
    [InlineData(TlsVersion.Tls13, true)]
    public async Task Versions_that_a_legacy_server_offers_are_seen(TlsVersion version, bool offered)
    {
        using var server = await ForeignTlsServer.StartAsync(TestCertificates.Root.Leaf(), LegacyNode);
        var answer = await GreetAsync(server.Port, version);
        Assert.Equal(offered ? version : null, answer.Version);
        Assert.Equal(offered ? TlsOutcome.Negotiated : TlsOutcome.Refused, answer.Outcome);
    }

    [Theory]
    [InlineData(TlsVersion.Tls10, "-tls1")]
    [InlineData(TlsVersion.Tls11, "-tls1_1")]
    [InlineData(TlsVersion.Tls12, "-tls1_2")]
    [InlineData(TlsVersion.Tls13, "-tls1_3")]
    public async Task Versions_seen_are_those_that_OpenSSL_sees(TlsVersion version, string option)
    {
        foreach (var server in (string[])[LegacyNode, "\"minVersion\":\"TLSv1.2\"", "\"minVersion\":\"TLSv1.3\"", "\"maxVersion\":\"TLSv1.2\""])
        {
            using var node = await ForeignTlsServer.StartAsync(TestCertificates.Root.Leaf(), server);
            var answer = await GreetAsync(node.Port, version);
            Assert.Equal(OpenSslConnects(node.Port, option), answer.Version == version);
        }
    }

    [Fact]
    public async Task A_server_that_wants_another_group_asks_again_and_offers_tls_13()
    {
        var options = "\"minVersion\":\"TLSv1.3\",\"ecdhCurve\":\"P-384\"";
        using var server = await ForeignTlsServer.StartAsync(TestCertificates.Root.Leaf(), options);
        var answer = await GreetAsync(server.Port, TlsVersion.Tls13);
        Assert.Equal(TlsVersion.Tls13, answer.Version);
        Assert.Equal(TlsOutcome.Refused, (await GreetAsync(server.Port, TlsVersion.Tls12)).Outcome);
    }

    [Fact]
    public async Task A_server_that_speaks_SSL_3_is_seen()
    {
        await using var server = Saying(Record(22, Hello(0x0300, TlsCipherSuite.TLS_RSA_WITH_RC4_128_SHA)));
        var answer = await GreetAsync(server.Port, TlsVersion.Ssl30);
        Assert.Equal((TlsOutcome.Negotiated, TlsVersion.Ssl30), (answer.Outcome, answer.Version));
        Assert.Equal(TlsCipherSuite.TLS_RSA_WITH_RC4_128_SHA, answer.Suite);
    }

    [Fact]
    public async Task A_server_that_steps_down_shows_the_version_it_stepped_to()
    {
        await using var server = Saying(Record(22, Hello(0x0301, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)));
        Assert.Equal(TlsVersion.Tls10, (await GreetAsync(server.Port, TlsVersion.Tls12)).Version);
    }

    [Fact]
    public async Task Only_the_suites_asked_for_can_be_chosen()
    {
        await using var server = Saying(Record(22, Hello(0x0303, TlsCipherSuite.TLS_RSA_WITH_RC4_128_SHA)));
        using var session = TlsSessions.To(server.Port);
        var answer = await session.Tls.GreetAsync(
            "localhost",
            server.Port,
            TlsVersion.Tls12,
            [TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA],
            CancellationToken.None
        );
        Assert.Equal(TlsOutcome.Unanswered, answer.Outcome);
        Assert.Contains("not offered", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_certificates_come_as_the_server_sends_them()
    {
        var intermediate = TestCertificates.Root.Intermediate();
        var leaf = intermediate.Leaf();
        await using var server = Showing(leaf, intermediate, SslProtocols.Tls12);
        var answer = await GreetAsync(server.Port, TlsVersion.Tls12);
        Assert.Equal([leaf.RawData, intermediate.Certificate.RawData], answer.Certificates.Select(certificate => certificate.ToArray()));
        Assert.Null(answer.CertificateProblem);
    }

    [Fact]
    public async Task The_certificates_of_a_server_with_tls_13_only_come_by_finishing_the_handshake()
    {
        var intermediate = TestCertificates.Root.Intermediate();
        var leaf = intermediate.Leaf();
        await using var server = Showing(leaf, intermediate, SslProtocols.Tls13);
        using var session = TlsSessions.To(server.Port);
        var answer = await session.Tls.FinishAsync("localhost", server.Port, CancellationToken.None);
        Assert.Equal([leaf.RawData, intermediate.Certificate.RawData], answer.Certificates.Select(certificate => certificate.ToArray()));
    }

    [Fact]
    public async Task A_stapled_response_is_read()
    {
        var intermediate = TestCertificates.Root.Intermediate();
        var leaf = intermediate.Leaf();
        var response = new OcspResponse(intermediate, leaf).ToBytes();
        using var server = await ForeignTlsServer.StartAsync(leaf, "\"minVersion\":\"TLSv1.2\"", intermediate.Certificate, response);
        var answer = await GreetAsync(server.Port, TlsVersion.Tls12);
        Assert.Equal(response, answer.StapledResponse.ToArray());
        Assert.Equal(2, answer.Certificates.Count);
    }

    [Fact]
    public async Task A_certificate_with_ten_megabytes_of_names_ends_cleanly()
    {
        byte[] certificate = new byte[10 * 1024 * 1024];
        byte[] list = [.. Length24(certificate.Length), .. certificate];
        byte[] message = [11, .. Length24(list.Length + 3), .. Length24(list.Length), .. list];
        byte[] answer =
        [
            .. Record(22, Hello(0x0303, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)),
            .. message.Chunk(16_000).SelectMany(part => Record(22, part)),
        ];
        await using var server = Saying(answer);
        var got = await GreetAsync(server.Port, TlsVersion.Tls12);
        Assert.Equal(TlsVersion.Tls12, got.Version);
        Assert.Empty(got.Certificates);
        Assert.Contains("10,485,766 bytes; clients refuse more than 102,400", got.CertificateProblem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "plain HTTP")]
    [InlineData("220 mail.example ESMTP\r\n", "not TLS")]
    [InlineData("\u0016\u0003\u0001", "in the middle")]
    public async Task A_port_that_does_not_speak_tls_says_nothing_about_versions(string greeting, string reason)
    {
        await using var server = Saying(Encoding.Latin1.GetBytes(greeting));
        var answer = await GreetAsync(server.Port, TlsVersion.Tls12);
        Assert.Equal(TlsOutcome.Unanswered, answer.Outcome);
        Assert.Contains(reason, answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 2, 70 }, TlsOutcome.Refused, "protocol_version")]
    [InlineData(new byte[] { 2, 40 }, TlsOutcome.Refused, "handshake_failure")]
    [InlineData(new byte[] { 1, 0 }, TlsOutcome.Refused, "close_notify")]
    public async Task An_alert_is_a_refusal(byte[] alert, TlsOutcome outcome, string name)
    {
        await using var server = Saying(Record(21, alert));
        var answer = await GreetAsync(server.Port, TlsVersion.Tls10);
        Assert.Equal(outcome, answer.Outcome);
        Assert.Contains(name, answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hello_that_an_alert_takes_back_is_a_refusal()
    {
        byte[] answer = [.. Record(22, Hello(0x0301, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)), .. Record(21, [2, 70])];
        await using var server = Saying(answer);
        var got = await GreetAsync(server.Port, TlsVersion.Tls10);
        Assert.Equal((TlsOutcome.Refused, null), (got.Outcome, got.Version));
    }

    [Fact]
    public async Task A_warning_lets_the_handshake_go_on()
    {
        byte[] answer = [.. Record(21, [1, 112]), .. Record(22, Hello(0x0303, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA))];
        await using var server = Saying(answer);
        Assert.Equal(TlsVersion.Tls12, (await GreetAsync(server.Port, TlsVersion.Tls12)).Version);
    }

    [Fact]
    public async Task A_connection_closed_without_a_byte_is_a_refusal()
    {
        await using var server = LoopbackServer.Tcp(ReadHelloAsync);
        Assert.Equal(TlsOutcome.Refused, (await GreetAsync(server.Port, TlsVersion.Tls10)).Outcome);
    }

    [Fact]
    public async Task Silence_ends_at_the_time_limit_and_says_nothing()
    {
        await using var server = LoopbackServer.Tcp((_, stop) => Task.Delay(Timeout.Infinite, stop));
        using var session = TlsSessions.To(TimeSpan.FromMilliseconds(200), server.Port);
        var answer = await session.Tls.GreetAsync("localhost", server.Port, TlsVersion.Tls12, TlsSuites.For(TlsVersion.Tls12), CancellationToken.None);
        Assert.Equal((TlsOutcome.Unanswered, ProbeFailureKind.TimedOut), (answer.Outcome, answer.Failure!.Kind));
    }

    [Fact]
    public async Task An_endless_answer_ends_at_the_size_limit()
    {
        await using var server = LoopbackServer.Tcp(
            async (stream, stop) =>
            {
                var warning = Record(21, [1, 112]);
                while (true)
                {
                    await stream.WriteAsync(warning, stop);
                }
            }
        );
        var answer = await GreetAsync(server.Port, TlsVersion.Tls12);
        Assert.Equal(TlsOutcome.Unanswered, answer.Outcome);
        Assert.Contains("more than 204,800 bytes", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_gets_no_more_handshakes_than_its_limit()
    {
        await using var server = Saying(Record(21, [2, 40]));
        using var session = TlsSessions.To(server.Port);
        TlsAnswer answer;
        do
        {
            answer = await session.Tls.GreetAsync("localhost", server.Port, TlsVersion.Tls12, TlsSuites.For(TlsVersion.Tls12), CancellationToken.None);
        } while (answer.Outcome == TlsOutcome.Refused);

        Assert.Equal(ProbeFailureKind.BudgetSpent, answer.Failure!.Kind);
        Assert.Equal(TlsProbe.HandshakesPerHost, session.Traffic(0).Handshakes);
        Assert.Equal(TlsProbe.HandshakesPerHost, server.Connections);
    }

    [Fact]
    public async Task A_host_out_of_scope_gets_no_packet()
    {
        await using var server = Saying([]);
        using var session = TlsSessions.To();
        var answer = await session.Tls.GreetAsync("localhost", server.Port, TlsVersion.Tls12, TlsSuites.For(TlsVersion.Tls12), CancellationToken.None);
        Assert.True(answer.Failure!.Refused);
        Assert.Equal((0, 0), (server.Connections, session.Traffic(0).Handshakes));
    }

    [Fact]
    public async Task Cancelling_stops_a_handshake()
    {
        await using var server = LoopbackServer.Tcp((_, stop) => Task.Delay(Timeout.Infinite, stop));
        using var session = TlsSessions.To(server.Port);
        using var cancel = new CancellationTokenSource();
        var greeting = session.Tls.GreetAsync("localhost", server.Port, TlsVersion.Tls12, TlsSuites.For(TlsVersion.Tls12), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => greeting);
    }

    [Fact]
    public void A_hello_fits_one_packet_and_offers_few_enough_suites()
    {
        foreach (var version in Enum.GetValues<TlsVersion>())
        {
            Assert.InRange(TlsSuites.For(version).Count, 3, 127);
            Assert.InRange(TlsClientHello.For("a-rather-long-name.of-a-host.example.com", version, TlsSuites.For(version)).Length, 50, 1_220);
        }
    }

    [Fact]
    public async Task A_handshake_takes_a_moment()
    {
        using var server = await ForeignTlsServer.StartAsync(TestCertificates.Root.Leaf(), LegacyNode);
        using var session = TlsSessions.To(server.Port);
        foreach (var version in Enum.GetValues<TlsVersion>().Concat(Enum.GetValues<TlsVersion>()))
        {
            var begun = Stopwatch.GetTimestamp();
            var answer = await session.Tls.GreetAsync("localhost", server.Port, version, TlsSuites.For(version), CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(begun);
            output.WriteLine($"{version.Name()}: {answer.Outcome} in {took.TotalMilliseconds:0.0} ms");
            Assert.NotEqual(TlsOutcome.Unanswered, answer.Outcome);
            Assert.True(took < TimeSpan.FromSeconds(2), $"{version.Name()} took {took}");
        }
    }

    [Fact]
    public void Whatever_a_server_sends_the_reader_ends_without_an_exception()
    {
        byte[] good =
        [
            .. Record(22, Hello(0x0303, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)),
            .. Record(22, [11, .. Length24(9), .. Length24(6), .. Length24(3), 1, 2, 3]),
            .. Record(22, [22, .. Length24(6), 1, .. Length24(2), 4, 5]),
            .. Record(22, [14, 0, 0, 0]),
        ];
        Fuzz.Run(random =>
        {
            var reading = new TlsFlight().ReadAsync(new MemoryStream(Fuzzing.Mutate(good, random)), CancellationToken.None);
            Assert.True(reading.IsCompletedSuccessfully, reading.Exception?.ToString());
        });
    }

    private static LoopbackServer Saying(byte[] answer) =>
        LoopbackServer.Tcp(
            async (stream, stop) =>
            {
                await ReadHelloAsync(stream, stop);
                await stream.WriteAsync(answer, stop);
            }
        );

    private static LoopbackServer Showing(X509Certificate2 leaf, TestCertificates intermediate, SslProtocols protocols)
    {
        var options = TestCertificates.Server(leaf, intermediate);
        options.EnabledSslProtocols = protocols;
        return LoopbackServer.Tls(options, (stream, stop) => stream.CopyToAsync(Stream.Null, stop));
    }

    // The whole hello: closing with unread bytes would reset the connection and lose the answer.
    private static async Task ReadHelloAsync(Stream stream, CancellationToken stop)
    {
        var header = new byte[5];
        await stream.ReadExactlyAsync(header, stop);
        await stream.ReadExactlyAsync(new byte[(header[3] << 8) | header[4]], stop);
    }

    private static async Task<TlsAnswer> GreetAsync(int port, TlsVersion version)
    {
        using var session = TlsSessions.To(port);
        return await session.Tls.GreetAsync("localhost", port, version, TlsSuites.For(version), CancellationToken.None);
    }

    private static bool OpenSslConnects(int port, string option)
    {
        using var process = Process.Start(
            new ProcessStartInfo("openssl", ["s_client", "-connect", $"127.0.0.1:{port}", option, "-cipher", "ALL:@SECLEVEL=0"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.StandardInput.Close();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said.Contains("Server certificate", StringComparison.Ordinal);
    }

    private static byte[] Record(byte type, byte[] payload)
    {
        byte[] record = [type, 3, 3, 0, 0, .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(3), (ushort)payload.Length);
        return record;
    }

    private static byte[] Hello(ushort version, TlsCipherSuite suite)
    {
        byte[] body = [(byte)(version >> 8), (byte)version, .. new byte[32], 0, (byte)((int)suite >> 8), (byte)suite, 0];
        return [2, .. Length24(body.Length), .. body];
    }

    private static byte[] Length24(int length) => [(byte)(length >> 16), (byte)(length >> 8), (byte)length];
}
