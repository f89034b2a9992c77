using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Probing.Signing;

/// <summary>An Ed25519 private key with its public half and its name; kept as PKCS#8 in PEM, readable by its owner only.</summary>
public sealed class SigningKey
{
    // A key file of ours has 119 bytes; an OpenSSL one with attributes has a few more.
    private const int MaximumFileBytes = 4096;

    private const string PemLabel = "PRIVATE KEY";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    // PrivateKeyInfo of RFC 8410 section 7: version 0, id-Ed25519, and an OCTET STRING in an OCTET STRING that holds the seed.
    private static readonly byte[] PrivateKeyInfo = Convert.FromHexString("302E020100300506032B657004220420");

    private readonly byte[] seed;
    private readonly byte[] publicKey;

    /// <summary>The key with this seed of 32 bytes.</summary>
    internal SigningKey(byte[] seed)
    {
        this.seed = seed;
        publicKey = Ed25519.PublicKey(seed);
        KeyId = Thumbprint(publicKey);
    }

    /// <summary>The 32 bytes that verify what this key signs.</summary>
    public ReadOnlySpan<byte> PublicKey => publicKey;

    /// <summary>The key's JWK thumbprint (RFC 7638, RFC 8037 appendix A.3), base64url: <c>keyid</c> of its signatures.</summary>
    public string KeyId { get; }

    public static SigningKey Create() => new(RandomNumberGenerator.GetBytes(Ed25519.SeedBytes));

    /// <summary>The key in this file.</summary>
    /// <exception cref="InvalidDataException">The file is no Ed25519 key, or others may read it.</exception>
    public static SigningKey Load(string path)
    {
        using var file = File.OpenRead(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None)
        {
            throw new InvalidDataException($"key {path} is open to others; run chmod 600 on it, or delete it to get a new one");
        }

        var content = new byte[MaximumFileBytes];
        var text = Encoding.ASCII.GetString(content, 0, file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false));
        var info = new byte[PrivateKeyInfo.Length + Ed25519.SeedBytes];
        if (
            !PemEncoding.TryFind(text, out var pem)
            || text[pem.Label] is not PemLabel
            || !Convert.TryFromBase64String(text[pem.Base64Data], info, out var length)
            || length != info.Length
            || !info.AsSpan().StartsWith(PrivateKeyInfo)
        )
        {
            throw new InvalidDataException($"{path} is no Ed25519 private key in PKCS#8 PEM; delete it to get a new one");
        }

        return new SigningKey(info[PrivateKeyInfo.Length..]);
    }

    /// <summary>Writes the key, whole or not at all, for its owner only.</summary>
    /// <exception cref="IOException">There is a file already.</exception>
    public void Save(string path)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        MakeFolder(Path.GetDirectoryName(path)!);
        try
        {
            using (var file = new FileStream(unfinished, options))
            {
                file.Write(Encoding.ASCII.GetBytes(PemEncoding.WriteString(PemLabel, [.. PrivateKeyInfo, .. seed]) + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: false);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => Ed25519.Sign(seed, message);

    /// <summary>Makes a folder for keys, its owner's alone; one that is there stays as it is.</summary>
    internal static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            // What is below %LOCALAPPDATA% is the user's alone.
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    internal static string Thumbprint(ReadOnlySpan<byte> publicKey)
    {
        // RFC 7638 section 3: the required members, by name, without a space.
        var jwk = $$"""{"crv":"Ed25519","kty":"OKP","x":"{{Base64Url.EncodeToString(publicKey)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(jwk)));
    }
}
