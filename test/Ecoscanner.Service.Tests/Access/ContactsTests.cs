using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Tests.Access;

public sealed class ContactsTests : IDisposable
{
    private readonly TestPlatform platform = new();
    private readonly Principal admin = TestPlatform.With(Role.PartnerAdmin, TestPlatform.Ours);

    [Fact]
    public void Who_was_a_contact_before_is_told_of_every_change()
    {
        platform.Contacts.Add(admin, TestPlatform.Ours, "first@example.org", "First");
        var second = platform.Contacts.Add(admin, TestPlatform.Ours, "Second@example.org", "Second");
        Assert.Equal(["first@example.org", "second@example.org"], platform.Notices[^1].Recipients);
        Assert.True(platform.Contacts.Remove(admin, TestPlatform.Ours, second.Value).IsDone);
        Assert.Equal(("contact-removed", 2), (platform.Notices[^1].Kind, platform.Notices[^1].Recipients.Count));
        Assert.Equal(["contact-added", "contact-added", "contact-removed"], platform.Audited(TestPlatform.Ours));
        Assert.Equal(second.Value, platform.Contacts.Add(admin, TestPlatform.Ours, "second@example.org", "Again").Value);
    }

    [Fact]
    public void A_change_needs_a_fresh_sign_in()
    {
        Assert.Equal(Refusal.SignInAgain, platform.Contacts.Add(admin with { IsFresh = false }, TestPlatform.Ours, "a@example.org", "").Refusal);
        Assert.Equal(
            Refusal.NotAllowed,
            platform.Contacts.Add(TestPlatform.With(Role.PartnerResponder, TestPlatform.Ours), TestPlatform.Ours, "a@example.org", "").Refusal
        );
        Assert.Equal(Refusal.NotFound, platform.Contacts.Add(admin, TestPlatform.Theirs, "a@example.org", "").Refusal);
        Assert.Empty(platform.Notices);
    }

    [Fact]
    public void The_last_contact_stays_and_none_is_there_twice()
    {
        var only = platform.Contacts.Add(admin, TestPlatform.Ours, "a@example.org", "");
        Assert.Equal(Refusal.Conflict, platform.Contacts.Remove(admin, TestPlatform.Ours, only.Value).Refusal);
        Assert.Equal(Refusal.Conflict, platform.Contacts.Add(admin, TestPlatform.Ours, "A@example.org", "").Refusal);
        Assert.Equal(Refusal.NotFound, platform.Contacts.Remove(admin, TestPlatform.Ours, 99).Refusal);
    }

    [Fact]
    public async Task Contacts_confirm_once_a_year_that_they_still_are()
    {
        var mine = platform.Contacts.Add(admin, TestPlatform.Ours, "a@example.org", "").Value;
        var other = platform.Contacts.Add(admin, TestPlatform.Ours, "b@example.org", "").Value;
        Assert.Equal(0, platform.Contacts.Remind());
        platform.Time.Advance(platform.Options.ContactConfirmation + TimeSpan.FromDays(1));
        Assert.Equal((2, 0), (platform.Contacts.Remind(), platform.Contacts.Remind()));
        Assert.Equal(("contact-unconfirmed", "b@example.org"), (platform.Notices[^1].Kind, Assert.Single(platform.Notices[^1].Recipients)));
        await platform.AccountAsync("a@example.org", Role.PartnerViewer, TestPlatform.Ours);
        var who = platform.Sessions.Find(await platform.SignInAsync("a@example.org"))!;
        Assert.True(platform.Contacts.Confirm(who, TestPlatform.Ours, mine).IsDone);
        Assert.Equal(Refusal.NotFound, platform.Contacts.Confirm(who, TestPlatform.Ours, other).Refusal);
        // Who does not answer is asked again, some weeks later.
        platform.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(1, platform.Contacts.Remind());
        Assert.Equal("b@example.org", Assert.Single(platform.Notices[^1].Recipients));
    }

    public void Dispose() => platform.Dispose();
}
