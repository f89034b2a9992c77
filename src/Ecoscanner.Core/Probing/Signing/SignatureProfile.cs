using Ecoscanner.Findings;

namespace Ecoscanner.Probing.Signing;

/// <summary>What every signature of ours covers and says; the page docs/operating/politeness.md tells it to the people who read it.</summary>
internal static class SignatureProfile
{
    public const string InputHeader = "Signature-Input";
    public const string SignatureHeader = "Signature";
    public const string AgentHeader = "Signature-Agent";
    public const string Algorithm = "ed25519";

    /// <summary>The key of our members in the dictionaries of all three fields.</summary>
    public const string Label = "ecoscanner";

    /// <summary>Signed by the platform, whose keys a directory publishes (draft-meunier-webbotauth-httpsig-protocol asks for this tag).</summary>
    public const string PlatformTag = "web-bot-auth";

    /// <summary>Signed by one installation's own key. The draft's tag would promise a directory, and there is none.</summary>
    public const string DeskTag = "ecoscanner-desk-scan";

    /// <summary>Bytes of randomness in a nonce.</summary>
    public const int NonceBytes = 16;

    /// <summary>From <c>created</c> to <c>expires</c>.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>The components each signature covers, in order.</summary>
    public static readonly IReadOnlyList<StructuredItem> Components = [new("@method"), new("@target-uri"), new("content-digest"), new("x-ecoscanner-run")];

    /// <summary>The further component of a signature that names a directory.</summary>
    public static readonly StructuredItem AgentComponent = new("signature-agent", new KeyValuePair<string, object>("key", Label));

    /// <summary>Who a tag says has signed: "platform" or "desk scan"; null where the tag is none of ours.</summary>
    public static string? SignedAs(object? tag) =>
        tag switch
        {
            PlatformTag => "platform",
            DeskTag => "desk scan",
            _ => null,
        };

    /// <summary>The two fields that hold a signature under a label.</summary>
    public static HeaderField[] Fields(string label, StructuredInnerList input, byte[] signature) =>
        [new(InputHeader, $"{label}={input}"), new(SignatureHeader, $"{label}={new StructuredItem(signature)}")];
}
