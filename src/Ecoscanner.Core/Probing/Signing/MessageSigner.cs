using System.Security.Cryptography;
using Ecoscanner.Findings;

namespace Ecoscanner.Probing.Signing;

/// <summary>Signs our requests (RFC 9421), so that their receiver can tell them from somebody who only says to be us.</summary>
public sealed class MessageSigner
{
    private readonly Func<SigningKey> key;
    private readonly string tag;
    private readonly string? agent;
    private readonly TimeProvider time;

    private MessageSigner(Func<SigningKey> key, string tag, string? agent, TimeProvider time)
    {
        this.key = key;
        this.tag = tag;
        this.agent = agent;
        this.time = time;
    }

    /// <summary>Who signs: "platform" or "desk scan".</summary>
    public string SignedAs => SignatureProfile.SignedAs(tag)!;

    /// <summary>Signs as one installation, whose key stands in no directory.</summary>
    public static MessageSigner ForDesk(SigningKey key, TimeProvider time) => new(() => key, SignatureProfile.DeskTag, agent: null, time);

    /// <summary>Signs as the platform, with whichever of its keys is in use.</summary>
    /// <param name="origin">Where the directory is served: an https origin.</param>
    public static MessageSigner ForPlatform(PlatformKeys keys, Uri origin, TimeProvider time) =>
        new(() => keys.Current, SignatureProfile.PlatformTag, DirectoryResponse.Origin(origin), time);

    /// <summary>The Content-Digest of a body, for who sends it and lets another sign.</summary>
    public static string DigestOf(ReadOnlySpan<byte> body) => ContentDigest.Of(body);

    /// <summary>The headers that sign one request; fits <see cref="RequestSigner"/>. Safe to call from several threads.</summary>
    /// <exception cref="FormatException">Method or run id is not printable ASCII.</exception>
    public IReadOnlyList<HeaderField> Sign(string method, Uri target, string runId, ReadOnlyMemory<byte> body) =>
        Sign(method, target, runId, DigestOf(body.Span));

    /// <inheritdoc cref="Sign(string, Uri, string, ReadOnlyMemory{byte})"/>
    /// <param name="digest">The body's, as <see cref="DigestOf"/> gives it.</param>
    public IReadOnlyList<HeaderField> Sign(string method, Uri target, string runId, string digest)
    {
        var signingKey = key();
        var agentItem = agent is null ? null : new StructuredItem(agent);
        var created = time.GetUtcNow().ToUnixTimeSeconds();
        var input = new StructuredInnerList(
            agentItem is null ? SignatureProfile.Components : [.. SignatureProfile.Components, SignatureProfile.AgentComponent],
            new("created", created),
            new("expires", created + (long)SignatureProfile.Lifetime.TotalSeconds),
            new("nonce", Convert.ToBase64String(RandomNumberGenerator.GetBytes(SignatureProfile.NonceBytes))),
            new("keyid", signingKey.KeyId),
            new("alg", SignatureProfile.Algorithm),
            new("tag", tag)
        );
        var signatureBase = SignatureBase.Of(
            input,
            component =>
                component.Value switch
                {
                    "@method" => method,
                    "@target-uri" => TargetUri(target),
                    "content-digest" => digest,
                    "x-ecoscanner-run" => runId,
                    "signature-agent" => agentItem!.ToString(),
                    _ => throw new InvalidOperationException($"nothing to sign for {component}"),
                }
        );

        HeaderField[] agentField = agentItem is null ? [] : [new(SignatureProfile.AgentHeader, $"{SignatureProfile.Label}={agentItem}")];
        return [new(ContentDigest.Header, digest), .. agentField, .. SignatureProfile.Fields(SignatureProfile.Label, input, signingKey.Sign(signatureBase))];
    }

    // RFC 9421 section 2.2.2, as the receiver puts it together from the request line and Host: names in ASCII, no default port, no fragment.
    private static string TargetUri(Uri target)
    {
        var host = target.HostNameType is UriHostNameType.IPv6 ? target.Host : target.IdnHost;
        return $"{target.Scheme}://{host}{(target.IsDefaultPort ? "" : $":{target.Port}")}{target.PathAndQuery}";
    }
}
