using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Tests.Tickets;

public sealed class TicketFilingTests : IDisposable
{
    private readonly TicketWorld world = new();

    [Fact]
    public void A_confirmed_finding_becomes_a_ticket_with_everything_on_it()
    {
        var ticket = world.Ticket();
        Assert.Equal("AMS-1", ticket.Key);
        Assert.Equal(
            (Severity.Medium, 6.8, "Connect 3", "ecoscanner", "needs-patch"),
            (ticket.Severity, ticket.Cvss, ticket.Requirement, ticket.Source, ticket.Status)
        );
        Assert.Equal("HSTS must be on for a year or more", ticket.Title);
        Assert.Equal(TicketWorld.Start.AddDays(56), ticket.Due);
        Assert.Equal("medium on cloud: 8 weeks from 27 Nov 2026, when it was reported, by the Security Bug Fix Policy of October 2023", ticket.DueExplanation);
        var page = world.Database.Read(session => world.Page.Read(session, TicketWorld.Partner, "AMS-1"))!;
        Assert.Contains("max-age", page.Remediation, StringComparison.Ordinal);
        Assert.Equal("https://app.example/", Assert.Single(page.Findings).Place);
        Assert.Equal("ticketed", page.Findings[0].State);
        Assert.Equal(["AMS-1 filed"], world.List<string>("select key || ' ' || kind from notice"));
    }

    [Fact]
    public void An_app_with_two_hostings_has_a_ticket_and_a_due_date_for_each()
    {
        var cloud = world.Ticket(cvss: 9.1);
        var dataCenter = world.Ticket(cvss: 9.1, hosting: 11);
        Assert.NotEqual(cloud.Key, dataCenter.Key);
        Assert.Equal((TicketWorld.Start.AddDays(28), TicketWorld.Start.AddDays(84)), (cloud.Due, dataCenter.Due));
    }

    [Fact]
    public void Places_of_one_family_stand_under_one_ticket_each_with_its_clock()
    {
        var first = world.Finding(place: "https://app.example/a");
        world.Change(FindingChangeKind.Confirmed, first);
        world.Days(40);
        var second = world.Finding(place: "https://app.example/b");
        world.Change(FindingChangeKind.Confirmed, second);
        var ticket = world.TicketOf(second)!;
        Assert.Equal("AMS-1", ticket.Key);
        Assert.Equal(TicketWorld.Start.AddDays(56), ticket.Due);

        world.Change(FindingChangeKind.Fixed, first);
        Assert.Equal(TicketWorld.Start.AddDays(96), world.Read("AMS-1").Due);
        Assert.Equal("needs-patch", world.Read("AMS-1").Status);

        world.Change(FindingChangeKind.Fixed, second);
        var verified = world.Read("AMS-1");
        Assert.Equal(("verified", "complete clean runs show that all its 2 findings are fixed"), (verified.Status, verified.StatusReason));
    }

    [Theory]
    [InlineData("new", "proven", "enforced", true, "unconfirmed")]
    [InlineData("confirmed", "unproven", "enforced", true, "unproven")]
    [InlineData("confirmed", "proven", "shadow", true, "stage")]
    [InlineData("confirmed", "proven", "canary", true, "stage")]
    [InlineData("confirmed", "proven", "enforced", false, null)]
    public void What_may_not_have_a_ticket_has_none_and_the_reason_is_kept(string state, string ownership, string stage, bool raises, string? cause)
    {
        world.Sql("update app set ownership = @ownership where id = 1", new { ownership });
        var finding = world.Finding(state: state, raises: raises);
        world.Change(state == "new" ? FindingChangeKind.Opened : FindingChangeKind.Confirmed, finding, world.Run(stage));
        Assert.Null(world.TicketOf(finding));
        Assert.Equal(cause, world.Database.Read(session => session.Find<string>("select cause from ticket_unfiled")));
        var why = world.Database.Read(session => StaffQueues.WhyUnfiled(session, TicketWorld.Partner, finding));
        Assert.NotNull(why);
        Assert.Equal(cause is null, why.Contains("advice", StringComparison.Ordinal));
        Assert.Null(world.Database.Read(session => StaffQueues.WhyUnfiled(session, TicketWorld.Who(Role.PartnerAdmin, 2), finding)));
    }

    [Fact]
    public void An_app_that_is_proven_later_gets_its_tickets_by_itself()
    {
        world.Sql("update app set ownership = 'unproven' where id = 1");
        var finding = world.Finding();
        world.Change(FindingChangeKind.Confirmed, finding);
        world.Sql("update app set ownership = 'proven' where id = 1");
        world.Days(1);
        world.Upkeep();
        Assert.NotNull(world.TicketOf(finding));
        Assert.Empty(world.List<long>("select finding_id from ticket_unfiled"));
    }

    [Fact]
    public void No_more_than_a_hundred_tickets_a_day_and_the_rest_follows()
    {
        for (var i = 0; i < 103; i++)
        {
            world.Change(FindingChangeKind.Confirmed, world.Finding($"rule-{i}"), "run-1");
        }

        Assert.Equal(100, world.One<int>("select count(*) from ticket"));
        Assert.Equal(["limit", "limit", "limit"], world.List<string>("select cause from ticket_unfiled"));
        Assert.Equal(3, world.Database.Read(session => StaffQueues.Unfiled(session, TicketWorld.Staff, null, 0, 10)).Count);
        world.Days(1.001);
        world.Upkeep();
        Assert.Equal(103, world.One<int>("select count(*) from ticket"));
    }

    [Fact]
    public void A_new_finding_like_one_that_was_just_fixed_waits_two_days()
    {
        var first = world.Finding();
        world.Change(FindingChangeKind.Confirmed, first);
        world.Change(FindingChangeKind.Fixed, first);
        world.Days(1);
        var second = world.Finding(place: "https://app.example/b");
        world.Change(FindingChangeKind.Confirmed, second);
        Assert.Null(world.TicketOf(second));
        Assert.Equal("quiet", world.One<string>("select cause from ticket_unfiled"));
        world.Days(1.001);
        world.Upkeep();
        Assert.Equal("AMS-2", world.TicketOf(second)!.Key);
    }

    [Theory]
    [InlineData(29.99, true)]
    [InlineData(30, true)]
    [InlineData(30.01, false)]
    public void What_comes_back_within_thirty_days_keeps_its_clock(double days, bool keeps)
    {
        var finding = world.Finding();
        world.Change(FindingChangeKind.Confirmed, finding);
        world.Days(10);
        world.Change(FindingChangeKind.Fixed, finding);
        world.Days(days);
        world.Change(FindingChangeKind.Reopened, finding);
        var ticket = world.Read("AMS-1");
        Assert.Equal("needs-patch", ticket.Status);
        Assert.Null(ticket.ClosedAt);
        Assert.Equal(keeps ? TicketWorld.Start.AddDays(56) : TicketWorld.Start.AddDays(66 + days), ticket.Due);
        Assert.Contains(keeps ? "when it was reported" : "when it was seen again", ticket.DueExplanation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_people_decided_stays_decided_when_it_is_seen_again()
    {
        var finding = world.Finding();
        world.Change(FindingChangeKind.Confirmed, finding);
        world.Done(TicketWorld.Staff, "AMS-1", "not-applicable", new() { Reason = "a static page" });
        Assert.Equal("false-positive", world.One<string>("select state from finding where id = 1"));
        world.Change(FindingChangeKind.Reopened, finding);
        Assert.Equal("not-applicable", world.Read("AMS-1").Status);
        Assert.Equal("decided", world.One<string>("select cause from ticket_unfiled"));
    }

    [Fact]
    public void A_worse_score_counts_from_the_start_but_leaves_a_week()
    {
        var finding = world.Finding(cvss: 6.8);
        world.Change(FindingChangeKind.Confirmed, finding);
        world.Change(FindingChangeKind.Rescored, finding, cvss: 8.0);
        Assert.Equal(TicketWorld.Start.AddDays(42), world.Read("AMS-1").Due);
        world.Change(FindingChangeKind.Rescored, finding, cvss: 6.8);
        world.Days(40);
        world.Change(FindingChangeKind.Rescored, finding, cvss: 8.0);
        Assert.Equal(TicketWorld.Start.AddDays(47), world.Read("AMS-1").Due);
        Assert.EndsWith("moved to 13 Jan 2027: a new score leaves a week", world.Read("AMS-1").DueExplanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_that_becomes_critical_leaves_no_week_but_is_not_due_before_it_is_told()
    {
        var finding = world.Finding(cvss: 6.8);
        world.Change(FindingChangeKind.Confirmed, finding);
        world.Days(26);
        world.Change(FindingChangeKind.Rescored, finding, cvss: 9.8);
        Assert.Equal(TicketWorld.Start.AddDays(28), world.Read("AMS-1").Due);
        world.Change(FindingChangeKind.Rescored, finding, cvss: 6.8);
        world.Days(10);
        world.Change(FindingChangeKind.Rescored, finding, cvss: 9.8);
        Assert.Equal(TicketWorld.Start.AddDays(36), world.Read("AMS-1").Due);
    }

    [Fact]
    public void What_the_platform_forces_is_listed_without_a_due_date()
    {
        var finding = world.Finding("library-vulnerable", 9.8, "pkg:npm/@forge/api");
        world.Change(FindingChangeKind.Confirmed, finding, forced: true);
        var ticket = world.Read("AMS-1");
        Assert.True(ticket.PlatformForced);
        Assert.Null(ticket.Due);
        world.Days(400);
        world.Upkeep();
        Assert.Empty(world.List<long>("select id from enforcement"));
        Assert.DoesNotContain("due", string.Join(' ', world.List<string>("select kind from notice")), StringComparison.Ordinal);

        // One that the partner can mend stands beside it, and makes the ticket due.
        var own = world.Finding("library-vulnerable", 7.5, "pkg:npm/lodash");
        world.Change(FindingChangeKind.Confirmed, own);
        ticket = world.Read("AMS-1");
        Assert.False(ticket.PlatformForced);
        Assert.Equal((Severity.High, TicketWorld.Start.AddDays(442)), (ticket.Severity, ticket.Due));
    }

    [Fact]
    public void When_an_exemption_ends_the_clock_begins()
    {
        world.Database.Write(session =>
            Assert.Null(
                PlatformExemptions.Add(
                    session,
                    TicketWorld.Who(Role.Engineer),
                    "hsts-missing",
                    "app.example",
                    "the host's",
                    "the host",
                    session.Now,
                    session.Now.AddDays(30)
                )
            )
        );
        Assert.True(world.Ticket().PlatformForced);
        world.Days(30);
        world.Upkeep();
        var ticket = world.Read("AMS-1");
        Assert.Equal((false, TicketWorld.Start.AddDays(86)), (ticket.PlatformForced, ticket.Due!.Value));
        Assert.Contains("when the exemption ended", ticket.DueExplanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_withdrawn_rule_withdraws_its_ticket()
    {
        var finding = world.Finding();
        world.Change(FindingChangeKind.Confirmed, finding);
        world.Change(FindingChangeKind.Withdrawn, finding);
        Assert.Equal("withdrawn", world.Read("AMS-1").Status);
    }

    [Fact]
    public void The_same_change_twice_changes_nothing()
    {
        var finding = world.Finding();
        world.Change(FindingChangeKind.Confirmed, finding);
        var before = (world.Read("AMS-1"), world.One<int>("select count(*) from ticket_event"));
        world.Change(FindingChangeKind.Confirmed, finding);
        Assert.Equal(before, (world.Read("AMS-1"), world.One<int>("select count(*) from ticket_event")));
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_nothing_due_before_it_is_told()
    {
        var ticket = world.Ticket();
        Assert.True(ticket.DueAt >= ticket.CreatedAt);
        world.Days(-400);
        var finding = world.Finding(place: "https://app.example/b");
        world.Change(FindingChangeKind.Confirmed, finding);
        world.Change(FindingChangeKind.Rescored, finding, cvss: 9.8);
        world.Change(FindingChangeKind.Rescored, 1, cvss: 9.8);
        Assert.All(world.List<long>("select due_at from ticket_finding"), due => Assert.True(due >= world.Clock));
        world.Upkeep();
    }

    [Fact]
    public void A_thousand_findings_are_filed_within_seconds()
    {
        for (var i = 0; i < 1000; i++)
        {
            world.Finding(place: $"https://app.example/{i}");
        }

        var run = world.Run();
        var time = System.Diagnostics.Stopwatch.StartNew();
        world.Database.Write(session =>
            world.Filing.Apply(session, run, [.. Enumerable.Range(1, 1000).Select(id => new FindingChange(FindingChangeKind.Confirmed, id, run))])
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"1,000 changes in {time.ElapsedMilliseconds} ms");
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(5));
        Assert.Equal(1, world.One<int>("select count(*) from ticket"));
    }

    public void Dispose() => world.Dispose();
}
