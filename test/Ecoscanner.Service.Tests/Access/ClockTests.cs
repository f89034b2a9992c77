using Ecoscanner.Service.Access;
using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Service.Tests.Access;

/// <summary>Who may what while the machine's clock is wrong, and after it was put right.</summary>
public sealed class ClockTests : IDisposable
{
    private const string Somebody = "somebody@example.org";

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly TestPlatform platform = new();

    [Fact]
    public async Task No_code_works_twice_however_the_clock_jumps_and_nobody_is_locked_out_by_it()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var (_, secret) = platform.SetUpSecondFactor(await platform.SignInAsync(Somebody));
        async Task<bool> TryAsync(string code) => (await platform.TryAsync(Somebody, code: code)).Result == SignInResult.SignedIn;
        string Code(int ahead = 0) => Totp.Code(secret, Totp.StepOf(platform.Time.GetUtcNow()) + ahead);

        var now = Code();
        Assert.True(await TryAsync(now));
        platform.Time.Jump(Year);
        Assert.True(await TryAsync(Code()));
        Assert.False(await TryAsync(Code()));
        platform.Time.Jump(-Year);
        // Used before the jump: not again. The next one is good, once.
        Assert.Equal(now, Code());
        Assert.False(await TryAsync(now));
        Assert.True(await TryAsync(Code(1)));
        Assert.False(await TryAsync(Code(1)));
        Assert.False(await TryAsync(now));
        // Back to the wrong time: what was used there stays used.
        platform.Time.Jump(Year);
        Assert.False(await TryAsync(Code()));
        Assert.True(await TryAsync(Code(1)));
    }

    [Fact]
    public async Task A_session_that_began_with_a_clock_ahead_ends_when_it_is_put_right()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var before = await platform.SignInAsync(Somebody);
        platform.Time.Jump(TimeSpan.FromMinutes(30));
        var ahead = await platform.SignInAsync(Somebody);
        Assert.NotNull(platform.Sessions.Find(before));
        platform.Time.Jump(TimeSpan.FromMinutes(-30));
        ClockJumps.Mend(platform.Database);
        Assert.Null(platform.Sessions.Find(ahead));
        Assert.NotNull(platform.Sessions.Find(before));
        // Idleness counts from the right time again.
        platform.Time.Advance(platform.Options.SessionIdle - TimeSpan.FromMinutes(1));
        Assert.NotNull(platform.Sessions.Find(before));
        platform.Time.Advance(platform.Options.SessionIdle);
        Assert.Null(platform.Sessions.Find(before));
    }

    [Fact]
    public void A_token_lives_as_long_as_was_said_however_the_clock_jumps()
    {
        var admin = TestPlatform.With(Role.PartnerAdmin, TestPlatform.Ours);
        string Create() => platform.Tokens.Create(admin, new TokenRequest(TestPlatform.Ours, null, "x", Lifetime: TimeSpan.FromDays(10))).Value!.Text;
        var right = Create();
        platform.Time.Jump(Year);
        Assert.Null(platform.Tokens.Find(right));
        var ahead = Create();
        platform.Time.Jump(-Year);
        ClockJumps.Mend(platform.Database);
        Assert.False(ClockJumps.Mend(platform.Database));
        // It was not ended for good by the wrong time.
        Assert.NotNull(platform.Tokens.Find(right));
        Assert.NotNull(platform.Tokens.Find(ahead));
        platform.Time.Advance(TimeSpan.FromDays(11));
        Assert.Null(platform.Tokens.Find(right));
        Assert.Null(platform.Tokens.Find(ahead));
    }

    [Fact]
    public void An_invitation_of_a_clock_ahead_ends_in_its_time()
    {
        platform.Time.Jump(Year);
        var invited = platform.Invitations.Invite(Principal.Platform, new InvitationRequest(Somebody, Role.PartnerAdmin, TestPlatform.Ours));
        Assert.True(invited.IsDone);
        platform.Time.Jump(-Year);
        ClockJumps.Mend(platform.Database);
        Assert.Single(platform.Database.Read(session => Invitations.List(session, TestPlatform.Ours)));
        platform.Time.Advance(platform.Options.InvitationLifetime + TimeSpan.FromMinutes(1));
        Assert.Empty(platform.Database.Read(session => Invitations.List(session, TestPlatform.Ours)));
    }

    public void Dispose() => platform.Dispose();
}
