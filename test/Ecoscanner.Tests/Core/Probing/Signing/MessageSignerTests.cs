using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class MessageSignerTests : IDisposable
{
    private const string EmptyDigest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    private readonly Scratch scratch = new();
    private readonly Clock clock = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_desk_scan_signs_with_its_own_key_and_says_so()
    {
        var key = SigningKey.Create();
        RequestSigner signer = MessageSigner.ForDesk(key, clock).Sign;

        var headers = signer("GET", new Uri("https://app.example/a?b#c"), "run1", default);

        Assert.Equal(["Content-Digest", "Signature-Input", "Signature"], headers.Select(header => header.Name));
        Assert.Equal(EmptyDigest, headers[0].Value);
        Assert.Matches(
            "^ecoscanner=\\(\"@method\" \"@target-uri\" \"content-digest\" \"x-ecoscanner-run\"\\)"
                + $";created=1793887380;expires=1793887440;nonce=\"[A-Za-z0-9+/]{{22}}==\";keyid=\"{key.KeyId}\";alg=\"ed25519\";tag=\"ecoscanner-desk-scan\"$",
            headers[1].Value
        );
        Assert.Matches("^ecoscanner=:[A-Za-z0-9+/]{86}==:$", headers[2].Value);
    }

    [Fact]
    public void The_platform_names_its_directory_and_signs_that_too()
    {
        var keys = new PlatformKeys(scratch.Folder, clock);
        var signer = MessageSigner.ForPlatform(keys, new Uri("https://ecoscanner.example/"), clock);

        var headers = signer.Sign("GET", new Uri("https://app.example/"), "run1", ReadOnlyMemory<byte>.Empty);

        Assert.Equal("platform", signer.SignedAs);
        Assert.Contains(new HeaderField("Signature-Agent", "ecoscanner=\"https://ecoscanner.example\""), headers);
        Assert.Contains("\"signature-agent\";key=\"ecoscanner\")", headers[2].Value, StringComparison.Ordinal);
        Assert.Contains($"keyid=\"{keys.Current.KeyId}\"", headers[2].Value, StringComparison.Ordinal);
        Assert.EndsWith(";tag=\"web-bot-auth\"", headers[2].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_request_has_a_nonce_of_its_own()
    {
        var signer = MessageSigner.ForDesk(SigningKey.Create(), clock);

        Assert.Equal(
            100,
            Enumerable
                .Range(0, 100)
                .Select(_ => signer.Sign("GET", new Uri("https://app.example/"), "run1", ReadOnlyMemory<byte>.Empty)[1].Value)
                .Distinct()
                .Count()
        );
    }

    [Theory]
    [InlineData("https://app.example", "https://app.example/")]
    [InlineData("https://APP.example:443/a%2fb?c=d%20e#f", "https://app.example/a%2fb?c=d%20e")]
    [InlineData("http://app.example:8080/", "http://app.example:8080/")]
    [InlineData("https://b\u00fccher.example/", "https://xn--bcher-kva.example/")]
    [InlineData("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/")]
    public void The_target_is_signed_as_it_goes_over_the_wire(string url, string targetUri)
    {
        var key = SigningKey.Create();
        var headers = MessageSigner.ForDesk(key, clock).Sign("GET", new Uri(url), "run1", ReadOnlyMemory<byte>.Empty);
        var signatureBase =
            $"\"@method\": GET\n\"@target-uri\": {targetUri}\n\"content-digest\": {EmptyDigest}\n\"x-ecoscanner-run\": run1\n"
            + $"\"@signature-params\": {headers[1].Value["ecoscanner=".Length..]}";

        Assert.True(
            Ed25519.Verify(key.PublicKey, Encoding.ASCII.GetBytes(signatureBase), Convert.FromBase64String(headers[2].Value["ecoscanner=:".Length..^1]))
        );
    }

    [Theory]
    [InlineData("GET", "run\n1")]
    [InlineData("G\u00c9T", "run1")]
    public void What_could_pose_as_another_component_is_not_signed(string method, string runId) =>
        Assert.Throws<FormatException>(() =>
            MessageSigner.ForDesk(SigningKey.Create(), clock).Sign(method, new Uri("https://app.example/"), runId, ReadOnlyMemory<byte>.Empty)
        );

    [Theory]
    [InlineData("http://ecoscanner.example/")]
    [InlineData("https://ecoscanner.example/path")]
    [InlineData("https://user@ecoscanner.example/")]
    public void A_directory_that_is_no_https_origin_is_refused(string origin) =>
        Assert.Throws<FormatException>(() => MessageSigner.ForPlatform(new PlatformKeys(scratch.Folder, clock), new Uri(origin), clock));
}
