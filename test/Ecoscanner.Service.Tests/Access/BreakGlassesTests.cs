using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;

namespace Ecoscanner.Service.Tests.Access;

public sealed class BreakGlassesTests : IDisposable
{
    private const string Why = "incident 7: a customer's data is public";

    private readonly TestPlatform platform = new();

    [Fact]
    public async Task Opened_content_is_one_partners_for_a_reason_and_a_time_and_the_partner_sees_it()
    {
        var token = await EngineerAsync();
        Assert.False(Who(token).Principal.May(Capability.ReadFindings, TestPlatform.Ours));
        Assert.True(platform.BreakGlasses.Open(Who(token), TestPlatform.Ours, Why, TimeSpan.FromHours(1)).IsDone);
        var opened = Who(token).Principal;
        Assert.True(opened.May(Capability.ReadFindings, TestPlatform.Ours));
        Assert.False(opened.May(Capability.ReadFindings, TestPlatform.Theirs));
        Assert.False(opened.May(Capability.CommentTickets, TestPlatform.Ours));
        Assert.Equal(Why, opened.Purpose);
        var seen = platform.Database.Read(session => AuditEvent.List(session, TestPlatform.Ours, 0, 10));
        Assert.Equal(("break-glass-opened", Why), (Assert.Single(seen).Action, seen[0].Purpose));
        Assert.Contains("break-glass-opened", platform.Audited(0));

        platform.Time.Advance(TimeSpan.FromMinutes(50));
        Assert.True(Who(token).Principal.May(Capability.ReadFindings, TestPlatform.Ours));
        platform.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(Who(token).Principal.May(Capability.ReadFindings, TestPlatform.Ours));
        Assert.Equal("", Who(token).Principal.Purpose);
    }

    [Fact]
    public async Task One_is_open_at_a_time_so_that_no_reason_stands_with_anothers_content()
    {
        var token = await EngineerAsync();
        platform.BreakGlasses.Open(Who(token), TestPlatform.Ours, Why, TimeSpan.FromHours(1));
        platform.BreakGlasses.Open(Who(token), TestPlatform.Theirs, Why + " too", TimeSpan.FromHours(1));
        Assert.False(Who(token).Principal.May(Capability.ReadFindings, TestPlatform.Ours));
        Assert.True(Who(token).Principal.May(Capability.ReadFindings, TestPlatform.Theirs));
        Assert.Equal(["break-glass-opened", "break-glass-closed"], platform.Audited(TestPlatform.Ours));
        Assert.True(platform.BreakGlasses.Close(Who(token)));
        Assert.False(platform.BreakGlasses.Close(Who(token)));
        Assert.False(Who(token).Principal.May(Capability.ReadFindings, TestPlatform.Theirs));
    }

    [Fact]
    public async Task It_takes_the_role_a_reason_a_limit_and_a_fresh_sign_in()
    {
        var token = await EngineerAsync();
        Assert.Equal(Refusal.Invalid, platform.BreakGlasses.Open(Who(token), TestPlatform.Ours, "because", TimeSpan.FromHours(1)).Refusal);
        Assert.Equal(Refusal.Invalid, platform.BreakGlasses.Open(Who(token), TestPlatform.Ours, Why, TimeSpan.FromDays(1)).Refusal);
        Assert.Equal(Refusal.NotFound, platform.BreakGlasses.Open(Who(token), 99, Why, TimeSpan.FromHours(1)).Refusal);
        platform.Time.Advance(platform.Options.Freshness);
        Assert.Equal(Refusal.SignInAgain, platform.BreakGlasses.Open(Who(token), TestPlatform.Ours, Why, TimeSpan.FromHours(1)).Refusal);

        await platform.AccountAsync("triager@example.org", Role.Triager, 0);
        var (triager, _) = platform.SetUpSecondFactor(await platform.SignInAsync("triager@example.org"));
        Assert.Equal(Refusal.NotFound, platform.BreakGlasses.Open(Who(triager), TestPlatform.Ours, Why, TimeSpan.FromHours(1)).Refusal);
        Assert.Empty(platform.Audited(TestPlatform.Ours));
    }

    public void Dispose() => platform.Dispose();

    private SignedIn Who(string token) => platform.Sessions.Find(token)!;

    private async Task<string> EngineerAsync()
    {
        await platform.AccountAsync("engineer@example.org", Role.Engineer, 0);
        return platform.SetUpSecondFactor(await platform.SignInAsync("engineer@example.org")).Token;
    }
}
