using Ecoscanner.Findings;

namespace Ecoscanner.Probing.Signing;

/// <summary>
/// The answer to a request for the platform's key directory, signed by every key in it: proof that they are held here
/// (draft-meunier-webbotauth-httpsig-protocol, "Possession Proof on the Directory Response").
/// </summary>
/// <param name="Headers">Content-Type, Cache-Control, Content-Digest, Signature-Input and Signature.</param>
/// <param name="Body">The key set.</param>
public sealed record DirectoryResponse(IReadOnlyList<HeaderField> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>How long a receiver may keep the answer, and for how long its signatures are valid.</summary>
    public static readonly TimeSpan CacheLifetime = TimeSpan.FromDays(1);

    private const string Tag = "http-message-signatures-directory";

    /// <summary>The answer now.</summary>
    /// <param name="origin">The https origin that the operator configured. Never the request's Host: whoever chooses that would get our proof for a name of theirs.</param>
    public static DirectoryResponse Of(PlatformKeys keys, Uri origin, TimeProvider time)
    {
        var publishable = keys.Publishable();
        var body = new KeyDirectory([.. publishable.Select(key => key.Public)]).ToJson();
        var headers = new List<HeaderField>
        {
            new("Content-Type", KeyDirectory.MediaType),
            new("Cache-Control", $"max-age={(long)CacheLifetime.TotalSeconds}"),
            new(ContentDigest.Header, ContentDigest.Of(body)),
        };
        for (var i = 0; i < publishable.Count; i++)
        {
            headers.AddRange(Proof($"key{i + 1}", publishable[i].Key, Origin(origin), body, time.GetUtcNow(), CacheLifetime));
        }

        return new DirectoryResponse(headers, body);
    }

    internal static IReadOnlyList<HeaderField> Proof(
        string label,
        SigningKey key,
        string origin,
        ReadOnlySpan<byte> body,
        DateTimeOffset created,
        TimeSpan lifetime
    )
    {
        var digest = ContentDigest.Of(body);
        var input = new StructuredInnerList(
            [new("@authority", new KeyValuePair<string, object>("req", true)), new("content-digest")],
            new("created", created.ToUnixTimeSeconds()),
            new("expires", (created + lifetime).ToUnixTimeSeconds()),
            new("keyid", key.KeyId),
            new("tag", Tag)
        );
        var authority = origin["https://".Length..];
        return SignatureProfile.Fields(label, input, key.Sign(SignatureBase.Of(input, component => component.Value is "@authority" ? authority : digest)));
    }

    /// <summary>The origin's ASCII form (RFC 6454 section 6.2), without a final slash.</summary>
    /// <exception cref="FormatException">It is not https, or more than an origin.</exception>
    internal static string Origin(Uri origin)
    {
        var (scheme, rest) = (origin.Scheme, origin.PathAndQuery + origin.UserInfo + origin.Fragment);
        return scheme == Uri.UriSchemeHttps && rest == "/"
            ? $"https://{origin.IdnHost}{(origin.IsDefaultPort ? "" : $":{origin.Port}")}"
            : throw new FormatException($"{origin} is no https origin; give one like https://ecoscanner.example");
    }
}
