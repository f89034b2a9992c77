using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Cli.Samples;

/// <summary>Certificates of one run of the samples: a root, a leaf for localhost and one for another name.</summary>
internal static class SampleCertificates
{
    public const string Root = "root.pem";

    private const int KeyBits = 2048;
    private const int SerialBytes = 16;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1"; // RFC 5280 4.2.1.12, id-kp-serverAuth
    private static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>Writes <c>root.pem</c>, and <c>.pem</c> and <c>.key</c> for <c>localhost</c> and <c>wrong-name</c>.</summary>
    public static void Write(string folder, TimeProvider time)
    {
        var now = time.GetUtcNow();
        using var root = MakeRoot(now);
        File.WriteAllText(Path.Combine(folder, Root), root.ExportCertificatePem());

        var here = new SubjectAlternativeNameBuilder();
        here.AddDnsName("localhost");
        here.AddIpAddress(IPAddress.Loopback);
        WriteLeaf(folder, "localhost", here, root, now);

        var elsewhere = new SubjectAlternativeNameBuilder();
        elsewhere.AddDnsName("wrong-name.example");
        WriteLeaf(folder, "wrong-name", elsewhere, root, now);
    }

    private static X509Certificate2 MakeRoot(DateTimeOffset now)
    {
        using var key = RSA.Create(KeyBits);
        var request = Request("CN=Ecoscanner samples root", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        return request.CreateSelfSigned(now - ClockSkew, now + Lifetime + ClockSkew);
    }

    private static void WriteLeaf(string folder, string name, SubjectAlternativeNameBuilder names, X509Certificate2 root, DateTimeOffset now)
    {
        using var key = RSA.Create(KeyBits);
        var request = Request($"CN={name}", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, false));

        // RFC 5280 4.1.2.2: a positive number; the two top bits keep it so, and of one length.
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        using var leaf = request.Create(root, now - ClockSkew, now + Lifetime, serial);
        File.WriteAllText(Path.Combine(folder, $"{name}.pem"), leaf.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, $"{name}.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static CertificateRequest Request(string subject, RSA key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }
}
