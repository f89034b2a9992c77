using System.IO.Compression;

namespace Ecoscanner.Probing;

/// <summary>Reads an answer's body and undoes its content coding, each within a limit: what would not stop is cut and said to be too large.</summary>
internal static class BodyReader
{
    /// <summary>The codings we ask for (RFC 9110, 8.4.1). A list of several is not one of them: each layer multiplies a bomb.</summary>
    public const string AcceptedCodings = "gzip, deflate, br";

    private const int BufferSize = 16 * 1024;

    /// <summary>Appends to <paramref name="body"/> until the end; what was read before a failure stays in it.</summary>
    /// <param name="limit">Most bytes that <paramref name="body"/> takes.</param>
    /// <exception cref="ProbeException">There are more than the limit.</exception>
    public static async Task ReadAsync(Stream source, MemoryStream body, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (await source.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            var room = limit - (int)body.Length;
            body.Write(buffer, 0, Math.Min(count, room));
            if (count > room)
            {
                throw new ProbeException(new ProbeFailure(ProbeFailureKind.TooLarge, $"the answer's body is larger than {limit} bytes"));
            }
        }
    }

    /// <summary>A stream that undoes the coding of a whole body.</summary>
    /// <param name="coding">Value of Content-Encoding; null where there is none.</param>
    /// <exception cref="ProbeException">A coding that we did not ask for.</exception>
    public static Stream Decoded(MemoryStream raw, string? coding)
    {
        raw.Position = 0;
        return coding?.Trim().ToUpperInvariant() switch
        {
            null or "" or "IDENTITY" => raw,
            "GZIP" or "X-GZIP" => new GZipStream(raw, CompressionMode.Decompress),
            "BR" => new BrotliStream(raw, CompressionMode.Decompress),
            "DEFLATE" => IsZlib(raw) ? new ZLibStream(raw, CompressionMode.Decompress) : new DeflateStream(raw, CompressionMode.Decompress),
            _ => throw new ProbeException(
                new ProbeFailure(ProbeFailureKind.ProtocolError, $"the answer has a content coding that we did not ask for; we accept {AcceptedCodings}")
            ),
        };
    }

    /// <summary>"deflate" is the zlib format, but some servers send the bare one: the header tells (RFC 1950, 2.2).</summary>
    private static bool IsZlib(MemoryStream raw) => raw.GetBuffer() is [var method, var flags, ..] && (method & 0x0f) == 8 && ((method << 8) | flags) % 31 == 0;
}
