using System.Buffers.Binary;
using System.Net.Security;
using System.Runtime.InteropServices;

namespace Ecoscanner.Probing;

/// <summary>What a server sends back to a ClientHello, as far as it is in the clear. Reads hostile bytes: everything is bounded, nothing throws.</summary>
internal sealed class TlsFlight
{
    public const byte AlertRecord = 21;
    public const byte HandshakeRecord = 22;
    public const byte ClientHello = 1;

    // OpenSSL's clients refuse a longer certificate message (SSL_CTX_set_max_cert_list), so no server that works for them sends one.
    public const int MaximumMessageBytes = 100 * 1024;

    // A whole flight of such a server: its certificates, an OCSP response and a key exchange.
    public const int MaximumBytes = 2 * MaximumMessageBytes;

    public const int MaximumCertificates = 32;

    private const int RecordHeaderLength = 5;
    private const int MessageHeaderLength = 4;

    // RFC 8446, section 5.1.
    private const int MaximumRecordBytes = 1 << 14;

    private const byte ServerHello = 2;
    private const byte Certificate = 11;
    private const byte ServerKeyExchange = 12;
    private const byte CertificateRequest = 13;
    private const byte ServerHelloDone = 14;
    private const byte CertificateStatus = 22;

    private const byte FatalLevel = 2;
    private const byte CloseNotify = 0;
    private const ushort SupportedVersions = 43;

    private readonly List<byte> messages = [];
    private int received;

    /// <summary>The version that the ServerHello chose; null before there is one.</summary>
    public TlsVersion? Version { get; private set; }

    public TlsCipherSuite Suite { get; private set; }

    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; private set; } = [];

    public ReadOnlyMemory<byte> StapledResponse { get; private set; }

    /// <summary>The description of the fatal alert that ended it; null where none did.</summary>
    public byte? Alert { get; private set; }

    /// <summary>What is wrong with what was sent; null where nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>True where not one byte came.</summary>
    public bool Silent => received == 0;

    /// <summary>Nothing more of what is in the clear will come, or nothing more is read.</summary>
    public bool Done { get; private set; }

    /// <summary>Reads until the flight is done or the stream ends.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var record = new byte[MaximumRecordBytes];
        while (!Done)
        {
            var header = record.AsMemory(0, RecordHeaderLength);
            var read = await stream.ReadAtLeastAsync(header, RecordHeaderLength, throwOnEndOfStream: false, cancellationToken);
            received += read;
            if (read < RecordHeaderLength)
            {
                if (read > 0)
                {
                    Fail("the connection was closed in the middle of an answer");
                }

                return;
            }

            var (type, length) = (record[0], BinaryPrimitives.ReadUInt16BigEndian(record.AsSpan(3)));
            if (record[1] != 3 || type is not (AlertRecord or HandshakeRecord) || length > MaximumRecordBytes)
            {
                Fail(header.Span.SequenceEqual("HTTP/"u8) ? "the port answers in plain HTTP, not in TLS" : "the port answers with something that is not TLS");
                return;
            }

            if (received + length > MaximumBytes)
            {
                Fail($"the server sends more than {MaximumBytes:N0} bytes before its handshake goes on");
                return;
            }

            read = await stream.ReadAtLeastAsync(record.AsMemory(0, length), length, throwOnEndOfStream: false, cancellationToken);
            received += read;
            if (read < length)
            {
                Fail("the connection was closed in the middle of an answer");
                return;
            }

            Add(type, record.AsSpan(0, length));
        }
    }

    private void Add(byte type, ReadOnlySpan<byte> payload)
    {
        if (type == AlertRecord)
        {
            // Other warnings, such as unrecognized_name, let the handshake go on.
            if (payload is [FatalLevel, _] or [_, CloseNotify])
            {
                Alert = payload[1];
                Done = true;
            }

            return;
        }

        messages.AddRange(payload);
        var bytes = CollectionsMarshal.AsSpan(messages);
        var taken = 0;
        while (!Done && bytes.Length - taken >= MessageHeaderLength)
        {
            var length = (bytes[taken + 1] << 16) | (bytes[taken + 2] << 8) | bytes[taken + 3];
            if (length > MaximumMessageBytes)
            {
                var what = bytes[taken] == Certificate ? "certificate message" : "handshake message";
                Fail($"the server announces a {what} of {length:N0} bytes; clients refuse more than {MaximumMessageBytes:N0}");
                return;
            }

            if (bytes.Length - taken < MessageHeaderLength + length)
            {
                break;
            }

            Message(bytes[taken], bytes.Slice(taken + MessageHeaderLength, length));
            taken += MessageHeaderLength + length;
        }

        messages.RemoveRange(0, taken);
    }

    private void Message(byte type, ReadOnlySpan<byte> content)
    {
        switch (type)
        {
            case ServerHello when Version is null:
                Hello(content);
                break;
            case Certificate when Version is not null:
                ReadCertificates(content);
                break;
            case CertificateStatus when Version is not null:
                ReadStatus(content);
                break;
            case ServerKeyExchange or CertificateRequest or ServerHelloDone when Version is not null:
                Done = true;
                break;
            default:
                Fail($"the server sends handshake message {type} where it has no place");
                break;
        }
    }

    // RFC 8446, section 4.1.3; older versions are the same without the extension.
    private void Hello(ReadOnlySpan<byte> content)
    {
        var reader = new Reader(content);
        if (
            !reader.TryUInt16(out var version)
            || !reader.TryTake(HelloRetryRequest.Length, out var random)
            || !reader.TryVector8(out _)
            || !reader.TryUInt16(out var suite)
            || !reader.TryTake(1, out _)
            || !TrySelectedVersion(ref reader, ref version)
        )
        {
            Fail("the server's hello is malformed");
            return;
        }

        if (random.SequenceEqual(HelloRetryRequest))
        {
            version = (ushort)TlsVersion.Tls13;
        }

        if (!Enum.IsDefined((TlsVersion)version))
        {
            Fail($"the server chooses a version that does not exist: 0x{version:x4}");
            return;
        }

        Version = (TlsVersion)version;
        Suite = (TlsCipherSuite)suite;
        // What follows in TLS 1.3 is encrypted.
        Done = Version == TlsVersion.Tls13;
    }

    private static bool TrySelectedVersion(ref Reader reader, ref ushort version)
    {
        if (reader.AtEnd)
        {
            return true;
        }

        if (!reader.TryVector16(out var block))
        {
            return false;
        }

        var extensions = new Reader(block);
        while (!extensions.AtEnd)
        {
            if (!extensions.TryUInt16(out var type) || !extensions.TryVector16(out var data))
            {
                return false;
            }

            if (type == SupportedVersions && !new Reader(data).TryUInt16(out version))
            {
                return false;
            }
        }

        return true;
    }

    // RFC 5246, section 7.4.2.
    private void ReadCertificates(ReadOnlySpan<byte> content)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        var reader = new Reader(content);
        var whole = reader.TryVector24(out var block);
        var list = new Reader(block);
        while (whole && !list.AtEnd && certificates.Count < MaximumCertificates)
        {
            whole = list.TryVector24(out var certificate);
            certificates.Add(certificate.ToArray());
        }

        if (!whole || certificates.Count == 0)
        {
            Fail("the server's certificate message is malformed");
            return;
        }

        Certificates = certificates;
    }

    // RFC 6066, section 8: type 1 is OCSP.
    private void ReadStatus(ReadOnlySpan<byte> content)
    {
        var reader = new Reader(content);
        if (reader.TryTake(1, out var type) && type[0] == 1 && reader.TryVector24(out var response))
        {
            StapledResponse = response.ToArray();
        }
    }

    private void Fail(string problem)
    {
        Problem = problem;
        Done = true;
    }

    // RFC 8446, section 4.1.3: the SHA-256 of "HelloRetryRequest" in place of a random.
    private static ReadOnlySpan<byte> HelloRetryRequest =>
        [
            0xcf,
            0x21,
            0xad,
            0x74,
            0xe5,
            0x9a,
            0x61,
            0x11,
            0xbe,
            0x1d,
            0x8c,
            0x02,
            0x1e,
            0x65,
            0xb8,
            0x91,
            0xc2,
            0xa2,
            0x11,
            0x16,
            0x7a,
            0xbb,
            0x8c,
            0x5e,
            0x07,
            0x9e,
            0x09,
            0xe2,
            0xc8,
            0xa8,
            0x33,
            0x9c,
        ];

    /// <summary>Takes numbers and length-prefixed vectors off a span; false where it ends too early.</summary>
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public readonly bool AtEnd => rest.IsEmpty;

        public bool TryTake(int length, out ReadOnlySpan<byte> taken)
        {
            if (length > rest.Length)
            {
                taken = default;
                return false;
            }

            taken = rest[..length];
            rest = rest[length..];
            return true;
        }

        public bool TryUInt16(out ushort value)
        {
            var there = TryNumber(sizeof(ushort), out var number);
            value = (ushort)number;
            return there;
        }

        public bool TryVector8(out ReadOnlySpan<byte> vector) => TryVector(1, out vector);

        public bool TryVector16(out ReadOnlySpan<byte> vector) => TryVector(2, out vector);

        public bool TryVector24(out ReadOnlySpan<byte> vector) => TryVector(3, out vector);

        private bool TryVector(int lengthBytes, out ReadOnlySpan<byte> vector)
        {
            vector = default;
            return TryNumber(lengthBytes, out var length) && TryTake(length, out vector);
        }

        private bool TryNumber(int length, out int number)
        {
            number = 0;
            if (!TryTake(length, out var bytes))
            {
                return false;
            }

            foreach (var value in bytes)
            {
                number = (number << 8) | value;
            }

            return true;
        }
    }
}
