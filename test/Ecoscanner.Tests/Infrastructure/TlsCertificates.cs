using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>A private root, an intermediate below it, and leaves made to order.</summary>
internal sealed class TlsCertificates
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Begin = Now.AddYears(-2);
    private static readonly DateTimeOffset End = Now.AddYears(20);

    public TlsCertificates()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Root = Authority("Test root", rootKey).CreateSelfSigned(Begin, End);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var intermediate = Authority("Test intermediate", key).Create(Root, Begin, End, Serial());
        Intermediate = intermediate.CopyWithPrivateKey(key);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    public X509Certificate2Collection Trusted => [X509CertificateLoader.LoadCertificate(Root.RawData)];

    /// <summary>A leaf below the intermediate for these names, or as <paramref name="change"/> makes it.</summary>
    public X509Certificate2 Leaf(
        string[] names,
        TimeSpan? age = null,
        TimeSpan? left = null,
        AsymmetricAlgorithm? key = null,
        HashAlgorithmName? hash = null,
        X509Certificate2? issuer = null,
        Action<CertificateRequest>? change = null
    )
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request("CN=leaf", key, hash ?? HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        if (names.Length > 0)
        {
            request.CertificateExtensions.Add(Names(names));
        }

        change?.Invoke(request);
        issuer ??= Intermediate;
        using var certificate = request.Create(
            issuer.SubjectName,
            Signer(issuer),
            Now - (age ?? TimeSpan.FromDays(10)),
            Now + (left ?? TimeSpan.FromDays(300)),
            Serial()
        );
        return WithKey(certificate, key);
    }

    public static X509Certificate2 SelfSigned(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=self", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Names(names));
        return request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(300));
    }

    public static X509Extension Names(params string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }

    /// <summary>The same certificate with its key in a form that servers take.</summary>
    public static X509Certificate2 ForServer(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static CertificateRequest Request(string subject, AsymmetricAlgorithm key, HashAlgorithmName hash) =>
        key switch
        {
            RSA rsa => new CertificateRequest(subject, rsa, hash, RSASignaturePadding.Pkcs1),
            ECDsa ec => new CertificateRequest(subject, ec, hash),
            _ => throw new ArgumentException("RSA or ECDSA", nameof(key)),
        };

    private static X509SignatureGenerator Signer(X509Certificate2 issuer) => X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!);

    private static X509Certificate2 WithKey(X509Certificate2 certificate, AsymmetricAlgorithm key) =>
        key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(12);
        serial[0] = 0x42;
        return serial;
    }
}
