using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>Knows the signatures of certificates that rest on a broken hash.</summary>
internal static class SignatureAlgorithm
{
    private const string RsaPss = "1.2.840.113549.1.1.10";

    private static readonly Asn1Tag PssHash = new(TagClass.ContextSpecific, 0);

    private static readonly Dictionary<string, string> WeakSignatures = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.2"] = "MD2",
        ["1.2.840.113549.1.1.4"] = "MD5",
        ["1.2.840.113549.1.1.5"] = "SHA-1",
        ["1.3.14.3.2.29"] = "SHA-1",
        ["1.2.840.10040.4.3"] = "SHA-1",
        ["1.2.840.10045.4.1"] = "SHA-1",
    };

    private static readonly Dictionary<string, string> WeakHashes = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.2.2"] = "MD2",
        ["1.2.840.113549.2.5"] = "MD5",
        ["1.3.14.3.2.26"] = "SHA-1",
    };

    /// <summary>The broken hash that a certificate is signed with; null where it is none, or cannot be told.</summary>
    public static string? WeakHash(X509Certificate2 certificate) =>
        certificate.SignatureAlgorithm.Value == RsaPss
            ? WeakPssHash(certificate)
            : WeakSignatures.GetValueOrDefault(certificate.SignatureAlgorithm.Value ?? "");

    // The platform gives the name of the algorithm without its parameters, where RSASSA-PSS has the hash (RFC 4055, section 3.1).
    private static string? WeakPssHash(X509Certificate2 certificate)
    {
        try
        {
            var parts = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            _ = parts.ReadEncodedValue();
            var algorithm = parts.ReadSequence();
            _ = algorithm.ReadObjectIdentifier();
            var parameters = algorithm.ReadSequence();
            return parameters.HasData && parameters.PeekTag().HasSameClassAndValue(PssHash)
                ? WeakHashes.GetValueOrDefault(parameters.ReadSequence(PssHash).ReadSequence().ReadObjectIdentifier())
                : "SHA-1";
        }
        catch (AsnContentException)
        {
            // No signature that anybody can verify: the chain is not valid, which is said elsewhere.
            return null;
        }
    }
}
