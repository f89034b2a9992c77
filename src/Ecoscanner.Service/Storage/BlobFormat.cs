using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ecoscanner.Service.Storage;

/// <summary>
/// A long content in sealed chunks. Head: version, number of the partner's key, salt of this content's own key. Then each chunk: tag and ciphertext; its nonce is
/// its number and whether it is the last one, so that none can be left out, moved or cut off. The last one is bound to the content's name.
/// </summary>
internal static class BlobFormat
{
    public const byte Version = 1;
    public const int SaltBytes = 32;
    public const int HeadBytes = 1 + sizeof(ushort) + SaltBytes;
    public const int ChunkBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const int SealedChunkBytes = TagBytes + ChunkBytes;
    public const string Purpose = "blob";

    private const int NonceBytes = 12;

    /// <summary>Seals a chunk: the tag, then as many bytes as it has.</summary>
    public static void Seal(AesGcm aes, uint number, ReadOnlySpan<byte> name, ReadOnlySpan<byte> chunk, Span<byte> box)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Number(nonce, number, isLast: !name.IsEmpty);
        aes.Encrypt(nonce, chunk, box.Slice(TagBytes, chunk.Length), box[..TagBytes], name);
    }

    /// <exception cref="CryptographicException">It was changed.</exception>
    public static void Open(AesGcm aes, uint number, ReadOnlySpan<byte> name, ReadOnlySpan<byte> box, Span<byte> chunk)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Number(nonce, number, isLast: !name.IsEmpty);
        aes.Decrypt(nonce, box[TagBytes..], box[..TagBytes], chunk, name);
    }

    private static void Number(Span<byte> nonce, uint number, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(nonce[(NonceBytes - sizeof(uint) - 1)..], number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
