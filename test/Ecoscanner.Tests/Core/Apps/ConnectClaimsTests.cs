using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class ConnectClaimsTests
{
    // 2026-01-02T03:04:05Z.
    private readonly ConnectClaims claims = new(new StoppedTime());

    [Fact]
    public void A_token_for_a_request_is_bound_to_it_for_three_minutes() =>
        Assert.Equal(
            """{"iss":"tenant","iat":1767323045,"exp":1767323225,"sub":"user","qsh":"abc","context":{}}""",
            claims.ForRequest("tenant", "user", "abc").ToJsonString()
        );

    [Fact]
    public void A_token_without_a_user_has_no_subject() => Assert.False(claims.ForRequest("tenant", accountId: null, "abc").ContainsKey("sub"));

    [Fact]
    public void A_context_token_is_bound_to_no_URL() => Assert.Equal("context-qsh", claims.ForContext("tenant", "user")["qsh"]!.GetValue<string>());

    [Fact]
    public void A_session_token_comes_from_the_app_for_the_tenant() =>
        Assert.Equal(
            """{"iss":"app","iat":1767323045,"exp":1767323225,"sub":"user","aud":["tenant"],"context":{}}""",
            claims.ForSession("app", "tenant", "user").ToJsonString()
        );

    [Fact]
    public void An_install_token_is_for_the_apps_base_URL() =>
        Assert.Equal(
            """{"iss":"tenant","iat":1767323045,"exp":1767323225,"sub":"user","qsh":"abc","context":{},"aud":["https://a.example"]}""",
            claims.ForInstall("tenant", "user", "abc", "https://a.example").ToJsonString()
        );

    [Fact]
    public void Whoever_we_pretend_to_be_is_recognised_by_one_prefix()
    {
        var names = new[] { FakeIdentity.Issuer, FakeIdentity.SharedSecret, FakeIdentity.AccountId, FakeIdentity.KeyId, FakeIdentity.FreshClientKey() };

        Assert.All(names, name => Assert.StartsWith("ecoscanner-fake-", name, StringComparison.Ordinal));
        Assert.NotEqual(FakeIdentity.FreshClientKey(), FakeIdentity.FreshClientKey());
    }

    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
