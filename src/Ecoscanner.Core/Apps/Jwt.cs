using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecoscanner.Apps;

/// <summary>A JSON Web Token in compact form (RFC 7519): made with whatever claims a probe needs, or read from text that nobody promised.</summary>
public sealed class Jwt
{
    // Four times what servers take as a header; genuine Connect tokens have about 600 characters.
    private const int MaximumLength = 16 * 1024;
    private const int MaximumDepth = 16;

    private readonly byte[] signedText;
    private readonly byte[] signature;

    private Jwt(JsonElement header, JsonElement claims, byte[] signedText, byte[] signature)
    {
        Algorithm = header.Text("alg");
        KeyId = header.Text("kid");
        Claims = claims;
        this.signedText = signedText;
        this.signature = signature;
    }

    /// <summary>The header's <c>alg</c>, a claim of whoever made the token; null where it has none.</summary>
    public string? Algorithm { get; }

    /// <summary>The header's <c>kid</c>; null where it has none.</summary>
    public string? KeyId { get; }

    /// <summary>The claims, believed by nobody until <see cref="IsSignedBy"/> says so.</summary>
    public JsonElement Claims { get; }

    /// <summary>Makes a token. Claims stand in it as given, in their order, wrong ones too.</summary>
    public static string Make(JsonObject claims, JwtKey key)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = key.Algorithm };
        if (key.Id is { } id)
        {
            header["kid"] = id;
        }

        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>Takes a token apart without believing it. False for whatever is not three parts with two JSON objects in 16 KB.</summary>
    public static bool TryRead(string token, [NotNullWhen(true)] out Jwt? jwt)
    {
        jwt =
            token.Length <= MaximumLength
            && token.Split('.') is [var header, var claims, var signature]
            && Object(header) is { } headerObject
            && Object(claims) is { } claimsObject
            && Bytes(signature) is { } signatureBytes
                ? new Jwt(headerObject, claimsObject, Encoding.ASCII.GetBytes($"{header}.{claims}"), signatureBytes)
                : null;
        return jwt is not null;
    }

    /// <summary>Whether this key signed it, by this key's algorithm: the header's own word for it must be the same.</summary>
    public bool IsSignedBy(JwtKey key) => Algorithm == key.Algorithm && key.Signed(signedText, signature);

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static JsonElement? Object(string part)
    {
        if (Bytes(part) is not { } json)
        {
            return null;
        }

        try
        {
            if (!JsonText.IsAllText(json, MaximumDepth))
            {
                return null;
            }

            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string part) => Ascii.IsValid(part) && Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;
}
