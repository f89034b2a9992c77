using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Tests.Access;

public sealed class AccountsTests : IDisposable
{
    private readonly TestPlatform platform = new();
    private readonly Principal admin = TestPlatform.With(Role.PartnerAdmin, TestPlatform.Ours);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.Triager)]
    [InlineData(Role.Engineer)]
    [InlineData(Role.System)]
    [InlineData(Role.BreakGlass)]
    [InlineData(Role.CiToken)]
    public void A_partners_administrator_makes_no_staff(Role role)
    {
        Assert.Equal(Refusal.Invalid, platform.Invitations.Invite(admin, new InvitationRequest("x@example.org", role, TestPlatform.Ours)).Refusal);
        Assert.Equal(Refusal.NotFound, platform.Invitations.Invite(admin, new InvitationRequest("x@example.org", role, 0)).Refusal);
    }

    [Fact]
    public void Another_partner_does_not_exist()
    {
        var ask = new InvitationRequest("x@example.org", Role.PartnerAdmin, TestPlatform.Theirs);
        Assert.Equal(Refusal.NotFound, platform.Invitations.Invite(admin, ask).Refusal);
        Assert.Equal(Refusal.NotAllowed, platform.Invitations.Invite(TestPlatform.With(Role.PartnerViewer, TestPlatform.Theirs), ask).Refusal);
        Assert.Equal(Refusal.NotFound, platform.Invitations.Invite(Principal.Platform, ask with { PartnerId = 99 }).Refusal);
    }

    [Fact]
    public async Task A_link_works_once_and_not_for_ever()
    {
        var invited = platform.Invitations.Invite(admin, new InvitationRequest("x@example.org", Role.PartnerViewer, TestPlatform.Ours)).Value!;
        Assert.Contains(invited.Token, Assert.Single(platform.Notices).Detail, StringComparison.Ordinal);
        Assert.True((await platform.Invitations.AcceptAsync(invited.Token, "X", TestPlatform.Password, null, Stop)).IsDone);
        Assert.Equal(Refusal.NotFound, (await platform.Invitations.AcceptAsync(invited.Token, "X", TestPlatform.Password, null, Stop)).Refusal);
        var late = platform.Invitations.Invite(admin, new InvitationRequest("y@example.org", Role.PartnerViewer, TestPlatform.Ours)).Value!;
        platform.Time.Advance(platform.Options.InvitationLifetime);
        Assert.Equal(Refusal.NotFound, (await platform.Invitations.AcceptAsync(late.Token, "Y", TestPlatform.Password, null, Stop)).Refusal);
    }

    [Fact]
    public async Task An_invitation_that_was_taken_back_lets_nobody_in()
    {
        var invited = platform.Invitations.Invite(admin, new InvitationRequest("x@example.org", Role.PartnerViewer, TestPlatform.Ours)).Value!;
        Assert.Equal("x@example.org", Assert.Single(platform.Database.Read(session => Invitations.List(session, TestPlatform.Ours))).Email);
        Assert.Equal(
            Refusal.NotFound,
            platform.Invitations.Cancel(TestPlatform.With(Role.PartnerAdmin, TestPlatform.Theirs), "x@example.org", TestPlatform.Ours).Refusal
        );
        Assert.True(platform.Invitations.Cancel(admin, "X@example.org", TestPlatform.Ours).IsDone);
        Assert.Equal(Refusal.NotFound, (await platform.Invitations.AcceptAsync(invited.Token, "X", TestPlatform.Password, null, Stop)).Refusal);
        Assert.Empty(platform.Database.Read(session => Invitations.List(session, TestPlatform.Ours)));
    }

    [Fact]
    public async Task An_invitation_takes_over_no_account_that_is_there()
    {
        await platform.AccountAsync("x@example.org", Role.PartnerAdmin, TestPlatform.Theirs);
        var invited = platform.Invitations.Invite(admin, new InvitationRequest("X@example.org", Role.PartnerViewer, TestPlatform.Ours)).Value!;
        Assert.Equal(Refusal.SignInAgain, (await platform.Invitations.AcceptAsync(invited.Token, "X", "another password", null, Stop)).Refusal);
        Assert.Equal(SignInResult.Refused, (await platform.TryAsync("x@example.org", "another password")).Result);

        await platform.AccountAsync("other@example.org", Role.PartnerViewer, TestPlatform.Theirs);
        var other = platform.Sessions.Find(await platform.SignInAsync("other@example.org"))!;
        Assert.Equal(Refusal.SignInAgain, (await platform.Invitations.AcceptAsync(invited.Token, "X", "another password", other, Stop)).Refusal);

        var owner = platform.Sessions.Find(await platform.SignInAsync("x@example.org"))!;
        Assert.True((await platform.Invitations.AcceptAsync(invited.Token, "X", null, owner, Stop)).IsDone);
        var after = platform.Sessions.Find(await platform.SignInAsync("x@example.org"))!.Principal;
        Assert.True(after.May(Capability.ReadFindings, TestPlatform.Ours));
        Assert.False(after.May(Capability.ManageAccounts, TestPlatform.Ours));
        Assert.True(after.May(Capability.ManageAccounts, TestPlatform.Theirs));
    }

    [Fact]
    public async Task A_password_set_anew_by_a_link_ends_all_sessions_and_keeps_the_second_factor()
    {
        await platform.AccountAsync("admin@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        var id = await platform.AccountAsync("x@example.org", Role.PartnerViewer, TestPlatform.Ours);
        var (token, _) = platform.SetUpSecondFactor(await platform.SignInAsync("x@example.org"));
        Assert.Equal(Refusal.NotFound, platform.Invitations.Reset(TestPlatform.With(Role.PartnerAdmin, TestPlatform.Theirs), id).Refusal);
        var link = platform.Invitations.Reset(admin, id).Value!;
        Assert.Equal(Refusal.Invalid, (await platform.Invitations.AcceptAsync(link.Token, "", "short", null, Stop)).Refusal);
        Assert.True((await platform.Invitations.AcceptAsync(link.Token, "", "quite another password", null, Stop)).IsDone);
        Assert.Null(platform.Sessions.Find(token));
        Assert.Equal(SignInResult.SecondFactorNeeded, (await platform.TryAsync("x@example.org", "quite another password")).Result);
    }

    [Fact]
    public async Task The_last_administrator_of_a_partner_stays()
    {
        var id = await platform.AccountAsync("admin@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        Assert.Equal(Refusal.Conflict, platform.Accounts.Remove(admin, id, Role.PartnerAdmin, TestPlatform.Ours).Refusal);
        Assert.Equal(Refusal.Conflict, platform.Accounts.Disable(admin, id).Refusal);
        await platform.AccountAsync("second@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        Assert.True(platform.Accounts.Remove(admin, id, Role.PartnerAdmin, TestPlatform.Ours).IsDone);
    }

    [Fact]
    public async Task An_administrator_has_no_power_over_what_an_account_is_elsewhere()
    {
        await platform.AccountAsync("admin@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        var id = await platform.AccountAsync("x@example.org", Role.PartnerViewer, TestPlatform.Ours);
        platform.Database.Write(session => Accounts.Grant(session, id, Role.PartnerViewer, TestPlatform.Theirs, "test"));
        Assert.Equal(Refusal.NotAllowed, platform.Accounts.Disable(admin, id).Refusal);
        Assert.Equal(Refusal.NotAllowed, platform.Accounts.ResetSecondFactor(admin, id).Refusal);
        Assert.Equal(Refusal.NotAllowed, platform.Invitations.Reset(admin, id).Refusal);
        Assert.True(platform.Accounts.Remove(admin, id, Role.PartnerViewer, TestPlatform.Ours).IsDone);
    }

    [Fact]
    public async Task Staff_sets_up_the_first_administrator_and_lets_nobody_in_afterwards()
    {
        var engineer = TestPlatform.With(Role.Engineer, null);
        platform.Contacts.Add(admin, TestPlatform.Ours, "contact@example.org", "");
        var ask = new InvitationRequest("first@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        Assert.Equal(Refusal.SignInAgain, platform.Invitations.Invite(engineer with { IsFresh = false }, ask).Refusal);
        Assert.Equal(
            Refusal.NotFound,
            platform.Invitations.Invite(TestPlatform.With(Role.Triager, null), ask with { PartnerId = 0, Role = Role.Engineer }).Refusal
        );
        Assert.True(platform.Invitations.Invite(engineer, ask).IsDone);
        Assert.Contains(platform.Notices, told => told.Kind == "staff-changed-accounts" && told.Recipients.Contains("contact@example.org"));

        var id = await platform.AccountAsync("first@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        Assert.Equal(Refusal.NotAllowed, platform.Invitations.Invite(engineer, ask with { Email = "engineer@example.org" }).Refusal);
        Assert.Equal(Refusal.NotAllowed, platform.Invitations.Reset(engineer, id).Refusal);
        Assert.Equal(Refusal.NotAllowed, platform.Accounts.ResetSecondFactor(engineer, id).Refusal);
        Assert.Equal(Refusal.NotAllowed, platform.Accounts.Give(engineer, id, Role.PartnerViewer, TestPlatform.Ours).Refusal);

        // The way out where nobody can be reached: in the chain, and told to the contacts.
        platform.Notices.Clear();
        Assert.True(platform.Accounts.Disable(engineer, id).IsDone);
        Assert.Equal(("staff-changed-accounts", "contact@example.org"), (Assert.Single(platform.Notices).Kind, platform.Notices[0].Recipients[0]));
        Assert.Contains("account-disabled", platform.Audited(TestPlatform.Ours));
    }

    [Fact]
    public async Task A_partner_decides_that_everyone_needs_a_second_factor()
    {
        await platform.AccountAsync("x@example.org", Role.PartnerViewer, TestPlatform.Ours);
        Assert.Equal(
            Refusal.NotAllowed,
            platform.Accounts.RequireSecondFactor(TestPlatform.With(Role.PartnerViewer, TestPlatform.Ours), TestPlatform.Ours, false).Refusal
        );
        Assert.True(platform.Accounts.RequireSecondFactor(admin, TestPlatform.Ours, true).IsDone);
        Assert.True(platform.Sessions.Find(await platform.SignInAsync("x@example.org"))!.NeedsSecondFactor);
    }

    [Fact]
    public async Task A_changed_password_ends_all_sessions()
    {
        await platform.AccountAsync("x@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        var token = await platform.SignInAsync("x@example.org");
        var who = platform.Sessions.Find(token)!;
        Assert.Equal(Refusal.Invalid, (await platform.Accounts.ChangePasswordAsync(who, "short", Stop)).Refusal);
        Assert.True((await platform.Accounts.ChangePasswordAsync(who, "quite another password", Stop)).IsDone);
        Assert.Null(platform.Sessions.Find(token));
        Assert.Equal(SignInResult.Refused, (await platform.TryAsync("x@example.org")).Result);
        Assert.Equal(SignInResult.SignedIn, (await platform.TryAsync("x@example.org", "quite another password")).Result);
    }

    [Fact]
    public async Task A_role_that_makes_no_sense_where_it_stands_gives_nothing()
    {
        var id = await platform.AccountAsync("x@example.org", Role.PartnerViewer, TestPlatform.Ours);
        platform.Database.Write(session =>
            session.Execute(
                """
                insert into account_role (account_id, role, partner_id, granted_at, granted_by)
                values (@id, 'system', 0, 0, ''), (@id, 'triager', 2, 0, ''), (@id, 'partner-admin', 0, 0, ''), (@id, 'wizard', 0, 0, '')
                """,
                new { id }
            )
        );
        var principal = platform.Sessions.Find(await platform.SignInAsync("x@example.org"))!.Principal;
        Assert.Equal([new Grant(Role.PartnerViewer, TestPlatform.Ours, null)], principal.Grants);
    }

    [Theory]
    [InlineData("a@example.org", true)]
    [InlineData(" A.b+c@Example.ORG ", true)]
    [InlineData("a@localhost", false)]
    [InlineData("a@b@example.org", false)]
    [InlineData("a\r\nBcc: b@example.org", false)]
    [InlineData("a b@example.org", false)]
    [InlineData("ä@example.org", false)]
    [InlineData("", false)]
    public void An_e_mail_address_has_one_spelling_and_ends_no_header(string text, bool isOne) => Assert.Equal(isOne, EmailAddress.TryParse(text, out _));

    public void Dispose() => platform.Dispose();
}
