using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tests.Access;

public sealed class ApiTokensTests : IDisposable
{
    private readonly TestPlatform platform = new();
    private readonly Principal admin = TestPlatform.With(Role.PartnerAdmin, TestPlatform.Ours);

    [Fact]
    public void A_token_uploads_and_nothing_else_unless_more_was_asked_for()
    {
        var token = Create(new TokenRequest(TestPlatform.Ours, null, "pipeline"));
        var principal = platform.Tokens.Find(token.Text)!;
        Assert.Equal([Capability.Upload], Enum.GetValues<Capability>().Where(one => principal.May(one, TestPlatform.Ours)));
        Assert.False(principal.May(Capability.Upload, TestPlatform.Theirs));
        Assert.False(principal.IsFresh);
        Assert.Equal($"token:{token.Text[..12]}", principal.Name);
    }

    [Fact]
    public void A_token_of_one_app_is_none_of_another()
    {
        var token = Create(new TokenRequest(TestPlatform.Ours, 1, "pipeline", new HashSet<Capability> { Capability.ReadFindings }));
        var principal = platform.Tokens.Find(token.Text)!;
        Assert.True(principal.May(Capability.ReadFindings, TestPlatform.Ours, 1));
        Assert.False(principal.May(Capability.ReadFindings, TestPlatform.Ours, 2));
        Assert.False(principal.May(Capability.ReadFindings, TestPlatform.Ours));
    }

    [Theory]
    [InlineData(Capability.ManageTokens)]
    [InlineData(Capability.ReadAudit)]
    [InlineData(Capability.BreakGlass)]
    public void Nobody_makes_a_token_that_may_more_than_tokens_do(Capability capability) =>
        Assert.Equal(
            Refusal.Invalid,
            platform.Tokens.Create(admin, new TokenRequest(TestPlatform.Ours, null, "x", new HashSet<Capability> { capability })).Refusal
        );

    [Fact]
    public void Who_may_not_or_is_not_fresh_makes_none_and_another_partner_does_not_exist()
    {
        var ask = new TokenRequest(TestPlatform.Ours, null, "x");
        Assert.Equal(Refusal.SignInAgain, platform.Tokens.Create(admin with { IsFresh = false }, ask).Refusal);
        Assert.Equal(Refusal.NotAllowed, platform.Tokens.Create(TestPlatform.With(Role.PartnerViewer, TestPlatform.Ours), ask).Refusal);
        Assert.Equal(Refusal.NotFound, platform.Tokens.Create(TestPlatform.With(Role.PartnerAdmin, TestPlatform.Theirs), ask).Refusal);
        Assert.Equal(Refusal.NotFound, platform.Tokens.Create(admin, ask with { AppId = 2 }).Refusal);
        Assert.Equal(Refusal.Invalid, platform.Tokens.Create(admin, ask with { Lifetime = TimeSpan.FromDays(1000) }).Refusal);
        Assert.Equal(Refusal.Invalid, platform.Tokens.Create(admin, ask with { Name = "a\nb" }).Refusal);
    }

    [Fact]
    public void An_expired_a_revoked_and_an_unknown_token_are_nobody()
    {
        var (expires, revoked) = (
            Create(new TokenRequest(TestPlatform.Ours, null, "x", Lifetime: TimeSpan.FromDays(1))),
            Create(new TokenRequest(TestPlatform.Ours, null, "y", Lifetime: TimeSpan.FromDays(1)))
        );
        Assert.Equal(Refusal.NotFound, platform.Tokens.Revoke(TestPlatform.With(Role.PartnerAdmin, TestPlatform.Theirs), revoked.Id).Refusal);
        Assert.True(platform.Tokens.Revoke(admin with { IsFresh = false }, revoked.Id).IsDone);
        Assert.Null(platform.Tokens.Find(revoked.Text));
        Assert.NotNull(platform.Tokens.Find(expires.Text));
        platform.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(platform.Tokens.Find(expires.Text));
        Assert.Null(platform.Tokens.Find(TokenText.New()));
        Assert.Equal(["token-created", "token-created", "token-revoked"], platform.Audited(TestPlatform.Ours));
    }

    [Fact]
    public void A_token_is_kept_as_a_digest_and_its_use_is_noted()
    {
        var token = Create(new TokenRequest(TestPlatform.Ours, null, "x"));
        platform.Database.Scrub();
        var stored = File.ReadAllBytes(Path.Combine(platform.Folder, "platform.db"));
        Assert.True(stored.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token.Text)) < 0);
        Assert.True(stored.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token.Text[..12])) >= 0);
        IReadOnlyList<ApiToken> List(Session session) => ApiTokens.List(session, admin.ScopeOf(Capability.ManageTokens), 10);
        Assert.Null(Assert.Single(platform.Database.Read(List)).UsedAt);
        platform.Tokens.Find(token.Text);
        Assert.NotNull(Assert.Single(platform.Database.Read(List)).UsedAt);
    }

    [Fact]
    public async Task Who_leaves_takes_no_token_along()
    {
        await platform.AccountAsync("admin@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        var id = await platform.AccountAsync("leaver@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        var leaver = platform.Sessions.Find(await platform.SignInAsync("leaver@example.org"))!;
        var token = platform.Tokens.Create(leaver.Principal, new TokenRequest(TestPlatform.Ours, null, "x")).Value!;
        Assert.True(platform.Accounts.Disable(admin, id).IsDone);
        Assert.Null(platform.Tokens.Find(token.Text));
    }

    public void Dispose() => platform.Dispose();

    private NewToken Create(TokenRequest ask)
    {
        var outcome = platform.Tokens.Create(admin, ask);
        Assert.True(outcome.IsDone, outcome.Message);
        return outcome.Value!;
    }
}
