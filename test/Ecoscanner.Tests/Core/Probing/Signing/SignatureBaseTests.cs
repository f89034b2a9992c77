using System.Text;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class SignatureBaseTests
{
    // RFC 9421 appendix B.2, test-request.
    private const string TestRequest = """
        POST /foo?param=Value&Pet=dog HTTP/1.1
        Host: example.com
        Date: Tue, 20 Apr 2021 02:07:55 GMT
        Content-Type: application/json
        Content-Digest: sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
        Content-Length: 18

        {"hello": "world"}
        """;

    [Fact]
    public void The_base_and_signature_of_RFC_9421_B_2_6_hold()
    {
        var signatureBase = Base(
            TestRequest,
            "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\""
        );

        Assert.Equal(
            """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@method": POST
            "@path": /foo
            "@authority": example.com
            "content-type": application/json
            "content-length": 18
            "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"
            """,
            signatureBase
        );
        AssertSigned(signatureBase, "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
    }

    [Fact]
    public void The_signature_of_the_draft_over_a_member_of_Signature_Agent_holds()
    {
        // draft-meunier-webbotauth-httpsig-protocol, "Signature-Agent Included Present on the Request".
        var signatureBase = Base(
            "GET /path/to/resource HTTP/1.1\nHost: example.com\nSignature-Agent: agent2=\"https://signature-agent.test\"\n\n",
            "(\"@authority\" \"signature-agent\";key=\"agent2\");created=1735689600;keyid=\"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U\";alg=\"ed25519\""
                + ";expires=4889289600;nonce=\"n9p433xm+NJ3ph3upfBIGmsuwHw387YV7Q/F+6BSpGCVjYCqQw6rznNA8PVVLySrAWsv0hQtFioQb6E1YsauiA==\";tag=\"web-bot-auth\""
        );

        Assert.StartsWith(
            "\"@authority\": example.com\n\"signature-agent\";key=\"agent2\": \"https://signature-agent.test\"\n",
            signatureBase,
            StringComparison.Ordinal
        );
        AssertSigned(signatureBase, "RdNFx5Bj6au3YgAMQL/RzmUlZE8QZLIaXGRpw985hWnwPfMxT228NMk6ehRS1PSl4e8PhbNZACSanGdhEwYCCg==");
    }

    [Theory]
    [InlineData("@method", "POST")]
    [InlineData("@target-uri", "https://example.com/foo?param=Value&Pet=dog")]
    [InlineData("@authority", "example.com")]
    [InlineData("@scheme", "https")]
    [InlineData("@request-target", "/foo?param=Value&Pet=dog")]
    [InlineData("@path", "/foo")]
    [InlineData("@query", "?param=Value&Pet=dog")]
    [InlineData("content-type", "application/json")]
    public void A_component_has_the_value_of_RFC_9421_section_2(string component, string value) =>
        Assert.StartsWith($"\"{component}\": {value}\n", Base(TestRequest, $"(\"{component}\")"), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET / HTTP/1.1\nHost: EXAMPLE.com:443\n\n", "https://example.com/")]
    [InlineData("GET / HTTP/1.1\nHost: example.com:8443\n\n", "https://example.com:8443/")]
    [InlineData("GET / HTTP/1.1\nHost: [2001:db8::1]:443\n\n", "https://[2001:db8::1]/")]
    [InlineData("GET https://Example.com:443/a%2Fb?c HTTP/1.1\nHost: other.example\n\n", "https://example.com/a%2Fb?c")]
    [InlineData("GET https://example.com?c HTTP/1.1\n\n", "https://example.com/?c")]
    public void A_target_uri_is_put_together_from_request_line_and_host(string request, string uri) =>
        Assert.StartsWith($"\"@target-uri\": {uri}\n", Base(request, "(\"@target-uri\")"), StringComparison.Ordinal);

    [Fact]
    public void Lines_of_one_field_are_joined_and_trimmed() =>
        Assert.StartsWith(
            "\"x-list\": a, b,  c\n",
            Base("GET / HTTP/1.1\nHost: example.com\nX-List: \t a \nOther: 1\nX-LIST: b,  c\t\n\n", "(\"x-list\")"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("(\"absent\")")]
    [InlineData("(\"Content-Type\")")]
    [InlineData("(\"@status\")")]
    [InlineData("(\"@signature-params\")")]
    [InlineData("(\"@method\";req)")]
    [InlineData("(\"content-type\";bs)")]
    [InlineData("(\"content-digest\";key=\"sha-256\")")]
    [InlineData("(\"@method\" \"date\" \"@method\")")]
    [InlineData("(token)")]
    public void A_component_that_cannot_be_had_is_refused(string components) => Assert.Throws<FormatException>(() => Base(TestRequest, components));

    [Fact]
    public void A_component_that_is_not_ASCII_is_refused() =>
        Assert.Throws<FormatException>(() => Base("GET / HTTP/1.1\nHost: example.com\nX-City: Z\u00fcrich\n\n", "(\"x-city\")"));

    private static string Base(string request, string input)
    {
        var components = new RequestComponents(CapturedRequest.Parse(Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n"))), "https");
        var list = (StructuredInnerList)StructuredFieldParser.Dictionary($"sig={input}")["sig"];
        return Encoding.ASCII.GetString(SignatureBase.Of(list, components.Value));
    }

    private static void AssertSigned(string signatureBase, string signature) =>
        Assert.True(Ed25519.Verify(PublishedKeys.Rfc9421.PublicKey, Encoding.ASCII.GetBytes(signatureBase), Convert.FromBase64String(signature)));
}
