using System.Buffers.Binary;
using System.Net.Sockets;

namespace Ecoscanner.Tests.Cli.Samples;

/// <summary>A TLS handshake of one old version, as far as the server's first answer: OpenSSL on Debian refuses to speak it.</summary>
internal static class TlsHello
{
    private const byte Handshake = 22; // RFC 5246 A.1

    // ECDHE-RSA and RSA with AES: what a server from before 2012 has, and one AEAD suite for TLS 1.2.
    private static readonly byte[] Suites = [0xC0, 0x2F, 0xC0, 0x13, 0xC0, 0x14, 0x00, 0x2F, 0x00, 0x35];

    // supported_groups secp256r1, ec_point_formats uncompressed, signature_algorithms RSA with SHA-256 and SHA-1, RSA-PSS with SHA-256.
    private static readonly byte[] Extensions =
    [
        .. new byte[] { 0, 10, 0, 4, 0, 2, 0, 23 },
        .. new byte[] { 0, 11, 0, 2, 1, 0 },
        .. new byte[] { 0, 13, 0, 8, 0, 6, 4, 1, 2, 1, 8, 4 },
    ];

    /// <summary>True where the server takes up exactly this version of TLS 1.</summary>
    /// <param name="minorVersion">1 for TLS 1.0, 2 for 1.1, 3 for 1.2.</param>
    public static async Task<bool> IsAnsweredAsync(Uri origin, byte minorVersion)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", origin.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Hello(minorVersion), TestContext.Current.CancellationToken);

        // Record header, handshake header, server_version.
        var answer = new byte[11];
        var read = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken);
        return read == answer.Length && answer[0] == Handshake && answer[9] == 3 && answer[10] == minorVersion;
    }

    private static byte[] Hello(byte minorVersion)
    {
        byte[] body = [3, minorVersion, .. new byte[32], 0, .. Sized(Suites), 1, 0, .. Sized(Extensions)];
        byte[] message = [1, 0, .. Sized(body)];
        return [Handshake, 3, 1, .. Sized(message)];
    }

    private static byte[] Sized(byte[] bytes)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)bytes.Length);
        return [.. length, .. bytes];
    }
}
