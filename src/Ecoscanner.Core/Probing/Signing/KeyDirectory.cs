using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Probing.Signing;

/// <summary>
/// The public keys that a signer answers for, as a JSON Web Key Set (RFC 7517): what
/// <c>/.well-known/http-message-signatures-directory</c> serves and a verifier pins.
/// </summary>
public sealed partial class KeyDirectory
{
    /// <summary>Where the draft (draft-meunier-webbotauth-httpsig-protocol) wants it served.</summary>
    public const string WellKnownPath = "/.well-known/http-message-signatures-directory";

    public const string MediaType = "application/http-message-signatures-directory+json";

    /// <summary>Largest document that is read. Ours has two keys at most and less than 1 KB.</summary>
    public const int MaximumBytes = 256 * 1024;

    private const int MaximumKeys = 100;

    public KeyDirectory(IReadOnlyList<DirectoryKey> keys) => Keys = keys;

    public IReadOnlyList<DirectoryKey> Keys { get; }

    /// <summary>The directory that holds just this key.</summary>
    public static KeyDirectory Of(SigningKey key) => new([DirectoryKey.Of(key)]);

    /// <summary>Reads a document. Keys of other kinds are left out.</summary>
    /// <exception cref="FormatException">It is no key set, holds a private key, or a <c>kid</c> that is not its key's thumbprint.</exception>
    public static KeyDirectory Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaximumBytes)
        {
            throw new FormatException($"directory is larger than {MaximumBytes} bytes");
        }

        JsonWebKeySet? set;
        try
        {
            set = JsonSerializer.Deserialize(json, Json.Default.JsonWebKeySet);
        }
        catch (JsonException e)
        {
            throw new FormatException($"directory is no JSON Web Key Set at line {e.LineNumber + 1}", e);
        }

        if (set?.Keys is not { Count: <= MaximumKeys } keys)
        {
            throw new FormatException($"directory has no \"keys\" with at most {MaximumKeys} keys");
        }

        return new KeyDirectory([.. keys.Select(Read).OfType<DirectoryKey>()]);
    }

    /// <summary>The key with this thumbprint, or null.</summary>
    public DirectoryKey? Find(string keyId) => Keys.FirstOrDefault(key => key.KeyId == keyId);

    /// <summary>The document, in UTF-8, indented for people.</summary>
    public byte[] ToJson() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonWebKeySet([
                .. Keys.Select(key => new JsonWebKey
                {
                    Type = "OKP",
                    Curve = "Ed25519",
                    Id = key.KeyId,
                    X = Base64Url.EncodeToString(key.PublicKey.Span),
                    Use = "sig",
                    NotBefore = key.NotBefore?.ToUnixTimeSeconds(),
                    Expires = key.Expires?.ToUnixTimeSeconds(),
                }),
            ]),
            Json.Default.JsonWebKeySet
        );

    private static DirectoryKey? Read(JsonWebKey? key, int index)
    {
        if (key is not { Type: "OKP", Curve: "Ed25519", X: { } x, Use: null or "sig" })
        {
            return null;
        }

        if (key.D is not null)
        {
            throw new FormatException($"key {index + 1} of the directory is private (it has a \"d\"); treat it as stolen and publish another");
        }

        var publicKey = new byte[Ed25519.PublicKeyBytes];
        if (!Base64Url.IsValid(x) || !Base64Url.TryDecodeFromChars(x, publicKey, out var length) || length != publicKey.Length)
        {
            throw new FormatException($"\"x\" of key {index + 1} of the directory is not 32 bytes in base64url");
        }

        var read = new DirectoryKey(publicKey) { NotBefore = Time(key.NotBefore, index), Expires = Time(key.Expires, index) };
        return key.Id is null || key.Id == read.KeyId
            ? read
            : throw new FormatException($"\"kid\" of key {index + 1} of the directory is not its thumbprint {read.KeyId}");
    }

    private static DateTimeOffset? Time(long? seconds, int index)
    {
        try
        {
            return seconds is { } value ? DateTimeOffset.FromUnixTimeSeconds(value) : null;
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new FormatException($"\"nbf\" or \"exp\" of key {index + 1} of the directory is no time in seconds since 1970", e);
        }
    }

    private sealed record JsonWebKeySet([property: JsonPropertyName("keys")] IReadOnlyList<JsonWebKey?>? Keys);

    private sealed record JsonWebKey
    {
        [JsonPropertyName("kty")]
        public string? Type { get; init; }

        [JsonPropertyName("crv")]
        public string? Curve { get; init; }

        [JsonPropertyName("kid")]
        public string? Id { get; init; }

        [JsonPropertyName("x")]
        public string? X { get; init; }

        [JsonPropertyName("use")]
        public string? Use { get; init; }

        [JsonPropertyName("nbf")]
        public long? NotBefore { get; init; }

        [JsonPropertyName("exp")]
        public long? Expires { get; init; }

        // Read to be refused, never written.
        [JsonPropertyName("d")]
        public JsonElement? D { get; init; }
    }

    [JsonSourceGenerationOptions(WriteIndented = true, MaxDepth = 8, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(JsonWebKeySet))]
    private sealed partial class Json : JsonSerializerContext;
}

/// <summary>A published Ed25519 key and the time it signs in.</summary>
public sealed record DirectoryKey(ReadOnlyMemory<byte> PublicKey)
{
    /// <summary>Its JWK thumbprint (RFC 7638).</summary>
    public string KeyId { get; } = SigningKey.Thumbprint(PublicKey.Span);

    /// <summary>No signature is created before; null where the directory does not say.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>No signature is valid after; null where the end is not known yet.</summary>
    public DateTimeOffset? Expires { get; init; }

    internal static DirectoryKey Of(SigningKey key) => new(key.PublicKey.ToArray());
}
