using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Service.Storage;

/// <summary>The keys that wrap the partners' keys, the newest last: older ones are there only while a rotation goes on. A line of base64 each, so that a person can keep a copy in a safe.</summary>
internal sealed class PlatformKey
{
    public const int IdBytes = 8;

    private readonly IReadOnlyList<byte[]> keys;

    private PlatformKey(IReadOnlyList<byte[]> keys) => this.keys = keys;

    public static PlatformKey Create() => new([RandomNumberGenerator.GetBytes(KeyRing.KeyBytes)]);

    /// <exception cref="SealedException">It is no such file.</exception>
    public static PlatformKey Parse(ReadOnlySpan<byte> content, string path)
    {
        var read = new List<byte[]>();
        foreach (var line in Encoding.ASCII.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var key = new byte[KeyRing.KeyBytes];
            read.Add(Convert.TryFromBase64String(line, key, out var length) && length == key.Length ? key : throw Damaged(path));
        }

        return read.Count > 0 ? new PlatformKey(read) : throw Damaged(path);
    }

    public byte[] Text() => Encoding.ASCII.GetBytes(string.Concat(keys.Select(key => $"{Convert.ToBase64String(key)}\n")));

    /// <summary>The one that wraps now, and its name.</summary>
    public (byte[] Id, byte[] Key) Newest => (IdOf(keys[^1]), keys[^1]);

    /// <summary>The key of that name, or null.</summary>
    public byte[]? Find(ReadOnlySpan<byte> id)
    {
        foreach (var key in keys)
        {
            if (id.SequenceEqual(IdOf(key)))
            {
                return key;
            }
        }

        return null;
    }

    public PlatformKey WithNew() => new([.. keys, RandomNumberGenerator.GetBytes(KeyRing.KeyBytes)]);

    public PlatformKey OnlyNewest() => new([keys[^1]]);

    private static byte[] IdOf(byte[] key) => SHA256.HashData(key)[..IdBytes];

    private static SealedException Damaged(string path) =>
        new($"{path} is no platform key; put its backup in its place, nothing that was sealed can be read without");
}
