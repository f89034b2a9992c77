using System.Globalization;

namespace Ecoscanner.Probing.Signing;

/// <summary>
/// Checks captured requests against a pinned directory (RFC 9421 section 3.2, with our profile's demands).
/// One verifier is one session: a nonce that it saw in one request is a replay in the next. Not for several threads.
/// </summary>
/// <param name="directory">The keys that are believed. Never one that the request itself points to.</param>
public sealed class SignatureVerifier(KeyDirectory directory)
{
    /// <summary>How far the receiver's clock may be from ours.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private const int MaximumNonces = 100_000;

    // A covered value may have thousands of characters, a line for a person should not.
    private const int MaximumDetail = 300;

    private readonly HashSet<string> nonces = new(StringComparer.Ordinal);

    /// <summary>Makes every check, on a machine where <see cref="Ed25519.IsAvailable"/>.</summary>
    /// <param name="at">When the request arrived.</param>
    public SignatureVerification Verify(CapturedRequest request, DateTimeOffset at)
    {
        StructuredInnerList input = null!;
        byte[] signature = null!;
        var found = Step(
            "signature",
            () =>
            {
                (input, signature) = Find(request);
                return $"signed as {SignatureProfile.SignedAs(input["tag"])}";
            }
        );
        if (!found.Passed)
        {
            return new SignatureVerification([found]);
        }

        DirectoryKey? key = null;
        var targetUri = "";
        var nonce = "";
        var result = new SignatureVerification([
            found,
            Step("coverage", () => Coverage(input)),
            Step("algorithm", () => Algorithm(input)),
            Step("key", () => $"{(key = Key(input)).KeyId} is in the pinned directory"),
            Step("time", () => Time(input, key, at)),
            Step("body", () => Body(request)),
            Step("origin", () => $"signed for {request.Method} {targetUri = Origin(request, input, signature, key)}"),
            Step("nonce", () => $"{nonce = Nonce(input)} was not seen before"),
        ]);
        if (!result.Verified)
        {
            return result;
        }

        nonces.Add(nonce);
        return result with
        {
            SignedAs = SignatureProfile.SignedAs(input["tag"]),
            KeyId = key!.KeyId,
            TargetUri = targetUri,
            RunId = request.Field("x-ecoscanner-run"),
        };
    }

    private static VerificationStep Step(string name, Func<string> check)
    {
        var (passed, detail) = (true, "");
        try
        {
            detail = check();
        }
        catch (FormatException e)
        {
            (passed, detail) = (false, e.Message);
        }

        return new VerificationStep(name, passed, detail.Length > MaximumDetail ? $"{detail[..MaximumDetail]}..." : detail);
    }

    // A proxy may have signed too: ours is the one with our tag (RFC 9421 section 7.2.5).
    private static (StructuredInnerList Input, byte[] Signature) Find(CapturedRequest request)
    {
        var inputs = Fields(request, SignatureProfile.InputHeader)
            .Where(member => member.Value is StructuredInnerList && SignatureProfile.SignedAs(member.Value["tag"]) is not null)
            .ToList();
        if (inputs is not [var (label, member)])
        {
            throw new FormatException(
                inputs.Count == 0
                    ? $"no signature has the tag \"{SignatureProfile.PlatformTag}\" or \"{SignatureProfile.DeskTag}\""
                    : $"{inputs.Count} signatures have a tag of ours; we send one"
            );
        }

        return Fields(request, SignatureProfile.SignatureHeader).GetValueOrDefault(label) is StructuredItem { Value: byte[] signature }
            ? ((StructuredInnerList)member, signature)
            : throw new FormatException($"the {SignatureProfile.SignatureHeader} header has no bytes for {label}");
    }

    private static IReadOnlyDictionary<string, StructuredMember> Fields(CapturedRequest request, string name)
    {
        var field = request.Field(name) ?? throw new FormatException($"the request has no {name} header: it is not signed");
        try
        {
            return StructuredFieldParser.Dictionary(field);
        }
        catch (FormatException e)
        {
            throw new FormatException($"the {name} header is no dictionary: {e.Message}", e);
        }
    }

    private static string Coverage(StructuredInnerList input)
    {
        var covered = input.Items.Select(component => component.ToString()).ToHashSet(StringComparer.Ordinal);
        IEnumerable<StructuredItem> required =
            input["tag"] is SignatureProfile.PlatformTag ? [.. SignatureProfile.Components, SignatureProfile.AgentComponent] : SignatureProfile.Components;
        var missing = required.Select(component => component.ToString()).Where(component => !covered.Contains(component)).ToList();
        return missing.Count == 0
            ? $"covers {string.Join(' ', required)}"
            : throw new FormatException($"does not cover {string.Join(' ', missing)}, which ours always do");
    }

    private static string Algorithm(StructuredInnerList input) =>
        input["alg"] is SignatureProfile.Algorithm ? SignatureProfile.Algorithm : throw new FormatException($"is not {SignatureProfile.Algorithm}");

    private DirectoryKey Key(StructuredInnerList input) =>
        input["keyid"] is not string id ? throw new FormatException("the signature names no keyid")
        : directory.Find(id) is { } key ? key
        : throw new FormatException($"{new StructuredItem(id)} is not in the pinned directory: another signer, or a directory from another time");

    private static string Time(StructuredInnerList input, DirectoryKey? key, DateTimeOffset at)
    {
        var (created, expires) = (Moment(input, "created"), Moment(input, "expires"));
        if (expires <= created || expires - created > SignatureProfile.Lifetime)
        {
            throw new FormatException($"is valid for {(expires - created).TotalSeconds} s; ours are for {SignatureProfile.Lifetime.TotalSeconds}");
        }

        if (created - ClockSkew > at)
        {
            throw new FormatException($"was created at {Words(created)}, after {Words(at)}");
        }

        if (expires + ClockSkew < at)
        {
            throw new FormatException($"expired at {Words(expires)}, before {Words(at)}; give the time of the capture with --at");
        }

        return key is not null && (created < key.NotBefore || expires > key.Expires)
            ? throw new FormatException($"was created at {Words(created)}, when the directory says that its key did not sign")
            : $"created at {Words(created)}, expires at {Words(expires)}";
    }

    private static DateTimeOffset Moment(StructuredInnerList input, string parameter) =>
        input[parameter] is long seconds and >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new FormatException($"has no time in \"{parameter}\"");

    private static string Words(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Body(CapturedRequest request)
    {
        var digest = request.Field(ContentDigest.Header) ?? throw new FormatException($"the request has no {ContentDigest.Header} header");
        return ContentDigest.Matches(digest, request.Body.Span)
            ? $"{request.Body.Length} bytes, as {ContentDigest.Header} says"
            : throw new FormatException($"the SHA-256 of its {request.Body.Length} bytes is not the one in {ContentDigest.Header}");
    }

    // The scheme is signed and a capture does not show it: one that verifies is the one that was meant.
    private static string Origin(CapturedRequest request, StructuredInnerList input, byte[] signature, DirectoryKey? key)
    {
        if (key is null)
        {
            throw new FormatException("cannot be checked without the key");
        }

        IEnumerable<string> schemes = request.Scheme is { } known ? [known] : ["https", "http"];
        foreach (var components in schemes.Select(scheme => new RequestComponents(request, scheme)))
        {
            if (Ed25519.Verify(key.PublicKey.Span, SignatureBase.Of(input, components.Value), signature))
            {
                return components.TargetUri;
            }
        }

        throw new FormatException("the signature is not this key's over this request: something that it covers is not as it was sent");
    }

    private string Nonce(StructuredInnerList input)
    {
        var bytes = new byte[MaximumDetail];
        if (input["nonce"] is not string nonce || !Convert.TryFromBase64String(nonce, bytes, out var length) || length < SignatureProfile.NonceBytes)
        {
            throw new FormatException($"is not at least {SignatureProfile.NonceBytes} bytes in base64");
        }

        return nonces.Contains(nonce) ? throw new FormatException($"{nonce} was seen before: the request is a replay")
            : nonces.Count == MaximumNonces ? throw new FormatException($"this session has seen {MaximumNonces} requests; begin another")
            : nonce;
    }
}
