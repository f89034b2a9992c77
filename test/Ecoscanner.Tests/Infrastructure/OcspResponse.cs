using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>An OCSP response (RFC 6960) about a certificate: good, fresh and signed by the issuer unless told otherwise.</summary>
internal sealed record OcspResponse(TestCertificates Issuer, X509Certificate2 Certificate)
{
    public DateTimeOffset Since { get; init; } = DateTimeOffset.UtcNow.AddHours(-1);

    public DateTimeOffset? Until { get; init; } = DateTimeOffset.UtcNow.AddDays(3);

    /// <summary>When the certificate was revoked; null where it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    public bool Unknown { get; init; }

    /// <summary>OCSPResponseStatus; 0 is successful.</summary>
    public byte Status { get; init; }

    /// <summary>A responder's certificate to send along, and its key to sign with; null where the issuer signs.</summary>
    public X509Certificate2? Responder { get; init; }

    /// <summary>Signs with this authority's key instead.</summary>
    public TestCertificates? Signer { get; init; }

    private static Asn1Tag Tag(int number, bool constructed = true) => new(TagClass.ContextSpecific, number, constructed);

    public byte[] ToBytes()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue([10, 1, Status]);
            if (Status == 0)
            {
                using (writer.PushSequence(Tag(0)))
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1.1");
                    writer.WriteOctetString(Basic());
                }
            }
        }

        return writer.Encode();
    }

    private byte[] Basic()
    {
        var data = Data();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(data);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
            }

            writer.WriteBitString(Sign(data));
            if (Responder is not null)
            {
                using (writer.PushSequence(Tag(0)))
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(Responder.RawData);
                }
            }
        }

        return writer.Encode();
    }

    private byte[] Sign(byte[] data)
    {
        if (Responder is null)
        {
            return (Signer ?? Issuer).Sign(data);
        }

        using var key = Responder.GetECDsaPrivateKey()!;
        return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private byte[] Data()
    {
        var issuer = Issuer.Certificate;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Tag(1)))
            {
                writer.WriteEncodedValue(issuer.SubjectName.RawData);
            }

            writer.WriteGeneralizedTime(Since, omitFractionalSeconds: true);
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                WriteCertId(writer, issuer);
                WriteStatus(writer);
                writer.WriteGeneralizedTime(Since, omitFractionalSeconds: true);
                if (Until is { } until)
                {
                    using (writer.PushSequence(Tag(0)))
                    {
                        writer.WriteGeneralizedTime(until, omitFractionalSeconds: true);
                    }
                }
            }
        }

        return writer.Encode();
    }

    private void WriteCertId(AsnWriter writer, X509Certificate2 issuer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.3.14.3.2.26");
            }

#pragma warning disable CA5350 // As responders do it.
            writer.WriteOctetString(SHA1.HashData(issuer.SubjectName.RawData));
            writer.WriteOctetString(SHA1.HashData(issuer.PublicKey.EncodedKeyValue.RawData));
#pragma warning restore CA5350
            writer.WriteInteger(new BigInteger(Certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true));
        }
    }

    private void WriteStatus(AsnWriter writer)
    {
        if (Revoked is { } revoked)
        {
            using (writer.PushSequence(Tag(1)))
            {
                writer.WriteGeneralizedTime(revoked, omitFractionalSeconds: true);
            }

            return;
        }

        writer.WriteNull(Tag(Unknown ? 2 : 0, constructed: false));
    }
}
