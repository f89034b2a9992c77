using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>A certificate authority of a test: makes roots, intermediates and leaves, sound ones unless told otherwise.</summary>
public sealed class TestCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly Lazy<TestCertificates> Shared = new(() => NewRoot());

    private readonly X509Certificate2 certificate;

    private TestCertificates(X509Certificate2 certificate) => this.certificate = certificate;

    /// <summary>One root for tests that do not care.</summary>
    public static TestCertificates Root => Shared.Value;

    /// <summary>This authority's own certificate, without its key.</summary>
    public X509Certificate2 Certificate => X509CertificateLoader.LoadCertificate(certificate.RawData);

    public static TestCertificates NewRoot(string name = "Ecoscanner test root")
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        AddAuthority(request);
        return new TestCertificates(request.CreateSelfSigned(Yesterday, NextYear));
    }

    /// <summary>An authority below this one.</summary>
    public TestCertificates Intermediate(string name = "Ecoscanner test intermediate")
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        AddAuthority(request);
        return new TestCertificates(Signed(request, Yesterday, NextYear.AddDays(-1)).CopyWithPrivateKey(key));
    }

    /// <summary>A server's certificate with its key.</summary>
    /// <param name="names">DNS names or addresses; <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c> where none is given.</param>
    public X509Certificate2 Leaf(IReadOnlyList<string>? names = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Usable(Signed(ServerRequest(new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256), names), from, to).CopyWithPrivateKey(key));
    }

    /// <summary>The same with an RSA key and a hash of the test's choice, for what is weak.</summary>
    public X509Certificate2 RsaLeaf(int keySize, HashAlgorithmName? hash = null, IReadOnlyList<string>? names = null)
    {
        using var key = RSA.Create(keySize);
        var request = new CertificateRequest("CN=test", key, hash ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Usable(Signed(ServerRequest(request, names), null, null).CopyWithPrivateKey(key));
    }

    /// <summary>A certificate with exactly this key and these extensions.</summary>
    public X509Certificate2 OddLeaf(AsymmetricAlgorithm key, params IEnumerable<X509Extension> extensions)
    {
        var request = key switch
        {
            RSA rsa => new CertificateRequest("CN=odd", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ECDsa ec => new CertificateRequest("CN=odd", ec, HashAlgorithmName.SHA256),
            _ => throw new ArgumentException("RSA or ECDSA", nameof(key)),
        };
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return Signed(request, null, null);
    }

    /// <summary>This authority's ECDSA signature with SHA-256, in DER.</summary>
    public byte[] Sign(byte[] data)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>A server's certificate that vouches for itself.</summary>
    public static X509Certificate2 SelfSigned(IReadOnlyList<string>? names = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Usable(ServerRequest(new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256), names).CreateSelfSigned(Yesterday, NextYear));
    }

    public static X509Extension AlternativeNames(IEnumerable<string> names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        return alternatives.Build();
    }

    /// <summary>Options of a server that presents a certificate, with the intermediates given.</summary>
    public static SslServerAuthenticationOptions Server(X509Certificate2 leaf, params IEnumerable<TestCertificates> intermediates) =>
        new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(leaf, [.. intermediates.Select(authority => authority.Certificate)], offline: true),
        };

    private static DateTimeOffset Yesterday => DateTimeOffset.UtcNow.AddDays(-1);

    private static DateTimeOffset NextYear => DateTimeOffset.UtcNow.AddDays(365);

    private X509Certificate2 Signed(CertificateRequest request, DateTimeOffset? from, DateTimeOffset? to)
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        var generator = X509SignatureGenerator.CreateForECDsa(certificate.GetECDsaPrivateKey()!);
        return request.Create(certificate.SubjectName, generator, from ?? Yesterday, to ?? NextYear.AddDays(-1), serial);
    }

    private static CertificateRequest ServerRequest(CertificateRequest request, IReadOnlyList<string>? names)
    {
        request.CertificateExtensions.Add(AlternativeNames(names ?? ["localhost", "127.0.0.1", "::1"]));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        return request;
    }

    private static void AddAuthority(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
    }

    // A key that lives in memory only is not usable by every platform's server.
    private static X509Certificate2 Usable(X509Certificate2 certificate) => X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
