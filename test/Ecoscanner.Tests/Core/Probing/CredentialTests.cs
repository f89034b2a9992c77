using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>Where genuine credentials go, and where they never do.</summary>
public sealed class CredentialTests
{
    private static readonly ProbeSecret Secret = new("genuine", "$(ecoscanner connect token)");

    [Fact]
    public async Task They_are_not_sent_behind_a_certificate_that_nobody_vouches_for()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200), TestCertificates.Server(TestCertificates.Root.Leaf()));
        using var session = Probes.For(server);

        var answer = await SendAsync(session, server.Url());

        Assert.Equal(ProbeFailureKind.TlsFailed, answer.Failure!.Kind);
        Assert.Contains("--trust ROOT.pem", answer.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("other.example", 0)]
    [InlineData("localhost", -2)]
    public async Task They_are_not_sent_behind_a_certificate_of_another_host_or_time(string name, int daysUntilEnd)
    {
        var leaf = TestCertificates.Root.Leaf([name], DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(daysUntilEnd == 0 ? 10 : daysUntilEnd));
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200), TestCertificates.Server(leaf));
        using var session = Probes.For(server, options => options with { TrustedRoots = [TestCertificates.Root.Certificate] });

        Assert.Equal(ProbeFailureKind.TlsFailed, (await SendAsync(session, server.Url())).Failure!.Kind);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Whether_a_certificate_is_out_of_date_is_judged_by_the_scans_clock()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200), TestCertificates.Server(TestCertificates.Root.Leaf()));
        var later = new ManualTime(DateTimeOffset.UtcNow.AddYears(2));
        using var session = Probes.For(server, options => options with { TrustedRoots = [TestCertificates.Root.Certificate] }, later);

        Assert.Equal(ProbeFailureKind.TlsFailed, (await SendAsync(session, server.Url())).Failure!.Kind);
    }

    [Fact]
    public async Task Nothing_is_downloaded_to_judge_a_certificate()
    {
        await using var canary = LoopbackServer.Http(_ => new LoopbackAnswer(404));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        // Its issuer is not sent, so that a chain can only be built by a download.
        var leaf = TestCertificates
            .Root.Intermediate()
            .OddLeaf(
                key,
                names.Build(),
                new X509AuthorityInformationAccessExtension([canary.Url("/ocsp").AbsoluteUri], [canary.Url("/issuer").AbsoluteUri]),
                CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([canary.Url("/crl").AbsoluteUri])
            );
        using var usable = X509CertificateLoader.LoadPkcs12(leaf.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200), TestCertificates.Server(usable));
        using var session = Probes.For(server, options => options with { TrustedRoots = [TestCertificates.Root.Certificate] });

        var answer = await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);

        Assert.Equal((200, false), (answer.Status, answer.Trusted));
        Assert.Equal(0, canary.Connections);
        // The control: the platform would have asked.
        using var chain = new X509Chain();
        chain.Build(leaf);
        Assert.NotEqual(0, canary.Connections);
    }

    [Fact]
    public async Task They_are_sent_behind_a_trusted_certificate()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200), TestCertificates.Server(TestCertificates.Root.Leaf()));
        using var session = Probes.For(server, options => options with { TrustedRoots = [TestCertificates.Root.Certificate] });

        Assert.Equal(200, (await SendAsync(session, server.Url())).Status);
        Assert.Equal("JWT genuine", Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task They_are_sent_in_plain_http_to_this_machine()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Probes.For(server);

        Assert.Equal(200, (await SendAsync(session, server.Url())).Status);
    }

    [Fact]
    public async Task They_are_not_sent_in_plain_http_to_any_other()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        // The dialer believes that it is connected to a public address.
        var network = new Network(
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34")]),
            (_, token) => Network.Machine.Connect(new IPEndPoint(IPAddress.Loopback, server.Port), token)
        );
        using var session = new ProbeSession(
            Probes.Options with
            {
                ApprovedHosts = ["app.example"],
            },
            TimeProvider.System,
            new Pace(TimeProvider.System),
            network
        );

        var answer = await SendAsync(session, new Uri("http://app.example/"));
        var fake = await session.Http.SendAsync(Probes.Get(new Uri("http://app.example/")), CancellationToken.None);

        Assert.Equal(ProbeFailureKind.TlsFailed, answer.Failure!.Kind);
        Assert.Contains("plain HTTP", answer.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(200, fake.Status);
        Assert.Single(server.Requests);
    }

    private static Task<ProbeAnswer> SendAsync(ProbeSession session, Uri url) =>
        session.Http.SendAsync(Probes.Get(url, new HeaderField("Authorization", $"JWT {Secret.Value}")) with { Secrets = [Secret] }, CancellationToken.None);
}
