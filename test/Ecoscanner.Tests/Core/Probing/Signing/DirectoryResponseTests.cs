using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class DirectoryResponseTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Clock clock = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_proof_of_the_draft_is_made_to_the_byte()
    {
        // draft-meunier-webbotauth-httpsig-protocol, "Signed Directory Response".
        var body =
            """{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs","use":"sig"}]}"""u8;
        var created = DateTimeOffset.FromUnixTimeSeconds(1735689600);
        var lifetime = DateTimeOffset.FromUnixTimeSeconds(4889289600) - created;

        var proof = DirectoryResponse.Proof("binding", PublishedKeys.Rfc9421, "https://signature-agent.test", body, created, lifetime);

        Assert.Equal("sha-256=:CADMT2aBdV/rqQr/NIru64ERQkCobVvllA4V0fLFDu0=:", ContentDigest.Of(body));
        Assert.Equal(
            [
                new HeaderField(
                    "Signature-Input",
                    "binding=(\"@authority\";req \"content-digest\");created=1735689600;expires=4889289600"
                        + ";keyid=\"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U\";tag=\"http-message-signatures-directory\""
                ),
                new HeaderField("Signature", "binding=:l6P8R67tm3kujAxbHWio7ll01qrEZ0dKD/WWlGhNYEmTnFZM8Wt0VQ9zqGfvo7T/UMkBxsigzChM1Gpz7gOVBg==:"),
            ],
            proof
        );
    }

    [Fact]
    public void Every_key_that_is_published_proves_itself()
    {
        var keys = new PlatformKeys(scratch.Folder, clock);
        _ = keys.Current;
        clock.Now += PlatformKeys.Period - PlatformKeys.Notice;

        var response = DirectoryResponse.Of(keys, new Uri("https://ecoscanner.example:8443"), clock);

        var headers = response.Headers.ToLookup(header => header.Name, header => header.Value);
        Assert.Equal("application/http-message-signatures-directory+json", Assert.Single(headers["Content-Type"]));
        Assert.Equal("max-age=86400", Assert.Single(headers["Cache-Control"]));
        var directory = KeyDirectory.Parse(response.Body.Span);
        Assert.Equal(2, directory.Keys.Count);
        var inputs = StructuredFieldParser.Dictionary(string.Join(", ", headers["Signature-Input"]));
        var signatures = StructuredFieldParser.Dictionary(string.Join(", ", headers["Signature"]));
        Assert.Equal(directory.Keys.Select(key => key.KeyId), inputs.Select(input => input.Value["keyid"]));
        Assert.All(
            inputs,
            input =>
            {
                var signatureBase =
                    $"\"@authority\";req: ecoscanner.example:8443\n\"content-digest\": {Assert.Single(headers["Content-Digest"])}\n\"@signature-params\": {input.Value}";
                var signature = (byte[])((StructuredItem)signatures[input.Key]).Value;
                var key = directory.Find((string)input.Value["keyid"]!)!;
                Assert.True(Ed25519.Verify(key.PublicKey.Span, Encoding.ASCII.GetBytes(signatureBase), signature));
            }
        );
    }
}
