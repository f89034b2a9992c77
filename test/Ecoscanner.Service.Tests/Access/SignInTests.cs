using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Tests.Access;

public sealed class SignInTests : IDisposable
{
    private const string Somebody = "somebody@example.org";

    private readonly TestPlatform platform = new();

    [Fact]
    public async Task A_wrong_password_an_unknown_account_and_a_disabled_one_get_the_same_answer()
    {
        await platform.AccountAsync("admin@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        var disabled = await platform.AccountAsync("gone@example.org", Role.PartnerViewer, TestPlatform.Ours);
        Assert.True(platform.Accounts.Disable(Principal.Platform, disabled).IsDone);
        var wrong = await platform.TryAsync("admin@example.org", "not the password");
        Assert.Equal(wrong, await platform.TryAsync("nobody@example.org"));
        Assert.Equal(wrong, await platform.TryAsync("gone@example.org"));
        Assert.Equal(SignInResult.Refused, wrong.Result);
    }

    [Fact]
    public async Task Unknown_accounts_are_limited_as_known_ones_so_that_limits_tell_nothing()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        foreach (var email in new[] { Somebody, "nobody@example.org" })
        {
            for (var i = 0; i < platform.Options.FailuresPerAccount; i++)
            {
                Assert.Equal(SignInResult.Refused, (await platform.TryAsync(email, "wrong", address: $"192.0.2.{i}")).Result);
            }

            Assert.Equal(SignInResult.TooManyAttempts, (await platform.TryAsync(email, address: "192.0.2.99")).Result);
        }

        platform.Time.Advance(platform.Options.AttemptWindow);
        Assert.Equal(SignInResult.SignedIn, (await platform.TryAsync(Somebody)).Result);
    }

    [Fact]
    public async Task Who_only_knows_the_e_mail_cannot_lock_its_owner_out_where_they_usually_are()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        await platform.TryAsync(Somebody, address: "2001:db8:1:2::1");
        for (var i = 0; i < 20; i++)
        {
            await platform.TryAsync(Somebody, "wrong", address: $"198.51.100.{i}");
        }

        Assert.Equal(SignInResult.TooManyAttempts, (await platform.TryAsync(Somebody, address: "198.51.100.77")).Result);
        Assert.Equal(SignInResult.SignedIn, (await platform.TryAsync(Somebody, address: "2001:db8:1:2:ffff::7")).Result);
    }

    [Fact]
    public async Task One_address_cannot_try_one_password_on_all_accounts()
    {
        for (var i = 0; i < platform.Options.FailuresPerAddress; i++)
        {
            Assert.Equal(SignInResult.Refused, (await platform.TryAsync($"{i}@example.org", "Summer2026!!")).Result);
        }

        Assert.Equal(SignInResult.TooManyAttempts, (await platform.TryAsync("another@example.org", "Summer2026!!")).Result);
        Assert.Equal(SignInResult.TooManyAttempts, (await platform.TryAsync("another@example.org", address: "::ffff:192.0.2.1")).Result);
    }

    [Fact]
    public async Task Attempts_that_come_at_once_are_all_counted()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => platform.TryAsync(Somebody, "wrong", address: $"192.0.2.{i}")));
        Assert.Equal(platform.Options.FailuresPerAccount, outcomes.Count(outcome => outcome.Result == SignInResult.Refused));
    }

    [Fact]
    public async Task A_session_from_before_the_sign_in_is_not_the_session_after_it()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var planted = await platform.SignInAsync(Somebody);
        var outcome = await platform.TryAsync(Somebody, replaced: planted);
        Assert.NotEqual(planted, outcome.Session!.Token);
        Assert.Null(platform.Sessions.Find(planted));
        Assert.NotNull(platform.Sessions.Find(outcome.Session.Token));
        Assert.Null((await platform.TryAsync(Somebody, "wrong", replaced: outcome.Session.Token)).Session);
    }

    [Fact]
    public async Task A_password_of_fewer_iterations_is_hashed_anew_at_the_next_sign_in()
    {
        var id = await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        string Hash() => platform.Database.Read(session => session.One<string>("select password_hash from account where id = @id", new { id }));
        var stronger = platform.Options with { PasswordIterations = 2000 };
        var signIn = new SignIn(platform.Database, platform.Keys, platform.Sessions, stronger, Audit.ToNobody);
        Assert.StartsWith("pbkdf2-sha256$1000$", Hash(), StringComparison.Ordinal);
        var ask = new PasswordSignIn(Somebody, TestPlatform.Password, null, "192.0.2.1");
        Assert.Equal(SignInResult.SignedIn, (await signIn.WithPasswordAsync(ask, TestContext.Current.CancellationToken)).Result);
        Assert.StartsWith("pbkdf2-sha256$2000$", Hash(), StringComparison.Ordinal);
        Assert.Equal(SignInResult.SignedIn, (await signIn.WithPasswordAsync(ask, TestContext.Current.CancellationToken)).Result);
    }

    [Fact]
    public async Task Neither_e_mails_nor_addresses_of_attempts_are_kept()
    {
        await platform.TryAsync("secret-person@example.org", address: "203.0.113.77");
        var rows = platform.Database.Read(session => session.List<string>("select subject || address from sign_in_attempt"));
        Assert.DoesNotContain("203.0.113", Assert.Single(rows), StringComparison.Ordinal);
        Assert.Equal(128, rows[0].Length);
    }

    [Fact]
    public async Task Staff_has_no_rights_before_a_second_factor_is_set_up_and_needs_it_from_then_on()
    {
        await platform.AccountAsync(Somebody, Role.Triager, 0);
        var token = await platform.SignInAsync(Somebody);
        var before = platform.Sessions.Find(token)!;
        Assert.True(before.NeedsSecondFactor);
        Assert.True(before.Principal.ScopeOf(Capability.ReadTickets).IsEmpty);

        var (after, secret) = platform.SetUpSecondFactor(token);
        Assert.Null(platform.Sessions.Find(token));
        Assert.True(platform.Sessions.Find(after)!.Principal.MayEverywhere(Capability.ReadTickets));

        Assert.Equal(SignInResult.SecondFactorNeeded, (await platform.TryAsync(Somebody)).Result);
        Assert.Equal(SignInResult.Refused, (await platform.TryAsync(Somebody, "wrong password", "000000")).Result);
        var code = Totp.Code(secret, Totp.StepOf(platform.Time.GetUtcNow()));
        Assert.Equal(SignInResult.SignedIn, (await platform.TryAsync(Somebody, code: code)).Result);
        Assert.Equal(SignInResult.Refused, (await platform.TryAsync(Somebody, code: code)).Result);
    }

    [Fact]
    public async Task A_partner_that_requires_a_second_factor_gives_nothing_without()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var token = await platform.SignInAsync(Somebody);
        Assert.False(platform.Sessions.Find(token)!.NeedsSecondFactor);
        platform.Database.Write(session => session.Execute("update partner set requires_second_factor = 1 where id = 1"));
        Assert.True(platform.Sessions.Find(token)!.NeedsSecondFactor);
        Assert.False(platform.Sessions.Find(token)!.Principal.May(Capability.ReadApps, TestPlatform.Ours));
    }

    [Fact]
    public async Task Codes_cannot_be_tried_one_after_another()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var who = platform.Sessions.Find(await platform.SignInAsync(Somebody))!;
        Assert.True(platform.SecondFactor.Begin(who).IsDone);
        for (var i = 0; i < platform.Options.FailuresPerAccount; i++)
        {
            Assert.Equal(Refusal.Invalid, platform.SecondFactor.Confirm(who, "nonsense", "192.0.2.1").Refusal);
        }

        Assert.Equal(Refusal.TooMany, platform.SecondFactor.Confirm(who, "nonsense", "192.0.2.1").Refusal);
    }

    [Fact]
    public async Task A_stolen_session_cannot_replace_the_second_factor()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        var (token, _) = platform.SetUpSecondFactor(await platform.SignInAsync(Somebody));
        platform.Time.Advance(platform.Options.Freshness);
        Assert.Equal(Refusal.SignInAgain, platform.SecondFactor.Begin(platform.Sessions.Find(token)!).Refusal);
    }

    [Fact]
    public async Task The_secret_of_a_second_factor_is_sealed_and_bound_to_its_account()
    {
        await platform.AccountAsync(Somebody, Role.PartnerAdmin, TestPlatform.Ours);
        await platform.AccountAsync("other@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        var (_, secret) = platform.SetUpSecondFactor(await platform.SignInAsync(Somebody));
        var kept = platform.Database.Read(session => session.One<byte[]>("select totp_secret from account where email = @Somebody", new { Somebody }));
        Assert.True(kept.AsSpan().IndexOf(secret) < 0);

        // Who can write the database copies a secret they know to another's account.
        platform.Database.Write(session => session.Execute("update account set totp_secret = @kept where email = 'other@example.org'", new { kept }));
        var code = Totp.Code(secret, Totp.StepOf(platform.Time.GetUtcNow()));
        await Assert.ThrowsAsync<Ecoscanner.Service.Storage.SealedException>(() => platform.TryAsync("other@example.org", code: code));
    }

    public void Dispose() => platform.Dispose();
}

file static class Audit
{
    public static readonly AccessTold ToNobody = (_, _) => { };
}
