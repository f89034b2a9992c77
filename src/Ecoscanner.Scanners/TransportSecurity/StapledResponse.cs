using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>What a stapled OCSP response says about a certificate.</summary>
internal enum StapleStatus
{
    Good,
    Revoked,

    /// <summary>Not signed by whom it must be, out of date, about another certificate, malformed: it says nothing.</summary>
    Unusable,
}

/// <summary>A stapled OCSP response (RFC 6960), read as hostile input and believed only with a signature that the certificate's issuer stands behind.</summary>
/// <param name="Status">What it says.</param>
/// <param name="Reason">The same in words, or why it says nothing.</param>
internal sealed record StapledResponse(StapleStatus Status, string Reason)
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";

    // A response names one certificate and carries at most the responder's own chain.
    private const int MaximumResponses = 16;
    private const int MaximumCertificates = 4;

    // Clocks of responders run ahead a little.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag Good = new(TagClass.ContextSpecific, 0);

    public static StapledResponse Read(ReadOnlyMemory<byte> der, X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset now)
    {
        try
        {
            var response = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            var status = response.ReadEnumeratedBytes().Span;
            if (status is not [0])
            {
                return Unusable("the responder gave an error instead of a status");
            }

            var bytes = response.ReadSequence(Tag0).ReadSequence();
            if (bytes.ReadObjectIdentifier() != BasicResponse)
            {
                return Unusable("it is not a basic OCSP response");
            }

            return ReadBasic(bytes.ReadOctetString(), certificate, issuer, now);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return Unusable("it is malformed");
        }
    }

    private static StapledResponse ReadBasic(byte[] der, X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset now)
    {
        var basic = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var signed = basic.ReadEncodedValue();
        var algorithm = basic.ReadSequence().ReadObjectIdentifier();
        var signature = basic.ReadBitString(out _);
        var signers = new List<X509Certificate2> { issuer };
        try
        {
            if (basic.HasData)
            {
                signers.AddRange(Delegates(basic.ReadSequence(Tag0).ReadSequence(), issuer, now));
            }

            if (!signers.Exists(signer => Verifies(signer, algorithm, signed.Span, signature)))
            {
                return Unusable("its signature is neither the issuer's nor that of a responder that the issuer appointed");
            }
        }
        finally
        {
            signers.Skip(1).ToList().ForEach(signer => signer.Dispose());
        }

        var data = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
        if (data.PeekTag().HasSameClassAndValue(Tag0))
        {
            data.ReadEncodedValue(); // version
        }

        data.ReadEncodedValue(); // responderID
        data.ReadGeneralizedTime(); // producedAt
        var responses = data.ReadSequence();
        for (var i = 0; i < MaximumResponses && responses.HasData; i++)
        {
            if (ReadSingle(responses.ReadSequence(), certificate, issuer, now) is { } single)
            {
                return single;
            }
        }

        return Unusable("it is about another certificate");
    }

    /// <summary>What one of the responses says, or null where it is about another certificate.</summary>
    private static StapledResponse? ReadSingle(AsnReader single, X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset now)
    {
        if (!IsAbout(single.ReadSequence(), certificate, issuer))
        {
            return null;
        }

        var tag = single.PeekTag();
        DateTimeOffset? revoked = null;
        if (tag.HasSameClassAndValue(Tag1))
        {
            revoked = single.ReadSequence(Tag1).ReadGeneralizedTime();
        }
        else
        {
            single.ReadEncodedValue();
        }

        var since = single.ReadGeneralizedTime();
        DateTimeOffset? until = single.HasData && single.PeekTag().HasSameClassAndValue(Tag0) ? single.ReadSequence(Tag0).ReadGeneralizedTime() : null;
        if (since > now + ClockSkew || until < now - ClockSkew)
        {
            return Unusable($"it is out of date: valid from {since:u} until {until:u}");
        }

        if (revoked is { } at)
        {
            return new StapledResponse(StapleStatus.Revoked, $"the certificate was revoked on {at:u}, says the stapled OCSP response of {since:u}");
        }

        return tag.HasSameClassAndValue(Good)
            ? new StapledResponse(StapleStatus.Good, $"the stapled OCSP response of {since:u} says that the certificate is good")
            : Unusable("the responder does not know the certificate");
    }

    // CertID: hashes of the issuer's name and key, and the serial number.
    private static bool IsAbout(AsnReader id, X509Certificate2 certificate, X509Certificate2 issuer)
    {
        Func<byte[], byte[]>? hash = id.ReadSequence().ReadObjectIdentifier() switch
        {
#pragma warning disable CA5350 // RFC 6960 lets responders name certificates by SHA-1, and nearly all do; nothing is trusted by it.
            "1.3.14.3.2.26" => SHA1.HashData,
#pragma warning restore CA5350
            "2.16.840.1.101.3.4.2.1" => SHA256.HashData,
            "2.16.840.1.101.3.4.2.2" => SHA384.HashData,
            "2.16.840.1.101.3.4.2.3" => SHA512.HashData,
            _ => null,
        };
        return hash is not null
            && id.ReadOctetString().AsSpan().SequenceEqual(hash(certificate.IssuerName.RawData))
            && id.ReadOctetString().AsSpan().SequenceEqual(hash(issuer.PublicKey.EncodedKeyValue.RawData))
            && id.ReadIntegerBytes().Span.SequenceEqual(certificate.SerialNumberBytes.Span);
    }

    // RFC 6960, section 4.2.2.2: certified by the very issuer, for this use.
    private static IEnumerable<X509Certificate2> Delegates(AsnReader certificates, X509Certificate2 issuer, DateTimeOffset now)
    {
        for (var i = 0; i < MaximumCertificates && certificates.HasData; i++)
        {
            var der = certificates.ReadEncodedValue();
            var responder = X509CertificateLoader.LoadCertificate(der.Span);
            if (IsAppointed(responder, der, issuer, now))
            {
                yield return responder;
            }
            else
            {
                responder.Dispose();
            }
        }
    }

    private static bool IsAppointed(X509Certificate2 responder, ReadOnlyMemory<byte> der, X509Certificate2 issuer, DateTimeOffset now)
    {
        var parts = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var signed = parts.ReadEncodedValue();
        var algorithm = parts.ReadSequence().ReadObjectIdentifier();
        var signature = parts.ReadBitString(out _);
        return responder.NotBefore.ToUniversalTime() <= now.UtcDateTime
            && now.UtcDateTime <= responder.NotAfter.ToUniversalTime()
            && responder
                .Extensions.OfType<X509EnhancedKeyUsageExtension>()
                .Any(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(use => use.Value == OcspSigning))
            && Verifies(issuer, algorithm, signed.Span, signature);
    }

    private static bool Verifies(X509Certificate2 signer, string algorithm, ReadOnlySpan<byte> signed, byte[] signature)
    {
        HashAlgorithmName? hash = algorithm switch
        {
            "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
            "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
            "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
            _ => null,
        };
        if (hash is not { } name)
        {
            return false;
        }

        using var rsa = signer.GetRSAPublicKey();
        using var ec = signer.GetECDsaPublicKey();
        return rsa?.VerifyData(signed, signature, name, RSASignaturePadding.Pkcs1)
            ?? ec?.VerifyData(signed, signature, name, DSASignatureFormat.Rfc3279DerSequence)
            ?? false;
    }

    private static StapledResponse Unusable(string reason) => new(StapleStatus.Unusable, $"the stapled OCSP response says nothing: {reason}");
}
