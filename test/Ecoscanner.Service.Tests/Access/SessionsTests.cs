using Ecoscanner.Service.Access;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Access;

public sealed class SessionsTests : IDisposable
{
    private const string Somebody = "somebody@example.org";

    private readonly TestPlatform platform = new();

    [Fact]
    public async Task A_session_ends_where_nothing_is_done_and_after_its_time_whatever_is_done()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var idle = await platform.SignInAsync(Somebody);
        var busy = await platform.SignInAsync(Somebody);
        for (var passed = TimeSpan.Zero; passed < platform.Options.SessionLifetime - TimeSpan.FromMinutes(30); passed += TimeSpan.FromMinutes(30))
        {
            Assert.NotNull(platform.Sessions.Find(busy));
            platform.Time.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Null(platform.Sessions.Find(idle));
        Assert.NotNull(platform.Sessions.Find(busy));
        platform.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(platform.Sessions.Find(busy));
        platform.Sessions.Sweep();
        Assert.Equal(0, platform.Database.Read(session => session.One<long>("select count(*) from session")));
    }

    [Fact]
    public async Task What_lies_in_the_database_signs_nobody_in()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var token = await platform.SignInAsync(Somebody);
        var kept = platform.Database.Read(session => session.One<byte[]>("select token_hash from session"));
        Assert.Null(platform.Sessions.Find(Convert.ToBase64String(kept)));
        Assert.Null(platform.Sessions.Find(Convert.ToHexString(kept)));
        Assert.NotNull(platform.Sessions.Find(token));
    }

    [Fact]
    public async Task A_role_that_is_taken_ends_the_sessions_that_had_it()
    {
        await platform.AccountAsync("other@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        var id = await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var token = await platform.SignInAsync(Somebody);
        Assert.True(platform.Accounts.Give(Principal.Platform, id, Role.PartnerViewer, TestPlatform.Ours).IsDone);
        Assert.Null(platform.Sessions.Find(token));
        token = await platform.SignInAsync(Somebody);
        Assert.True(platform.Accounts.Remove(Principal.Platform, id, Role.PartnerAdmin, TestPlatform.Ours).IsDone);
        Assert.Null(platform.Sessions.Find(token));
        Assert.False(platform.Sessions.Find(await platform.SignInAsync(Somebody))!.Principal.May(Capability.ManageAccounts, TestPlatform.Ours));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_know_the_token_against_forged_requests()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var (one, other) = (await platform.TryAsync(Somebody), await platform.TryAsync(Somebody));
        var who = platform.Sessions.Find(one.Session!.Token)!;
        Assert.True(who.Accepts(one.Session.CsrfToken));
        Assert.False(who.Accepts(other.Session!.CsrfToken));
        Assert.False(who.Accepts(null));
        Assert.False(who.Accepts(""));
    }

    [Fact]
    public async Task Freshness_passes_and_a_clock_that_jumps_back_gives_none()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var token = await platform.SignInAsync(Somebody);
        Assert.True(platform.Sessions.Find(token)!.Principal.IsFresh);
        platform.Time.Advance(platform.Options.Freshness);
        Assert.False(platform.Sessions.Find(token)!.Principal.IsFresh);
        platform.Time.Advance(-platform.Options.Freshness - TimeSpan.FromMinutes(1));
        Assert.False(platform.Sessions.Find(token)!.Principal.IsFresh);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_no_other()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var (one, other) = (await platform.SignInAsync(Somebody), await platform.SignInAsync(Somebody));
        platform.Sessions.End(one);
        Assert.Null(platform.Sessions.Find(one));
        Assert.NotNull(platform.Sessions.Find(other));
    }

    [Fact]
    public async Task Any_text_as_a_session_token_is_looked_at_without_harm()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var token = await platform.SignInAsync(Somebody);
        Fuzz.Run(random =>
        {
            var changed = Fuzzing.Mutate(token, random);
            Assert.Equal(changed == token, platform.Sessions.Find(changed) is not null);
        });
        Assert.Null(platform.Sessions.Find(new string('x', 1_000_000)));
        Assert.Null(platform.Sessions.Find(""));
    }

    public void Dispose() => platform.Dispose();
}
