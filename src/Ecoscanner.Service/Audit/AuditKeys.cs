using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Audit;

/// <summary>
/// The key that signs heads of chains (ECDSA, P-256), made at first use in the folder of keys, and the public halves of all there ever were.
/// Not the Ed25519 that signs our traffic: partners check heads on machines that need not have OpenSSL.
/// </summary>
public sealed class AuditKeys : IDisposable
{
    private const string Current = "audit-signing.pem";
    private const string PublicPrefix = "audit-";
    private const string PublicSuffix = ".pub.pem";

    private readonly string folder;
    private ECDsa key;

    private AuditKeys(string folder, ECDsa key)
    {
        this.folder = folder;
        this.key = key;
    }

    /// <summary>The key's name in heads: the beginning of the SHA-256 of its public half (SPKI), in hex.</summary>
    public string KeyId => IdOf(key);

    /// <summary>The public halves in PEM by their names: what is served to partners.</summary>
    public IReadOnlyDictionary<string, string> PublicKeys =>
        Directory
            .EnumerateFiles(folder, $"{PublicPrefix}*{PublicSuffix}")
            .Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetFileName(path)[PublicPrefix.Length..^PublicSuffix.Length], File.ReadAllText, StringComparer.Ordinal);

    /// <exception cref="SealedException">The key file is damaged or open to others.</exception>
    public static AuditKeys Open(string folder)
    {
        var path = Path.Combine(folder, Current);
        using var turn = KeyFile.Turn(folder);
        if (KeyFile.Find(path) is not { } content)
        {
            return new AuditKeys(folder, Make(folder));
        }

        var read = ECDsa.Create();
        try
        {
            read.ImportFromPem(Encoding.ASCII.GetString(content));
            return new AuditKeys(folder, read);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or NotSupportedException)
        {
            read.Dispose();
            throw new SealedException($"{path} is no private key in PEM; put its backup in its place, or delete it to get a new one", inner: e);
        }
    }

    /// <summary>From now on another key signs; the public half of the old one stays, for the heads it signed.</summary>
    public void Rotate()
    {
        using var turn = KeyFile.Turn(folder);
        var old = key;
        key = Make(folder);
        old.Dispose();
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose() => key.Dispose();

    internal static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));

    private static ECDsa Make(string folder)
    {
        var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The public half first: no head is signed by a key that cannot be served.
        KeyFile.Write(Path.Combine(folder, $"{PublicPrefix}{IdOf(made)}{PublicSuffix}"), Encoding.ASCII.GetBytes(made.ExportSubjectPublicKeyInfoPem() + "\n"));
        KeyFile.Write(Path.Combine(folder, Current), Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem() + "\n"));
        return made;
    }
}
