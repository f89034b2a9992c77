using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Service.Storage;

/// <summary>
/// Seals what is a partner's under keys of that partner alone, which lie outside the database, wrapped by the platform's key.
/// Once they are destroyed nothing that they sealed can be read. One service uses the folder at a time. Safe for use from several threads.
/// </summary>
/// <remarks>Sealed: version, number of the key, nonce, tag, ciphertext (AES-256-GCM); bound to the partner and to what it is for.</remarks>
public sealed class PartnerKeys
{
    /// <summary>The platform's own things are sealed as those of this partner.</summary>
    public const long Platform = 0;

    /// <summary>By how much what is sealed is longer.</summary>
    public const int Overhead = 1 + sizeof(ushort) + NonceBytes + TagBytes;

    // A random nonce may be used 2^32 times under one key (NIST SP 800-38D, 8.3); a partner has some millions of pieces of evidence.
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const byte Version = 1;

    private readonly string folder;
    private readonly string platformFile;
    private readonly Lock gate = new();
    private readonly Dictionary<long, KeyRing> rings = [];
    private PlatformKey platform;

    private PartnerKeys(string folder, string platformFile, PlatformKey platform)
    {
        this.folder = folder;
        this.platformFile = platformFile;
        this.platform = platform;
    }

    /// <summary>Opens the folder of keys, making it and the platform's key where there is none.</summary>
    /// <param name="platformFile">The platform's key, where it is kept elsewhere; it must be there then.</param>
    /// <exception cref="SealedException">A key file is damaged or open to others, or the platform's key is missing although there are keys of partners.</exception>
    public static PartnerKeys Open(string folder, string? platformFile = null)
    {
        var path = platformFile ?? Path.Combine(folder, "platform.key");
        using var turn = KeyFile.Turn(folder);
        if (KeyFile.Find(path) is { } content)
        {
            return new PartnerKeys(folder, path, PlatformKey.Parse(content, path));
        }

        if (platformFile is not null || Partners(folder).Any())
        {
            throw new SealedException($"there is no platform key {path}; put its backup there, nothing that was sealed can be read without");
        }

        var key = PlatformKey.Create();
        KeyFile.Write(path, key.Text());
        return new PartnerKeys(folder, path, key);
    }

    /// <summary>Where other secrets of the platform may lie: keys that sign.</summary>
    public string Folder => folder;

    /// <summary>Seals it; the partner's keys are made at first use.</summary>
    /// <param name="purpose">What it is and belongs to, such as <c>evidence</c>; to be given again to open it.</param>
    /// <exception cref="SealedException">The partner's keys are destroyed or damaged.</exception>
    public byte[] Seal(long partnerId, string purpose, ReadOnlySpan<byte> content)
    {
        lock (gate)
        {
            var ring = Ring(partnerId, make: true);
            var box = new byte[Overhead + content.Length];
            box[0] = Version;
            BinaryPrimitives.WriteUInt16BigEndian(box.AsSpan(1), ring.Newest);
            var nonce = box.AsSpan(1 + sizeof(ushort), NonceBytes);
            RandomNumberGenerator.Fill(nonce);
            using var aes = new AesGcm(ring.SealingKey(ring.Newest), TagBytes);
            aes.Encrypt(nonce, content, box.AsSpan(Overhead), box.AsSpan(Overhead - TagBytes, TagBytes), Context(partnerId, purpose));
            return box;
        }
    }

    /// <summary>What was sealed for that partner and purpose.</summary>
    /// <exception cref="SealedException">It was changed, is another's or for another purpose, or the keys are destroyed.</exception>
    public byte[] Open(long partnerId, string purpose, ReadOnlySpan<byte> box)
    {
        lock (gate)
        {
            var ring = Ring(partnerId, make: false);
            if (box.Length < Overhead || box[0] != Version || ring.SealingKey(BinaryPrimitives.ReadUInt16BigEndian(box[1..])) is not { Length: > 0 } key)
            {
                throw Damaged(purpose, null);
            }

            var content = new byte[box.Length - Overhead];
            try
            {
                using var aes = new AesGcm(key, TagBytes);
                aes.Decrypt(
                    box.Slice(1 + sizeof(ushort), NonceBytes),
                    box[Overhead..],
                    box.Slice(Overhead - TagBytes, TagBytes),
                    content,
                    Context(partnerId, purpose)
                );
                return content;
            }
            catch (CryptographicException e)
            {
                throw Damaged(purpose, e);
            }
        }
    }

    /// <summary>The name of a content: equal for equal contents of one partner; between partners nothing can be told. 64 hex digits.</summary>
    /// <exception cref="SealedException">The partner's keys are destroyed or damaged.</exception>
    public string Digest(long partnerId, ReadOnlySpan<byte> content)
    {
        using var digest = Digesting(partnerId);
        digest.AppendData(content);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>The same for what comes in pieces.</summary>
    internal IncrementalHash Digesting(long partnerId)
    {
        lock (gate)
        {
            return IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Ring(partnerId, make: true).NamingKey);
        }
    }

    /// <summary>A key for one long content, made from the partner's newest key or the one of that number.</summary>
    /// <exception cref="SealedException">There is no such key.</exception>
    internal (ushort Number, byte[] Key) Derive(long partnerId, ushort? number, ReadOnlySpan<byte> salt, string purpose)
    {
        lock (gate)
        {
            var ring = Ring(partnerId, make: number is null);
            var chosen = number ?? ring.Newest;
            var key = new byte[KeyRing.KeyBytes];
            HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                ring.SealingKey(chosen) is { Length: > 0 } from ? from : throw Damaged(purpose, null),
                key,
                salt,
                Context(partnerId, purpose)
            );
            return (chosen, key);
        }
    }

    /// <summary>From now on another key seals; what older ones sealed can still be opened.</summary>
    public void Rotate(long partnerId)
    {
        lock (gate)
        {
            using var turn = KeyFile.Turn(folder);
            var rotated = Ring(partnerId, make: true, held: true).Rotated();
            KeyFile.Write(PathOf(partnerId), rotated.Wrapped(platform, partnerId));
            rings[partnerId] = rotated;
        }
    }

    /// <summary>Makes another platform key and wraps all keys again with it: copies of the folder from before are of no use without the old one.</summary>
    public void RotatePlatform()
    {
        lock (gate)
        {
            using var turn = KeyFile.Turn(folder);
            // Both are there until all is wrapped again, so that it may break off anywhere.
            platform = platform.WithNew();
            KeyFile.Write(platformFile, platform.Text());
            foreach (var partnerId in Partners(folder).Where(id => !IsDestroyed(id)).ToList())
            {
                KeyFile.Write(PathOf(partnerId), Ring(partnerId, make: false).Wrapped(platform, partnerId));
            }

            platform = platform.OnlyNewest();
            KeyFile.Write(platformFile, platform.Text());
        }
    }

    /// <summary>Destroys the partner's keys for good: there will be no others for it.</summary>
    public void Destroy(long partnerId)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(partnerId, Platform);
        lock (gate)
        {
            using var turn = KeyFile.Turn(folder);
            // First, so that nothing is sealed for it any more wherever this breaks off.
            KeyFile.Write(TombstoneOf(partnerId), []);
            KeyFile.Destroy(PathOf(partnerId));
            if (rings.Remove(partnerId, out var ring))
            {
                ring.Forget();
            }
        }
    }

    public bool IsDestroyed(long partnerId) => File.Exists(TombstoneOf(partnerId));

    private KeyRing Ring(long partnerId, bool make, bool held = false)
    {
        if (rings.TryGetValue(partnerId, out var known))
        {
            return known;
        }

        var ring = Load(partnerId);
        if (ring is null && make)
        {
            using var turn = held ? null : KeyFile.Turn(folder);
            ring = Load(partnerId);
            if (ring is null)
            {
                ring = KeyRing.Create();
                KeyFile.Write(PathOf(partnerId), ring.Wrapped(platform, partnerId));
            }
        }

        return rings[partnerId] = ring ?? throw new SealedException($"there are no keys of partner {partnerId}; put their backup into {folder}");
    }

    private KeyRing? Load(long partnerId)
    {
        if (IsDestroyed(partnerId))
        {
            throw new SealedException($"the keys of partner {partnerId} are destroyed; what they sealed is gone", isDestroyed: true);
        }

        var path = PathOf(partnerId);
        return KeyFile.Find(path) is { } content ? KeyRing.Unwrap(content, platform, partnerId, path) : null;
    }

    private string PathOf(long partnerId) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"partner-{partnerId}.key"));

    private string TombstoneOf(long partnerId) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"partner-{partnerId}.destroyed"));

    private static IEnumerable<long> Partners(string folder) =>
        Directory
            .EnumerateFiles(folder, "partner-*.key")
            .Select(path => Path.GetFileNameWithoutExtension(path)["partner-".Length..])
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1)
            .Where(id => id >= 0);

    private static byte[] Context(long partnerId, string purpose)
    {
        var context = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(purpose)];
        BinaryPrimitives.WriteInt64BigEndian(context, partnerId);
        Encoding.UTF8.GetBytes(purpose, context.AsSpan(sizeof(long)));
        return context;
    }

    private static SealedException Damaged(string purpose, Exception? inner) =>
        new($"what was sealed as {purpose} was changed, or is not this partner's; take it from a backup", inner: inner);
}
