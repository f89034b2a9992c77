using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Scanners.TransportSecurity;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.TransportSecurity;

public sealed class StapledResponseTests
{
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly TestCertificates Issuer = TestCertificates.NewRoot("Issuer");
    private static readonly X509Certificate2 Leaf = Issuer.Leaf();
    private static readonly OcspResponse Sound = new(Issuer, Leaf);

    [Fact]
    public void A_good_certificate_is_good() => Assert.Equal(StapleStatus.Good, Read(Sound).Status);

    [Fact]
    public void A_revoked_certificate_is_revoked_since_a_day()
    {
        var read = Read(Sound with { Revoked = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero) });
        Assert.Equal(StapleStatus.Revoked, read.Status);
        Assert.Contains("revoked on 2026-02-03 04:05:06Z", read.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_response_without_an_end_is_good() => Assert.Equal(StapleStatus.Good, Read(Sound with { Until = null }).Status);

    [Fact]
    public void A_responder_that_the_issuer_appointed_may_sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(StapleStatus.Revoked, Read(Sound with { Revoked = Now, Responder = Responder(Issuer, key, OcspSigning) }).Status);
    }

    [Fact]
    public void A_responder_that_is_no_responder_may_not_sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AssertUnusable("signature", Sound with { Revoked = Now, Responder = Responder(Issuer, key, "1.3.6.1.5.5.7.3.1") });
    }

    [Fact]
    public void A_responder_of_another_authority_may_not_sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AssertUnusable("signature", Sound with { Revoked = Now, Responder = Responder(TestCertificates.NewRoot("Issuer"), key, OcspSigning) });
    }

    [Fact]
    public void A_stranger_may_not_sign() => AssertUnusable("signature", Sound with { Revoked = Now, Signer = TestCertificates.NewRoot("Issuer") });

    [Fact]
    public void A_response_about_another_certificate_says_nothing() => AssertUnusable("another certificate", Sound with { Certificate = Issuer.Leaf() });

    [Fact]
    public void A_certificate_that_the_responder_does_not_know_is_not_good() => AssertUnusable("does not know", Sound with { Unknown = true });

    [Fact]
    public void A_response_that_is_over_says_nothing() => AssertUnusable("out of date", Sound with { Until = Now.AddHours(-1), Revoked = Now.AddDays(-1) });

    [Fact]
    public void A_response_of_tomorrow_says_nothing() => AssertUnusable("out of date", Sound with { Since = Now.AddDays(1) });

    [Fact]
    public void An_error_of_the_responder_says_nothing() => AssertUnusable("error instead", Sound with { Status = 3 });

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("3003020100")]
    [InlineData("30800000")]
    [InlineData("30030A0100")]
    [InlineData("30840FFFFFFF")]
    public void Bytes_that_are_no_response_say_nothing(string bytes) =>
        Assert.Equal(StapleStatus.Unusable, StapledResponse.Read(Convert.FromHexString(bytes), Leaf, Issuer.Certificate, Now).Status);

    [Fact]
    public void No_change_of_a_response_makes_another_statement_of_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var good = (Sound with { Responder = Responder(Issuer, key, OcspSigning) }).ToBytes();
        var issuer = Issuer.Certificate;
        Fuzz.Run(random => Assert.NotEqual(StapleStatus.Revoked, StapledResponse.Read(Fuzzing.Mutate(good, random), Leaf, issuer, Now).Status));
    }

    private static StapledResponse Read(OcspResponse response) => StapledResponse.Read(response.ToBytes(), Leaf, Issuer.Certificate, Now);

    private static void AssertUnusable(string reason, OcspResponse response)
    {
        var read = Read(response);
        Assert.Equal(StapleStatus.Unusable, read.Status);
        Assert.Contains(reason, read.Reason, StringComparison.Ordinal);
    }

    private static X509Certificate2 Responder(TestCertificates issuer, ECDsa key, string use) =>
        issuer.OddLeaf(key, new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false)).CopyWithPrivateKey(key);
}
