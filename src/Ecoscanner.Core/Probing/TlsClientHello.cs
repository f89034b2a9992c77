using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Probing;

/// <summary>Writes the ClientHello that asks a server for exactly one version.</summary>
internal static class TlsClientHello
{
    private const int RandomLength = 32;
    private const int X25519KeyLength = 32;
    private const ushort X25519 = 0x001d;

    // TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746): some servers refuse clients that cannot renegotiate securely, and SSL 3.0 has no extensions to say so.
    private const ushort SecureRenegotiation = 0x00ff;

    // x25519, P-256, P-384, P-521, x448, ffdhe2048, ffdhe3072, ffdhe4096.
    private static readonly ushort[] Groups = [X25519, 0x0017, 0x0018, 0x0019, 0x001e, 0x0100, 0x0101, 0x0102];

    // ECDSA, EdDSA, RSA-PSS and RSA with SHA-2, and last SHA-1, so that an old server has something to sign with.
    private static readonly ushort[] SignatureAlgorithms =
    [
        0x0403,
        0x0503,
        0x0603,
        0x0807,
        0x0808,
        0x0804,
        0x0805,
        0x0806,
        0x0809,
        0x080a,
        0x080b,
        0x0401,
        0x0501,
        0x0601,
        0x0203,
        0x0201,
    ];

    /// <summary>The hello in its record, ready to be sent.</summary>
    /// <param name="host">The server's name; sent as SNI unless it is an address (RFC 6066, section 3).</param>
    public static byte[] For(string host, TlsVersion version, IReadOnlyList<TlsCipherSuite> suites)
    {
        var body = new Writer();
        // TLS 1.3 says 1.2 here and the truth in supported_versions (RFC 8446, section 4.1.2).
        body.UInt16((ushort)(version == TlsVersion.Tls13 ? TlsVersion.Tls12 : version));
        body.Bytes(RandomNumberGenerator.GetBytes(RandomLength));
        // TLS 1.3 sends a session id so that middleboxes take it for a resumption (RFC 8446, appendix D.4).
        body.Vector8(id =>
        {
            if (version == TlsVersion.Tls13)
            {
                id.Bytes(RandomNumberGenerator.GetBytes(RandomLength));
            }
        });
        body.Vector16(list =>
        {
            foreach (var suite in suites)
            {
                list.UInt16((ushort)suite);
            }

            if (version != TlsVersion.Tls13)
            {
                list.UInt16(SecureRenegotiation);
            }
        });
        body.Vector8(compressions => compressions.Byte(0));
        if (version != TlsVersion.Ssl30)
        {
            body.Vector16(extensions => WriteExtensions(extensions, host, version));
        }

        var record = new Writer();
        record.Byte(TlsFlight.HandshakeRecord);
        // The oldest version that the hello is understood in, as all clients write (RFC 8446, section 5.1).
        record.UInt16((ushort)(version == TlsVersion.Ssl30 ? TlsVersion.Ssl30 : TlsVersion.Tls10));
        record.Vector16(message =>
        {
            message.Byte(TlsFlight.ClientHello);
            message.Byte(0);
            message.Vector16(content => content.Bytes(body.ToArray()));
        });
        return record.ToArray();
    }

    private static void WriteExtensions(Writer extensions, string host, TlsVersion version)
    {
        if (!IPAddress.TryParse(host, out _))
        {
            extensions.Extension(
                0,
                data =>
                    data.Vector16(names =>
                    {
                        names.Byte(0);
                        names.Vector16(name => name.Bytes(Encoding.ASCII.GetBytes(host.TrimEnd('.'))));
                    })
            );
        }

        // status_request: an OCSP response, from any responder, please.
        extensions.Extension(5, data => data.Bytes([1, 0, 0, 0, 0]));
        extensions.Extension(10, data => data.Vector16(list => list.UInt16s(Groups)));
        extensions.Extension(11, data => data.Bytes([1, 0]));
        if (version >= TlsVersion.Tls12)
        {
            extensions.Extension(13, data => data.Vector16(list => list.UInt16s(SignatureAlgorithms)));
        }

        if (version == TlsVersion.Tls13)
        {
            extensions.Extension(43, data => data.Vector8(list => list.UInt16((ushort)TlsVersion.Tls13)));
            // Any 32 bytes are an X25519 public key (RFC 7748, section 5), and the secret is never needed: we read the ServerHello and leave.
            extensions.Extension(
                51,
                data =>
                    data.Vector16(shares =>
                    {
                        shares.UInt16(X25519);
                        shares.Vector16(key => key.Bytes(RandomNumberGenerator.GetBytes(X25519KeyLength)));
                    })
            );
        }
    }

    /// <summary>Writes numbers and length-prefixed vectors as TLS notes them (RFC 8446, section 3).</summary>
    private sealed class Writer
    {
        private readonly List<byte> bytes = [];

        public byte[] ToArray() => [.. bytes];

        public void Byte(byte value) => bytes.Add(value);

        public void Bytes(ReadOnlySpan<byte> value) => bytes.AddRange(value);

        public void UInt16(ushort value) => bytes.AddRange([(byte)(value >> 8), (byte)value]);

        public void UInt16s(ReadOnlySpan<ushort> values)
        {
            foreach (var value in values)
            {
                UInt16(value);
            }
        }

        public void Vector8(Action<Writer> content)
        {
            var inner = Content(content);
            Byte(checked((byte)inner.Length));
            Bytes(inner);
        }

        public void Vector16(Action<Writer> content)
        {
            var inner = Content(content);
            UInt16(checked((ushort)inner.Length));
            Bytes(inner);
        }

        public void Extension(ushort type, Action<Writer> content)
        {
            UInt16(type);
            Vector16(content);
        }

        private static byte[] Content(Action<Writer> content)
        {
            var inner = new Writer();
            content(inner);
            return inner.ToArray();
        }
    }
}
