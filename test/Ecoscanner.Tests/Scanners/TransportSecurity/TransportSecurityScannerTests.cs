using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.TransportSecurity;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.TransportSecurity;

public sealed class TransportSecurityScannerTests
{
    private const string Year = "max-age=31536000; includeSubDomains";
    private const string Modern = "\"ciphers\":\"ECDHE+AESGCM:ECDHE+CHACHA20\",\"minVersion\":\"TLSv1.2\"";

    private static readonly ScanOptions Trusting = new() { TrustedRoots = [TestCertificates.Root.Certificate] };

    [Fact]
    public async Task A_sound_host_passes_and_is_covered()
    {
        await using var server = Server(Year);
        var report = await ScanAsync(App(server.Url()), server.Port);
        Assert.DoesNotContain(report.Findings, finding => finding.Rule.RaisesTickets);
        foreach (var rule in (string[])["tls-version-old", "tls-missing", "hsts-missing", "certificate-untrusted", "certificate-host-mismatch"])
        {
            Assert.Equal(Verdict.Pass, report.VerdictOf(rule));
        }

        Assert.Equal([$"https://localhost:{server.Port}"], report.Coverage.Covered.Select(place => place.Place));
        Assert.Single(server.Requests);
        Assert.InRange(report.Traffic.Handshakes, 6, TlsProbe.HandshakesPerHost);
    }

    [Fact]
    public async Task Each_old_version_is_named_in_one_finding()
    {
        using var server = await ForeignTlsServer.StartAsync(TestCertificates.Root.Leaf(), "\"ciphers\":\"DEFAULT@SECLEVEL=0\",\"minVersion\":\"TLSv1\"");
        var report = await ScanAsync(App(server.Port), server.Port);
        var finding = Assert.Single(report.Findings, finding => finding.Rule == TransportSecurityScanner.OldVersion);
        Assert.Equal("handshakes succeeded in TLS 1.0, TLS 1.1, TLS 1.2, TLS 1.3", finding.Evidence.Observed);
        Assert.Equal($"https://localhost:{server.Port} accepts TLS 1.0, TLS 1.1", finding.Message);
        Assert.Equal(7.4, finding.Rule.Cvss);
    }

    [Fact]
    public async Task Suites_that_Mozilla_advises_against_are_named_and_raise_no_ticket()
    {
        var options = "\"ciphers\":\"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA\",\"maxVersion\":\"TLSv1.2\"";
        using var server = await ForeignTlsServer.StartAsync(TestCertificates.Root.Leaf(), options);
        var report = await ScanAsync(App(server.Port), server.Port);
        var finding = Assert.Single(report.Findings, finding => finding.Rule == TransportSecurityScanner.WeakSuite);
        Assert.Equal("TLS 1.2: TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", finding.Evidence.Observed);
        Assert.False(finding.Rule.RaisesTickets);
        Assert.Equal(Verdict.Pass, report.VerdictOf("tls-version-old"));
    }

    [Fact]
    public async Task A_host_with_Mozillas_suites_needs_few_handshakes()
    {
        using var server = await ForeignTlsServer.StartAsync(TestCertificates.Root.Leaf(), Modern);
        var report = await ScanAsync(App(server.Port), server.Port);
        Assert.Equal(Verdict.Pass, report.VerdictOf("tls-cipher-weak"));
        Assert.Equal(9, report.Traffic.Handshakes);
    }

    [Fact]
    public async Task A_host_that_stops_answering_has_not_refused_weak_suites()
    {
        // One for each version, and one that is finished for the certificate of TLS 1.3.
        const int Patience = 6;
        var connections = 0;
        var options = TestCertificates.Server(TestCertificates.Root.Leaf());
        await using var server = LoopbackServer.Tcp(
            async (stream, stop) =>
            {
                if (Interlocked.Increment(ref connections) <= Patience)
                {
                    await using var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(options, stop);
                }
            }
        );
        var report = await ScanAsync(App(server.Port), server.Port);
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf("tls-cipher-weak"));
        Assert.Contains("may have refused us", report.ReasonOf("tls-cipher-weak"), StringComparison.Ordinal);
        Assert.Equal(Verdict.Pass, report.VerdictOf("tls-version-old"));
    }

    [Fact]
    public async Task The_number_of_handshakes_is_bounded_and_the_finding_says_so()
    {
        var options = "\"ciphers\":\"ALL:@SECLEVEL=0\",\"maxVersion\":\"TLSv1.2\",\"minVersion\":\"TLSv1\",\"dhparam\":\"auto\"";
        using var server = await ForeignTlsServer.StartAsync(TestCertificates.Root.RsaLeaf(2048), options);
        var report = await ScanAsync(App(server.Port), server.Port);
        var finding = Assert.Single(report.Findings, finding => finding.Rule == TransportSecurityScanner.WeakSuite);
        Assert.Contains("there may be more", finding.Evidence.Observed, StringComparison.Ordinal);
        Assert.Equal(Verdict.Pass, report.VerdictOf("certificate-untrusted"));
        Assert.Equal(TlsProbe.HandshakesPerHost, report.Traffic.Handshakes);
    }

    [Fact]
    public async Task Certificates_of_a_host_with_tls_13_only_are_judged()
    {
        var intermediate = TestCertificates.Root.Intermediate();
        await using var server = Server(Year, TestCertificates.Server(intermediate.Leaf(["other.example"])), SslProtocols.Tls13);
        var report = await ScanAsync(App(server.Url()), server.Port);
        Assert.Equal(
            ["certificate-chain-incomplete", "certificate-host-mismatch"],
            report.Findings.Where(finding => finding.Rule.RaisesTickets).Select(finding => finding.Rule.Id)
        );
        Assert.Equal(Verdict.NotApplicable, report.VerdictOf("certificate-revoked"));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_certificate_for_some_versions_only_is_judged_too(SslProtocols expiredIn)
    {
        var (sound, expired) = (
            TestCertificates.Root.Leaf(),
            TestCertificates.Root.Leaf(null, DateTimeOffset.UtcNow.AddDays(-99), DateTimeOffset.UtcNow.AddDays(-9))
        );
        await using var server = LoopbackServer.Tcp(
            async (stream, stop) =>
            {
                var hello = new byte[4096];
                var length = await ((NetworkStream)stream).Socket.ReceiveAsync(hello, SocketFlags.Peek, stop);
                var version = hello.AsSpan(0, length).IndexOf(OnlyTls13) >= 0 ? SslProtocols.Tls13 : SslProtocols.Tls12;
                var options = TestCertificates.Server(version == expiredIn ? expired : sound);
                options.EnabledSslProtocols = version;
                await using var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(options, stop);
            }
        );
        var report = await ScanAsync(App(server.Port), server.Port);
        var finding = Assert.Single(report.Findings, finding => finding.Rule.Requirement.Id == "Connect 6.2");
        Assert.Equal("certificate-expired", finding.Rule.Id);
        Assert.StartsWith(expiredIn == SslProtocols.Tls13 ? "in TLS 1.3 " : "in TLS 1.2 ", finding.Evidence.Observed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("self-signed", "certificate-untrusted")]
    [InlineData("wrong name", "certificate-host-mismatch")]
    [InlineData("expired", "certificate-expired")]
    [InlineData("missing intermediate", "certificate-chain-incomplete")]
    [InlineData("weak key", "certificate-weak")]
    public async Task Each_flaw_of_a_certificate_is_found_and_nothing_else(string flaw, string rule)
    {
        var root = TestCertificates.Root;
        var leaf = flaw switch
        {
            "self-signed" => TestCertificates.SelfSigned(),
            "wrong name" => root.Leaf(["wrong.example"]),
            "expired" => root.Leaf(null, DateTimeOffset.UtcNow.AddDays(-99), DateTimeOffset.UtcNow.AddDays(-9)),
            "missing intermediate" => root.Intermediate().Leaf(),
            "weak key" => root.RsaLeaf(1024),
            _ => throw new ArgumentException("no such flaw", nameof(flaw)),
        };
        using var server = await ForeignTlsServer.StartAsync(leaf, "\"ciphers\":\"DEFAULT@SECLEVEL=0\",\"minVersion\":\"TLSv1.2\"");
        var report = await ScanAsync(App(server.Port), server.Port);
        var finding = Assert.Single(report.Findings, finding => finding.Rule.Requirement.Id == "Connect 6.2");
        Assert.Equal((rule, 8.1), (finding.Rule.Id, finding.Rule.Cvss));
        Assert.Equal($"https://localhost:{server.Port}", finding.Location.Identity);
    }

    [Fact]
    public async Task A_chain_that_ends_before_any_root_is_not_passed_as_trusted()
    {
        var leaf = TestCertificates.NewRoot("Stranger").Leaf();
        await using var server = Server(Year, TestCertificates.Server(leaf));
        var report = await ScanAsync(App(server.Url()), server.Port);
        Assert.Equal(Verdict.Fail, report.VerdictOf("certificate-chain-incomplete"));
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf("certificate-untrusted"));
        Assert.Contains("CN=Stranger", report.ReasonOf("certificate-untrusted"), StringComparison.Ordinal);
        Assert.Equal(Verdict.Pass, report.VerdictOf("certificate-expired"));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_certificate_with_ten_megabytes_of_names_is_not_judged_and_the_rest_is(SslProtocols protocol)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leaf = TestCertificates.Root.OddLeaf(key, ManyNames(400_000)).CopyWithPrivateKey(key);
        Assert.True(leaf.RawData.Length > 10_000_000);
        await using var server = Server(Year, TestCertificates.Server(leaf), protocol);
        var report = await ScanAsync(App(server.Url()), server.Port);
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf("certificate-untrusted"));
        Assert.Equal(Verdict.Pass, report.VerdictOf("tls-version-old"));
        Assert.All(report.Scanners, scanner => Assert.Null(scanner.Failure));
    }

    [Fact]
    public async Task A_stapled_revocation_is_found()
    {
        var intermediate = TestCertificates.Root.Intermediate();
        var leaf = intermediate.Leaf();
        var response = new OcspResponse(intermediate, leaf) { Revoked = DateTimeOffset.UtcNow.AddDays(-2) };
        using var server = await ForeignTlsServer.StartAsync(leaf, Modern, intermediate.Certificate, response.ToBytes());
        var report = await ScanAsync(App(server.Port), server.Port);
        Assert.Contains(report.Findings, finding => finding.Rule == TransportSecurityScanner.Revoked);
    }

    [Fact]
    public async Task A_stapled_good_response_passes()
    {
        var intermediate = TestCertificates.Root.Intermediate();
        var leaf = intermediate.Leaf();
        using var server = await ForeignTlsServer.StartAsync(leaf, Modern, intermediate.Certificate, new OcspResponse(intermediate, leaf).ToBytes());
        Assert.Equal(Verdict.Pass, (await ScanAsync(App(server.Port), server.Port)).VerdictOf("certificate-revoked"));
    }

    [Theory]
    [InlineData(null, Verdict.Fail, "no Strict-Transport-Security header")]
    [InlineData("max-age=86400", Verdict.Fail, "holds for less than a year")]
    [InlineData("max-age=31535999", Verdict.Fail, "holds for less than a year")]
    [InlineData("max-age=0", Verdict.Fail, "holds for less than a year")]
    [InlineData("includeSubDomains", Verdict.Fail, "it has no max-age")]
    [InlineData("max-age=31536000; max-age=31536000", Verdict.Fail, "twice")]
    [InlineData("max-age=31536000", Verdict.Pass, "the first HTTPS answer has 'max-age=31536000'")]
    public async Task A_policy_shorter_than_a_year_is_reported(string? header, Verdict verdict, string reason)
    {
        await using var server = Server(header);
        var report = await ScanAsync(App(server.Url()), server.Port);
        Assert.Equal(verdict, report.VerdictOf("hsts-missing"));
        Assert.Contains(reason, report.ReasonOf("hsts-missing"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task The_first_answer_is_judged_whatever_its_status(int status)
    {
        await using var server = LoopbackServer.Http(
            _ => new LoopbackAnswer(status, "", new HeaderField("Location", "/login")),
            TestCertificates.Server(TestCertificates.Root.Leaf())
        );
        var report = await ScanAsync(App(server.Url()), server.Port);
        var finding = Assert.Single(report.Findings, finding => finding.Rule == TransportSecurityScanner.MissingHsts);
        Assert.Equal(status, Assert.Single(finding.Evidence.Exchanges).Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_policy_behind_many_cookies_and_longer_than_most_is_seen()
    {
        var policy = $"{string.Concat(Enumerable.Range(0, 200).Select(i => $"unknown{i}; "))}{Year}";
        HeaderField[] headers =
        [
            .. Enumerable.Range(0, 100).Select(i => new HeaderField("Set-Cookie", $"c{i}=1")),
            new HeaderField("Strict-Transport-Security", policy),
        ];
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200, "", headers), TestCertificates.Server(TestCertificates.Root.Leaf()));
        Assert.Equal(Verdict.Pass, (await ScanAsync(App(server.Url()), server.Port)).VerdictOf("hsts-missing"));
    }

    [Fact]
    public async Task Of_several_headers_the_first_counts()
    {
        await using var server = LoopbackServer.Http(
            _ => new LoopbackAnswer(200, "", new HeaderField("Strict-Transport-Security", "max-age=1"), new HeaderField("strict-transport-security", Year)),
            TestCertificates.Server(TestCertificates.Root.Leaf())
        );
        Assert.Equal(Verdict.Fail, (await ScanAsync(App(server.Url()), server.Port)).VerdictOf("hsts-missing"));
    }

    [Fact]
    public async Task An_answer_that_the_scan_has_already_is_not_asked_for_again()
    {
        await using var server = Server(Year);
        using var session = TlsSessions.To(server.Port);
        var descriptor = server.Url("/atlassian-connect.json");
        await session.Http.SendAsync(new ProbeRequest("GET", descriptor) { Budget = BudgetLine.Initial, Purpose = "descriptor" }, CancellationToken.None);
        var app = App(server.Url()) with { DescriptorUrl = descriptor };
        var report = await ScannerRuns.RunAsync(app, session, Trusting, new TransportSecurityScanner());
        Assert.Equal(Verdict.Pass, report.VerdictOf("hsts-missing"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_policy_that_browsers_ignore_for_the_certificate_is_not_passed()
    {
        await using var server = Server(Year, TestCertificates.Server(TestCertificates.SelfSigned()));
        Assert.Equal(Verdict.Inconclusive, (await ScanAsync(App(server.Url()), server.Port)).VerdictOf("hsts-missing"));
    }

    [Fact]
    public async Task Hosts_that_are_addresses_have_no_HSTS()
    {
        await using var server = Server(null);
        var report = await ScanAsync(App(new Uri($"https://127.0.0.1:{server.Port}/")), server.Port);
        Assert.Equal(Verdict.NotApplicable, report.VerdictOf("hsts-missing"));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Every_host_and_port_of_the_app_is_surveyed_and_HSTS_is_judged_once_a_host()
    {
        await using var one = Server(Year);
        await using var two = Server(Year);
        var app = App(one.Url()) with
        {
            RegionBaseUrls = new Dictionary<string, Uri>(StringComparer.Ordinal) { ["EU"] = two.Url() },
            Links = [Link("/page", one.Url("/page"))],
        };
        var report = await ScanAsync(app, one.Port, two.Port);
        Assert.Equal(
            new[] { one.Port, two.Port }.Order().Select(port => $"https://localhost:{port}"),
            report.Coverage.Covered.Select(place => place.Place).Order(StringComparer.Ordinal)
        );
        Assert.Equal(1, one.Requests.Count + two.Requests.Count);
    }

    [Fact]
    public async Task A_host_out_of_scope_gets_no_packet_and_is_named()
    {
        await using var server = Server(Year);
        await using var foreign = Server(null);
        var app = App(server.Url()) with { Links = [Link("https://localhost/page", foreign.Url("/page"))] };
        var report = await ScanAsync(app, server.Port);
        Assert.Equal(0, foreign.Connections);
        Assert.Contains(report.Coverage.Gaps, gap => gap.Place == $"https://localhost:{foreign.Port}");
        Assert.Equal(Verdict.Pass, report.VerdictOf("hsts-missing"));
    }

    [Fact]
    public async Task An_app_without_a_host_in_scope_is_not_passed()
    {
        await using var server = Server(Year);
        var report = await ScanAsync(App(server.Url()));
        Assert.Equal(0, server.Connections);
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf("tls-version-old"));
        Assert.Contains("no host that the descriptor names may be asked", report.ReasonOf("tls-version-old"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_not_passed()
    {
        var server = Server(Year);
        var (url, port) = (server.Url(), server.Port);
        await server.DisposeAsync();
        var report = await ScanAsync(App(url), port);
        foreach (var rule in new TransportSecurityScanner().Rules.Where(rule => rule.Id is not ("tls-missing" or "http-not-redirected")))
        {
            Assert.Equal(Verdict.Inconclusive, report.VerdictOf(rule.Id));
        }
    }

    [Fact]
    public async Task A_host_that_refuses_every_version_is_not_passed()
    {
        await using var server = LoopbackServer.Tcp(async (stream, stop) => await stream.ReadExactlyAsync(new byte[100], stop));
        var report = await ScanAsync(App(new Uri($"https://localhost:{server.Port}/")), server.Port);
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf("tls-version-old"));
    }

    [Fact]
    public async Task Plain_URLs_are_named_and_no_packet_is_needed_to_know()
    {
        var app = App(new Uri("https://app.example/")) with
        {
            RegionBaseUrls = new Dictionary<string, Uri>(StringComparer.Ordinal) { ["EU"] = new("http://eu.app.example:8080/") },
            Links =
            [
                Link("http://app.example/page", new Uri("http://app.example/page")),
                Link("http://docs.example/", new Uri("http://docs.example/")) with
                {
                    Kind = LinkKind.Static,
                },
            ],
        };
        var report = await ScanAsync(app);
        var findings = report.Findings.Where(finding => finding.Rule == TransportSecurityScanner.MissingTls).ToList();
        Assert.Equal(["http://app.example:80", "http://eu.app.example:8080"], findings.Select(finding => finding.Location.Identity));
        Assert.Contains("region EU", findings[1].Evidence.Observed, StringComparison.Ordinal);
        Assert.Equal((0, 0), (report.Traffic.Requests, report.Traffic.Handshakes));
    }

    [Fact]
    public void The_plan_names_two_requests_a_host()
    {
        var app = App(new Uri("https://app.example/")) with
        {
            RegionBaseUrls = new Dictionary<string, Uri>(StringComparer.Ordinal) { ["EU"] = new("https://eu.example/") },
        };
        Assert.Equal(4, new TransportSecurityScanner().PlannedRequests(app, new ScanOptions()));
    }

    // The extension supported_versions with nothing but TLS 1.3 (RFC 8446, section 4.2.1).
    private static ReadOnlySpan<byte> OnlyTls13 => [0, 43, 0, 3, 2, 3, 4];

    private static async Task<AppReport> ScanAsync(ConnectApp app, params int[] ports)
    {
        using var session = TlsSessions.To(ports);
        return await ScannerRuns.RunAsync(app, session, Trusting, new TransportSecurityScanner());
    }

    // By hand, because the platform's builder takes a minute for so many.
    private static X509Extension ManyNames(int count)
    {
        var names = Enumerable.Range(0, count).SelectMany(i => Encoding.Latin1.GetBytes($"\u0082\u0018name-{i:0000000}.example.com")).ToArray();
        byte[] sequence = [0x30, 0x84, (byte)(names.Length >> 24), (byte)(names.Length >> 16), (byte)(names.Length >> 8), (byte)names.Length, .. names];
        return new X509Extension("2.5.29.17", sequence, critical: false);
    }

    private static LoopbackServer Server(string? hsts, SslServerAuthenticationOptions? tls = null, SslProtocols protocols = SslProtocols.None)
    {
        tls ??= TestCertificates.Server(TestCertificates.Root.Leaf());
        tls.EnabledSslProtocols = protocols;
        HeaderField[] headers = hsts is null ? [] : [new HeaderField("Strict-Transport-Security", hsts)];
        return LoopbackServer.Http(_ => new LoopbackAnswer(200, "hello", headers), tls);
    }

    private static ConnectApp App(int port) => App(new Uri($"https://localhost:{port}/"));

    private static ConnectApp App(Uri baseUrl) => new("app", "App", baseUrl) { Source = "test" };

    private static ConnectLink Link(string template, Uri url) =>
        new()
        {
            Module = "generalPages",
            ModuleKey = "page",
            Pointer = "/modules/generalPages/0/url",
            Template = template,
            Url = url,
            Kind = LinkKind.Frame,
            Audience = LinkAudience.Users,
        };
}
