using System.Text;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class SignatureVerifierTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Clock clock = new();
    private readonly SigningKey key = SigningKey.Create();
    private readonly MessageSigner desk;

    public SignatureVerifierTests() => desk = MessageSigner.ForDesk(key, clock);

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("GET", "https://app.example/", "")]
    [InlineData("GET", "http://app.example:8080/a?b=c%20d&e", "")]
    [InlineData("POST", "https://[2001:db8::1]:8443/installed", "{\"key\":\"app\"}")]
    public void A_request_of_a_desk_scan_is_verified(string method, string url, string body)
    {
        var verification = Verify(Captured.Text(desk, method, url, body));

        Assert.All(verification.Steps, step => Assert.True(step.Passed, $"{step.Name}: {step.Detail}"));
        Assert.True(verification.Verified);
        Assert.Equal(("desk scan", key.KeyId, url, Captured.RunId), (verification.SignedAs, verification.KeyId, verification.TargetUri, verification.RunId));
    }

    [Fact]
    public void A_request_of_the_platform_is_verified_before_during_and_after_a_change_of_keys()
    {
        var keys = new PlatformKeys(scratch.Folder, clock);
        var signer = MessageSigner.ForPlatform(keys, new Uri("https://ecoscanner.example"), clock);
        var begin = clock.Now;
        TimeSpan[] moments =
        [
            TimeSpan.Zero,
            PlatformKeys.Period - PlatformKeys.Notice,
            PlatformKeys.Period - TimeSpan.FromSeconds(1),
            PlatformKeys.Period,
            PlatformKeys.Period + PlatformKeys.Afterwards,
        ];
        foreach (var moment in moments)
        {
            clock.Now = begin + moment;
            var capture = Captured.Text(signer, "GET", "https://app.example/");

            // The receiver looks as late as it may.
            clock.Now += SignatureProfile.Lifetime + SignatureVerifier.ClockSkew - TimeSpan.FromSeconds(1);
            var verification = new SignatureVerifier(keys.Published).Verify(Captured.Parse(capture), clock.Now);

            Assert.All(verification.Steps, step => Assert.True(step.Passed, $"{moment}: {step.Name}: {step.Detail}"));
            Assert.Equal("platform", verification.SignedAs);
        }
    }

    [Theory]
    [InlineData("GET /a?b", "POST /a?b", "origin")]
    [InlineData("GET /a?b", "GET /a?c", "origin")]
    [InlineData("Host: app.example", "Host: other.example", "origin")]
    [InlineData("X-Ecoscanner-Run: 7", "X-Ecoscanner-Run: 8", "origin")]
    [InlineData("X-Ecoscanner-Run: ", "X-Other: ", "origin")]
    [InlineData("X-Ecoscanner-Run: ", "X-Ecoscanner-Run: 1\r\nX-Ecoscanner-Run: ", "origin")]
    [InlineData("47DEQpj8", "57DEQpj8", "body,origin")]
    [InlineData("Content-Digest: sha-256", "Content-Digest: sha-512", "body,origin")]
    [InlineData("\r\n\r\n", "\r\nContent-Length: 4\r\n\r\nmore", "body")]
    [InlineData("\"@method\" ", "", "coverage,origin")]
    [InlineData(" \"x-ecoscanner-run\"", "", "coverage,origin")]
    [InlineData("alg=\"ed25519\"", "alg=\"rsa-v1_5-sha256\"", "algorithm,origin")]
    [InlineData(";alg=\"ed25519\"", "", "algorithm,origin")]
    [InlineData("keyid=\"", "keyid=\"x", "key,origin")]
    [InlineData("expires=1793887440", "expires=1793887441", "time,origin")]
    [InlineData("created=1793887380", "created=1793887450", "time,origin")]
    [InlineData("created=1793887380", "created=\"now\"", "time,origin")]
    [InlineData("created=1793887380", "created=999999999999999", "time,origin")]
    [InlineData("nonce=\"", "nonce=\"!", "origin,nonce")]
    [InlineData("nonce=", "once=", "origin,nonce")]
    [InlineData("nonce=", "nonce=\"c2hvcnQ=\";once=", "origin,nonce")]
    [InlineData("tag=\"ecoscanner-desk-scan\"", "tag=\"web-bot-auth\"", "coverage,origin")]
    [InlineData("tag=\"ecoscanner-desk-scan\"", "tag=\"other\"", "signature")]
    [InlineData("Signature-Input: ", "X-Input: ", "signature")]
    [InlineData("Signature: ", "X-Signature: ", "signature")]
    [InlineData("Signature: ecoscanner=:", "Signature: other=:", "signature")]
    [InlineData("Signature: ecoscanner=:", "Signature: ecoscanner=:AAAA", "origin")]
    [InlineData("Signature-Input: ecoscanner=", "Signature-Input: ecoscanner=(", "signature")]
    public void A_request_that_was_changed_is_not_verified_and_the_step_says_why(string original, string changed, string failed)
    {
        var capture = Captured.Text(desk, "GET", "https://app.example/a?b");
        Assert.Contains(original, capture, StringComparison.Ordinal);
        var at = capture.IndexOf(original, StringComparison.Ordinal);

        var verification = Verify(capture[..at] + changed + capture[(at + original.Length)..]);

        Assert.False(verification.Verified);
        Assert.Equal(failed, string.Join(',', verification.Steps.Where(step => !step.Passed).Select(step => step.Name)));
        Assert.Null(verification.SignedAs);
    }

    [Theory]
    [InlineData("https://app.example/", ":443")]
    [InlineData("http://app.example/", ":80")]
    public void The_schemes_own_port_in_Host_does_not_matter(string url, string port) =>
        Assert.True(Verify(Captured.Text(desk, "GET", url).Replace("app.example", $"app.example{port}", StringComparison.Ordinal)).Verified);

    [Fact]
    public void What_a_proxy_adds_does_not_matter()
    {
        var capture = Captured
            .Text(desk, "GET", "https://app.example/")
            .Replace(
                "Host: ",
                "Via: 1.1 proxy\r\nX-City: Z\u00fcrich\r\nSignature-Input: proxy=(\"@method\");tag=\"edge\"\r\nSignature: proxy=:AAAA:\r\nhost: ",
                StringComparison.Ordinal
            );

        Assert.True(Verify(capture).Verified);
    }

    [Fact]
    public void Two_signatures_with_our_tag_are_one_too_many()
    {
        var capture = Captured
            .Text(desk, "GET", "https://app.example/")
            .Replace("Signature-Input: ", "Signature-Input: two=();tag=\"web-bot-auth\", ", StringComparison.Ordinal);

        Assert.Equal("2 signatures have a tag of ours; we send one", Assert.Single(Verify(capture).Steps).Detail);
    }

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void A_signature_counts_in_its_minute_with_half_a_minute_for_clocks(int seconds, bool verified)
    {
        var capture = Captured.Text(desk, "GET", "https://app.example/");
        clock.Now += TimeSpan.FromSeconds(seconds);

        Assert.Equal(verified, Verify(capture).Verified);
    }

    [Fact]
    public void A_key_counts_only_in_the_time_that_the_directory_gives_it()
    {
        var capture = Captured.Parse(Captured.Text(desk, "GET", "https://app.example/"));
        var published = DirectoryKey.Of(key);

        Assert.False(new SignatureVerifier(new([published with { NotBefore = clock.Now.AddSeconds(1) }])).Verify(capture, clock.Now).Verified);
        Assert.False(new SignatureVerifier(new([published with { Expires = clock.Now.AddSeconds(59) }])).Verify(capture, clock.Now).Verified);
        Assert.True(
            new SignatureVerifier(new([published with { NotBefore = clock.Now, Expires = clock.Now.AddSeconds(60) }])).Verify(capture, clock.Now).Verified
        );
    }

    [Fact]
    public void A_signature_by_a_key_that_is_not_pinned_is_not_believed()
    {
        var stranger = MessageSigner.ForDesk(SigningKey.Create(), clock);

        var failed = Verify(Captured.Text(stranger, "GET", "https://app.example/")).Steps.First(step => !step.Passed);

        Assert.Equal("key", failed.Name);
        Assert.Contains("not in the pinned directory", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_comes_twice_is_a_replay()
    {
        var verifier = new SignatureVerifier(KeyDirectory.Of(key));
        var capture = Captured.Parse(Captured.Text(desk, "GET", "https://app.example/"));

        Assert.True(verifier.Verify(capture, clock.Now).Verified);
        var again = verifier.Verify(capture, clock.Now);
        Assert.Equal("nonce", Assert.Single(again.Steps, step => !step.Passed).Name);
    }

    [Fact]
    public void A_forgery_does_not_use_up_the_nonce_of_the_true_request()
    {
        var verifier = new SignatureVerifier(KeyDirectory.Of(key));
        var capture = Captured.Text(desk, "GET", "https://app.example/");

        Assert.False(verifier.Verify(Captured.Parse(capture.Replace("GET ", "PUT ", StringComparison.Ordinal)), clock.Now).Verified);
        Assert.True(verifier.Verify(Captured.Parse(capture), clock.Now).Verified);
    }

    [Fact]
    public void No_change_of_what_is_covered_is_ever_verified()
    {
        var text = Captured.Text(desk, "POST", "https://app.example/a?b", "body");
        var good = Encoding.Latin1.GetBytes(text);
        Assert.True(Verify(text).Verified);
        Fuzz.Run(random =>
        {
            CapturedRequest request;
            try
            {
                request = CapturedRequest.Parse(Fuzzing.Mutate(good, random));
            }
            catch (FormatException)
            {
                return;
            }

            var verification = new SignatureVerifier(KeyDirectory.Of(key)).Verify(request, clock.Now);
            Assert.All(verification.Steps, step => Assert.DoesNotContain(step.Detail, c => c is < ' ' or > '~'));
            if (verification.Verified)
            {
                Assert.Equal(
                    ("POST", "https://app.example/a?b", Captured.RunId, "body"),
                    (request.Method, verification.TargetUri, verification.RunId, Encoding.Latin1.GetString(request.Body.Span))
                );
            }
        });
    }

    private SignatureVerification Verify(string capture) => new SignatureVerifier(KeyDirectory.Of(key)).Verify(Captured.Parse(capture), clock.Now);
}
