using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.TransportSecurity;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.TransportSecurity;

public sealed class CertificateReviewTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly TestCertificates Root = TestCertificates.Root;
    private static readonly TestCertificates Intermediate = Root.Intermediate();

    private static readonly X509EnhancedKeyUsageExtension ForServers = new([new Oid("1.3.6.1.5.5.7.3.1")], critical: false);

    [Fact]
    public void A_sound_chain_has_no_problem() => Assert.Empty(Review(Intermediate.Leaf(), Intermediate.Certificate));

    [Fact]
    public void The_root_may_be_sent_and_the_order_does_not_matter() => Assert.Empty(Review(Intermediate.Leaf(), Root.Certificate, Intermediate.Certificate));

    [Theory]
    [InlineData("app.example.com", "app.example.com", true)]
    [InlineData("APP.Example.COM", "app.example.com", true)]
    [InlineData("app.example.com.", "app.example.com", true)]
    [InlineData("app.example.com", "www.example.com", false)]
    [InlineData("app.example.com", "*.example.com", true)]
    [InlineData("example.com", "*.example.com", false)]
    [InlineData("a.app.example.com", "*.example.com", false)]
    [InlineData("app.example.com", "a*.example.com", false)]
    [InlineData("app.example.com", "app.*.com", false)]
    [InlineData("app.example.com", "*", false)]
    [InlineData("app.example.com.evil.example", "app.example.com", false)]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("127.0.0.1", "*.0.0.1", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("_app.example.com", "*.example.com", false)]
    public void Names_match_as_browsers_match_them(string host, string name, bool matches)
    {
        var rules = Rules(Review(host, Intermediate.Leaf([name]), Intermediate.Certificate));
        Assert.Equal(matches ? [] : [TransportSecurityScanner.HostMismatch], rules);
    }

    [Fact]
    public void The_common_name_does_not_count_as_a_name()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var problem = Assert.Single(Review("odd", Intermediate.OddLeaf(key, ForServers), Intermediate.Certificate));
        Assert.Equal(TransportSecurityScanner.HostMismatch, problem.Rule);
        Assert.Contains("no subject alternative name", problem.Observed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-100, -1, "certificate-expired")]
    [InlineData(1, 100, "certificate-expired")]
    [InlineData(-69, 20, "certificate-expires-soon")]
    [InlineData(-60, 30, null)]
    [InlineData(-40, 7, "certificate-expires-soon")]
    [InlineData(-3, 3, null)]
    [InlineData(-5, 1, "certificate-expires-soon")]
    public void Dates_are_judged_by_today_and_by_the_length_of_life(int fromDays, int toDays, string? rule)
    {
        var leaf = Intermediate.Leaf(null, Now.AddDays(fromDays), Now.AddDays(toDays));
        Assert.Equal(rule is null ? [] : [rule], Rules(Review(leaf, Intermediate.Certificate)).Select(found => found.Id));
    }

    [Fact]
    public void A_certificate_that_vouches_for_itself_is_not_trusted()
    {
        var problem = Assert.Single(Review(TestCertificates.SelfSigned()));
        Assert.Equal(TransportSecurityScanner.Untrusted, problem.Rule);
        Assert.Equal("the certificate is self-signed", problem.Observed);
    }

    [Fact]
    public void A_self_signed_certificate_that_the_operator_trusts_is_sound()
    {
        var self = TestCertificates.SelfSigned();
        Assert.Empty(CertificateReview.Of([self], "localhost", [self], Now));
    }

    [Fact]
    public void A_chain_to_an_unknown_root_is_not_trusted()
    {
        var stranger = TestCertificates.NewRoot("Stranger");
        var between = stranger.Intermediate();
        var shown = Assert.Single(Review(between.Leaf(), between.Certificate, stranger.Certificate));
        Assert.Equal(TransportSecurityScanner.Untrusted, shown.Rule);
        var hidden = Assert.Single(Review(between.Leaf(), between.Certificate));
        Assert.Equal(TransportSecurityScanner.Untrusted, hidden.Rule);
        Assert.Contains("CN=Stranger", hidden.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_intermediate_is_said_to_be_missing()
    {
        var problem = Assert.Single(Review(Intermediate.Leaf()));
        Assert.Equal(TransportSecurityScanner.Incomplete, problem.Rule);
        Assert.Contains("CN=Ecoscanner test intermediate", problem.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_second_intermediate_of_a_public_authority_is_said_to_be_missing()
    {
        var middle = Intermediate.Intermediate("Second");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var upper = Intermediate.OddLeaf(
            key,
            new X509BasicConstraintsExtension(true, false, 0, true),
            new X509AuthorityInformationAccessExtension(null, ["http://authority.example/issuer.crt"])
        );
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=leaf", leafKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(TestCertificates.AlternativeNames(["localhost"]));
        var leaf = request.Create(upper.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Now.AddDays(-1), Now.AddDays(100), [1, 2, 3]);
        var problem = Assert.Single(Review(leaf, upper, middle.Certificate));
        Assert.Equal(TransportSecurityScanner.Incomplete, problem.Rule);
    }

    [Fact]
    public void An_expired_intermediate_is_named()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Old intermediate", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var root = rootRequest.CreateSelfSigned(Now.AddYears(-3), Now.AddYears(3));
        var old = request.Create(root, Now.AddYears(-2), Now.AddDays(-1), [9]);
        var leafRequest = new CertificateRequest("CN=leaf", key, HashAlgorithmName.SHA256);
        leafRequest.CertificateExtensions.Add(TestCertificates.AlternativeNames(["localhost"]));
        var leaf = leafRequest.Create(old.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Now.AddDays(-9), Now.AddDays(99), [8]);
        var problems = CertificateReview.Of([leaf, old], "localhost", [root], Now);
        Assert.Contains(problems, problem => problem.Rule == TransportSecurityScanner.Expired && problem.Observed.Contains("CN=Old", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1024, "SHA256", "RSA 1024")]
    [InlineData(2048, "SHA1", "SHA-1")]
    [InlineData(2048, "MD5", "MD5")]
    [InlineData(2048, "SHA256", null)]
    public void Weak_keys_and_signatures_are_named(int bits, string hash, string? weakness)
    {
        var leaf = SignedBy(bits, new HashAlgorithmName(hash), out var issuer);
        var problems = CertificateReview.Of([leaf], "localhost", [issuer], Now).Where(problem => problem.Rule == TransportSecurityScanner.WeakCertificate);
        Assert.Equal(weakness is null ? 0 : 1, problems.Count(problem => problem.Observed.Contains(weakness ?? "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "SHA-1")]
    [InlineData("A00B300906052B0E03021A0500", "SHA-1")]
    [InlineData("A00E300C06082A864886F70D02050500", "MD5")]
    [InlineData("A00F300D06096086480165030402010500", null)]
    [InlineData("A000", null)]
    public void The_hash_in_the_parameters_of_a_PSS_signature_is_judged(string parameters, string? weakness)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=leaf", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var leaf = request.Create(
            new X500DistinguishedName("CN=issuer"),
            new PssSignature(key, Convert.FromHexString(parameters)),
            Now.AddDays(-1),
            Now.AddDays(100),
            [7]
        );
        Assert.Equal(weakness, SignatureAlgorithm.WeakHash(leaf));
        var found = Review(leaf).Where(problem => problem.Rule == TransportSecurityScanner.WeakCertificate).Select(problem => problem.Observed);
        Assert.Equal(weakness is null ? [] : [$"CN=leaf is signed with {weakness}"], found);
    }

    [Fact]
    public void A_short_curve_is_weak()
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp224r1"));
        var leaf = Intermediate.OddLeaf(key, ForServers, TestCertificates.AlternativeNames(["localhost"]));
        var problem = Assert.Single(Review(leaf, Intermediate.Certificate));
        Assert.Equal(TransportSecurityScanner.WeakCertificate, problem.Rule);
        Assert.Contains("EC 224", problem.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_for_another_use_is_not_trusted()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forMail = new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], critical: false);
        var leaf = Intermediate.OddLeaf(key, forMail, TestCertificates.AlternativeNames(["localhost"]));
        Assert.Equal([TransportSecurityScanner.Untrusted], Rules(Review(leaf, Intermediate.Certificate)));
    }

    [Fact]
    public void Names_that_cannot_be_read_match_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var broken = new X509Extension("2.5.29.17", [0x30, 0x03, 0x82, 0x7f, 0x41], critical: false);
        var problems = Review(Intermediate.OddLeaf(key, ForServers, broken), Intermediate.Certificate);
        Assert.Contains(TransportSecurityScanner.HostMismatch, Rules(problems));
    }

    private static IReadOnlyList<CertificateProblem> Review(params X509Certificate2[] sent) => Review("localhost", sent);

    private static IReadOnlyList<CertificateProblem> Review(string host, params X509Certificate2[] sent) =>
        CertificateReview.Of(sent, host, [Root.Certificate], Now);

    private static IEnumerable<Rule> Rules(IEnumerable<CertificateProblem> problems) => problems.Select(problem => problem.Rule);

    private static X509Certificate2 SignedBy(int bits, HashAlgorithmName hash, out X509Certificate2 issuer)
    {
        using var rootKey = RSA.Create(2048);
        var root = new CertificateRequest("CN=RSA root", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        issuer = root.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=leaf", key, hash, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(TestCertificates.AlternativeNames(["localhost"]));
        return request.Create(issuer.SubjectName, new AnyHash(rootKey), Now.AddDays(-1), Now.AddDays(100), [7]);
    }

    /// <summary>Signs with hashes that the platform's own generator refuses.</summary>
    private sealed class AnyHash(RSA key) : X509SignatureGenerator
    {
        protected override PublicKey BuildPublicKey() => CreateForRSA(key, RSASignaturePadding.Pkcs1).PublicKey;

        // sha1WithRSAEncryption and the like: the last arc alone differs (RFC 8017, appendix A.2.4).
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            [
                .. Convert.FromHexString("300D06092A864886F70D0101"),
                hashAlgorithm.Name switch
                {
                    "MD5" => 4,
                    "SHA1" => 5,
                    _ => 11,
                },
                5,
                0,
            ];

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, hashAlgorithm, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Names RSASSA-PSS with any parameters, and signs with SHA-256 nevertheless: the name alone is judged.</summary>
    private sealed class PssSignature(RSA key, byte[] parameters) : X509SignatureGenerator
    {
        protected override PublicKey BuildPublicKey() => CreateForRSA(key, RSASignaturePadding.Pss).PublicKey;

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            byte[] content = [.. Convert.FromHexString("06092A864886F70D01010A30"), (byte)parameters.Length, .. parameters];
            return [0x30, (byte)content.Length, .. content];
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, hashAlgorithm, RSASignaturePadding.Pss);
    }
}
