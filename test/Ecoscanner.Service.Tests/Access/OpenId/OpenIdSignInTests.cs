using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Probing;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Access.OpenId;
using Ecoscanner.Service.Audit;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Access.OpenId;

public sealed class OpenIdSignInTests : IAsyncLifetime
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private const string Email = "person@example.org";

    private readonly TestPlatform platform = new();
    private LoopbackProvider provider = null!;
    private OpenIdSignIn signIn = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        provider = await LoopbackProvider.StartAsync();
        signIn = With(provider);
        Invite("corporate");
    }

    [Fact]
    public async Task Who_was_invited_at_the_provider_signs_in_and_is_known_by_its_subject_from_then_on()
    {
        var first = await SignInAsync();
        Assert.Equal((SignInResult.SignedIn, "/tickets"), (first.Result, first.ReturnTo));
        var who = platform.Sessions.Find(first.Session!.Token)!;
        Assert.Equal((Email, "A Person", false), (who.Email, who.Name, who.HasSecondFactor));
        Assert.True(who.Principal.May(Capability.ReadFindings, TestPlatform.Ours));
        Assert.True(who.Principal.IsFresh);

        provider.Claims = claims => claims["email"] = "renamed@example.org";
        Assert.Equal(who.AccountId, platform.Sessions.Find((await SignInAsync()).Session!.Token)!.AccountId);
        Assert.Equal(2, platform.Audited(0).Count(action => action == "sign-in"));
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("a MAC with the public key")]
    [InlineData("another key under the same name")]
    [InlineData("a key that nobody knows")]
    [InlineData("another audience")]
    [InlineData("several audiences and another party")]
    [InlineData("another issuer")]
    [InlineData("another nonce")]
    [InlineData("no nonce")]
    [InlineData("expired")]
    [InlineData("no end")]
    [InlineData("from tomorrow")]
    [InlineData("no subject")]
    [InlineData("no time of issue")]
    [InlineData("no token")]
    [InlineData("too long")]
    public async Task A_token_that_proves_nothing_signs_nobody_in(string wrong)
    {
        using var other = RSA.Create(2048);
        provider.Token = claims =>
        {
            switch (wrong)
            {
                case "alg none":
                    return provider.Sign(claims, algorithm: "none");
                case "a MAC with the public key":
                    return provider.Sign(claims, algorithm: "HS256");
                case "another key under the same name":
                    return provider.Sign(claims, other);
                case "a key that nobody knows":
                    return provider.Sign(claims, other, kid: "unknown");
                case "no token":
                    return "";
            }

            var now = Now.ToUnixTimeSeconds();
            _ = wrong switch
            {
                "another audience" => claims["aud"] = "another",
                "several audiences and another party" => (claims["aud"] = new[] { LoopbackProvider.ClientId, "another" }, claims["azp"] = "another"),
                "another issuer" => claims["iss"] = "https://issuer.example",
                "another nonce" => claims["nonce"] = "another",
                "no nonce" => claims.Remove("nonce"),
                "expired" => claims["exp"] = now - 300,
                "no end" => claims.Remove("exp"),
                "from tomorrow" => (claims["nbf"] = now + 86_400, claims["exp"] = now + 90_000),
                "no subject" => claims.Remove("sub"),
                "no time of issue" => claims.Remove("iat"),
                _ => claims["padding"] = new string('x', 64 * 1024),
            };
            return provider.Sign(claims);
        };
        var outcome = await SignInAsync();
        Assert.Equal(SignInResult.Refused, outcome.Result);
        Assert.NotNull(outcome.Reason);
        Assert.Equal(0, platform.Database.Read(session => session.One<long>("select count(*) from account")));

        provider.Token = null;
        Assert.Equal(SignInResult.SignedIn, (await SignInAsync()).Result);
    }

    [Fact]
    public async Task A_sign_in_ends_once_and_only_in_the_browser_that_began_it()
    {
        var start = await BeginAsync();
        var (code, state) = provider.Authorize(start.Url);
        Assert.Equal(SignInResult.Refused, (await signIn.FinishAsync(new OpenIdReturn(state, code, null, "another browser"), Stop)).Result);
        // Tried once, it is used up: an attacker gets one guess, and then none.
        Assert.Equal(SignInResult.Refused, (await signIn.FinishAsync(new OpenIdReturn(state, code, null, start.BrowserToken), Stop)).Result);

        start = await BeginAsync();
        (code, state) = provider.Authorize(start.Url);
        var back = new OpenIdReturn(state, code, null, start.BrowserToken);
        Assert.Equal(SignInResult.SignedIn, (await signIn.FinishAsync(back, Stop)).Result);
        Assert.Equal(SignInResult.Refused, (await signIn.FinishAsync(back, Stop)).Result);

        // A code that was used, under another start of the same browser.
        var next = await BeginAsync();
        var (_, nextState) = provider.Authorize(next.Url);
        Assert.Equal(SignInResult.Refused, (await signIn.FinishAsync(new OpenIdReturn(nextState, code, null, next.BrowserToken), Stop)).Result);
    }

    [Fact]
    public async Task A_stolen_code_is_of_no_use_to_who_has_not_the_verifier()
    {
        var (victim, attacker) = (await BeginAsync(), await BeginAsync());
        var (stolen, _) = provider.Authorize(victim.Url);
        var (_, own) = provider.Authorize(attacker.Url);
        var outcome = await signIn.FinishAsync(new OpenIdReturn(own, stolen, null, attacker.BrowserToken), Stop);
        Assert.Equal(SignInResult.Refused, outcome.Result);
        Assert.Contains("status 400", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_is_forgotten_after_ten_minutes()
    {
        var start = await BeginAsync();
        var (code, state) = provider.Authorize(start.Url);
        platform.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(SignInResult.Refused, (await signIn.FinishAsync(new OpenIdReturn(state, code, null, start.BrowserToken), Stop)).Result);
        Assert.DoesNotContain("/token", provider.Requests);
    }

    [Fact]
    public async Task The_answer_of_another_provider_is_refused()
    {
        var start = await BeginAsync();
        var (code, state) = provider.Authorize(start.Url);
        var outcome = await signIn.FinishAsync(new OpenIdReturn(state, code, "https://evil.example", start.BrowserToken), Stop);
        Assert.Equal(SignInResult.Refused, outcome.Result);
        Assert.DoesNotContain("/token", provider.Requests);
    }

    [Theory]
    [InlineData("not verified")]
    [InlineData("another e-mail")]
    [InlineData("invited elsewhere")]
    [InlineData("an account with a password")]
    public async Task An_e_mail_takes_nothing_but_an_invitation_that_names_this_provider(string what)
    {
        switch (what)
        {
            case "not verified":
                provider.Claims = claims => claims["email_verified"] = false;
                break;
            case "another e-mail":
                provider.Claims = claims => claims["email"] = "other@example.org";
                break;
            case "invited elsewhere":
                platform.Database.Write(session => session.Execute("update invitation set provider = 'another'"));
                break;
            default:
                await platform.AccountAsync(Email, Role.PartnerAdmin, TestPlatform.Theirs);
                break;
        }

        Assert.Equal(SignInResult.Refused, (await SignInAsync()).Result);
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_fetched_when_a_token_needs_it()
    {
        Assert.Equal(SignInResult.SignedIn, (await SignInAsync()).Result);
        provider.Rotate();
        platform.Time.Advance(TimeSpan.FromMinutes(2));
        var outcome = await SignInAsync();
        Assert.Equal((SignInResult.SignedIn, null), (outcome.Result, outcome.Reason));
        Assert.Equal(2, provider.Requests.Count(path => path == "/keys"));
    }

    [Fact]
    public async Task A_second_factor_counts_where_the_operator_trusts_the_provider_with_it_and_else_ours_is_asked_for()
    {
        provider.Claims = claims => claims["amr"] = new[] { "pwd", "mfa" };
        Assert.False(platform.Sessions.Find((await SignInAsync()).Session!.Token)!.HasSecondFactor);
        var trusting = With(provider, "mfa");
        Assert.True(platform.Sessions.Find((await SignInAsync(trusting)).Session!.Token)!.HasSecondFactor);

        var (_, secret) = platform.SetUpSecondFactor((await SignInAsync()).Session!.Token);
        var token = (await SignInAsync()).Session!.Token;
        var who = platform.Sessions.Find(token)!;
        Assert.False(who.HasSecondFactor);
        var proven = platform.SecondFactor.Prove(who, token, Totp.Code(secret, Totp.StepOf(platform.Time.GetUtcNow())), "192.0.2.1");
        Assert.True(platform.Sessions.Find(proven.Value!.Token)!.HasSecondFactor);
        Assert.Null(platform.Sessions.Find(token));
    }

    [Fact]
    public async Task A_session_at_the_provider_is_no_fresh_sign_in()
    {
        provider.Claims = claims => claims["auth_time"] = Now.AddHours(-5).ToUnixTimeSeconds();
        Assert.False(platform.Sessions.Find((await SignInAsync()).Session!.Token)!.Principal.IsFresh);
        provider.Claims = claims => claims.Remove("auth_time");
        Assert.False(platform.Sessions.Find((await SignInAsync()).Session!.Token)!.Principal.IsFresh);
        Assert.Equal(SignInResult.Refused, (await SignInAsync(fresh: true)).Result);
        provider.Claims = _ => { };
        Assert.Equal(SignInResult.SignedIn, (await SignInAsync(fresh: true)).Result);
    }

    [Theory]
    [InlineData("/tickets?state=open", "/tickets?state=open")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/a\r\nb", "/")]
    public async Task It_leads_back_to_this_site_only(string to, string expected) => Assert.Equal(expected, (await SignInAsync(returnTo: to)).ReturnTo);

    [Theory]
    [InlineData("issuer", "https://issuer.example")]
    [InlineData("token_endpoint", "http://192.0.2.1/token")]
    [InlineData("jwks_uri", "file:///etc/passwd")]
    [InlineData("jwks_uri", "https://127.0.0.1:1/keys")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    public async Task Metadata_that_leads_elsewhere_is_refused(string name, string value)
    {
        provider.Metadata = metadata => metadata[name] = value;
        Assert.Null(await signIn.BeginAsync("corporate", "/", fresh: false, Stop));
    }

    [Fact]
    public async Task A_provider_whose_certificate_nobody_vouches_for_is_not_asked()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1000));
        await using var strange = await LoopbackProvider.StartAsync(certificate);
        Assert.Null(await With(strange).BeginAsync("corporate", "/", fresh: false, Stop));
        Assert.Empty(strange.Requests);
        Assert.NotNull(await With(strange, roots: [certificate]).BeginAsync("corporate", "/", fresh: false, Stop));
    }

    [Fact]
    public async Task Any_answer_of_the_browser_is_looked_at_without_harm()
    {
        var start = await BeginAsync();
        var (code, state) = provider.Authorize(start.Url);
        Fuzz.Run(random =>
        {
            var changed = Fuzzing.Mutate(state, random);
            if (changed != state)
            {
                var back = new OpenIdReturn(changed, Fuzzing.Mutate(code, random), null, Fuzzing.Mutate(start.BrowserToken, random));
                Assert.Equal(SignInResult.Refused, signIn.FinishAsync(back, Stop).GetAwaiter().GetResult().Result);
            }
        });
        Assert.Equal(SignInResult.Refused, (await signIn.FinishAsync(new OpenIdReturn(null, null, null, null), Stop)).Result);
        Assert.Null(await signIn.BeginAsync("unknown", "/", fresh: false, Stop));
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        platform.Dispose();
    }

    private OpenIdSignIn With(LoopbackProvider at, string? trusted = null, X509Certificate2Collection? roots = null) =>
        new(
            platform.Database,
            platform.Keys,
            platform.Sessions,
            platform.Invitations,
            [
                new OpenIdProvider(
                    "corporate",
                    "Corporate",
                    at.Issuer,
                    LoopbackProvider.ClientId,
                    LoopbackProvider.ClientSecret,
                    new Uri("https://ecoscanner.example/session/openid")
                )
                {
                    SecondFactorMethods = trusted is null ? [] : [trusted],
                },
            ],
            new ProbeOptions { RunId = "test", TrustedRoots = roots ?? [] },
            AuditLog.Record,
            platform.Time
        );

    private void Invite(string to)
    {
        var outcome = platform.Invitations.Invite(
            TestPlatform.With(Role.PartnerAdmin, TestPlatform.Ours),
            new InvitationRequest(Email, Role.PartnerViewer, TestPlatform.Ours, to)
        );
        Assert.True(outcome.IsDone, outcome.Message);
    }

    private async Task<OpenIdStart> BeginAsync(OpenIdSignIn? by = null, bool fresh = false, string returnTo = "/tickets") =>
        (await (by ?? signIn).BeginAsync("corporate", returnTo, fresh, Stop))!;

    private async Task<SignInOutcome> SignInAsync(OpenIdSignIn? by = null, bool fresh = false, string returnTo = "/tickets")
    {
        var start = await BeginAsync(by, fresh, returnTo);
        var (code, state) = provider.Authorize(start.Url);
        return await (by ?? signIn).FinishAsync(new OpenIdReturn(state, code, provider.Issuer.AbsoluteUri, start.BrowserToken), Stop);
    }
}
