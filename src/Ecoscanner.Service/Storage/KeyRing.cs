using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Service.Storage;

/// <summary>One partner's keys: one that names contents and never changes, and those that seal, the newest last.</summary>
/// <remarks>Wrapped: version, name of the platform's key, nonce, tag, and sealed under it the naming key and the others in order.</remarks>
internal sealed class KeyRing
{
    public const int KeyBytes = 32;

    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = 1 + PlatformKey.IdBytes + NonceBytes + TagBytes;

    private readonly byte[] keys;

    private KeyRing(byte[] keys) => this.keys = keys;

    /// <summary>Names contents: equal for equal contents of this partner, and of no other.</summary>
    public ReadOnlySpan<byte> NamingKey => keys.AsSpan(0, KeyBytes);

    /// <summary>The number of the key that seals now; the first is 1.</summary>
    public ushort Newest => (ushort)(keys.Length / KeyBytes - 1);

    public static KeyRing Create() => new(RandomNumberGenerator.GetBytes(2 * KeyBytes));

    /// <summary>The sealing key of that number; empty where there is none.</summary>
    public ReadOnlySpan<byte> SealingKey(ushort number) => number >= 1 && number <= Newest ? keys.AsSpan(number * KeyBytes, KeyBytes) : [];

    /// <exception cref="SealedException">There were more rotations than numbers.</exception>
    public KeyRing Rotated() =>
        Newest < ushort.MaxValue
            ? new([.. keys, .. RandomNumberGenerator.GetBytes(KeyBytes)])
            : throw new SealedException("the partner's keys were rotated too often");

    public byte[] Wrapped(PlatformKey platform, long partnerId)
    {
        var (id, key) = platform.Newest;
        var wrapped = new byte[HeadBytes + keys.Length];
        wrapped[0] = Version;
        id.CopyTo(wrapped, 1);
        var nonce = wrapped.AsSpan(1 + PlatformKey.IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, keys, wrapped.AsSpan(HeadBytes), wrapped.AsSpan(HeadBytes - TagBytes, TagBytes), Context(partnerId));
        return wrapped;
    }

    /// <exception cref="SealedException">It is damaged, another partner's, or wrapped by a key that is not there.</exception>
    public static KeyRing Unwrap(ReadOnlySpan<byte> wrapped, PlatformKey platform, long partnerId, string path)
    {
        if (wrapped.Length < HeadBytes + 2 * KeyBytes || (wrapped.Length - HeadBytes) % KeyBytes != 0 || wrapped[0] != Version)
        {
            throw new SealedException($"{path} is no key file of this version; put its backup in its place");
        }

        var key =
            platform.Find(wrapped.Slice(1, PlatformKey.IdBytes))
            ?? throw new SealedException($"{path} is wrapped by another platform key; put that one's backup in its place");
        var unwrapped = new byte[wrapped.Length - HeadBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                wrapped.Slice(1 + PlatformKey.IdBytes, NonceBytes),
                wrapped[HeadBytes..],
                wrapped.Slice(HeadBytes - TagBytes, TagBytes),
                unwrapped,
                Context(partnerId)
            );
            return new KeyRing(unwrapped);
        }
        catch (CryptographicException e)
        {
            throw new SealedException($"{path} was changed, or is another partner's; put its backup in its place", inner: e);
        }
    }

    public void Forget() => CryptographicOperations.ZeroMemory(keys);

    private static byte[] Context(long partnerId)
    {
        var context = new byte[sizeof(long) + 16];
        BinaryPrimitives.WriteInt64BigEndian(context, partnerId);
        Encoding.ASCII.GetBytes("partner keys 1", context.AsSpan(sizeof(long)));
        return context;
    }
}
