using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Tests.Tickets;

public sealed class TicketLifeTests : IDisposable
{
    private readonly TicketWorld world = new();

    [Fact]
    public void A_tickets_whole_life()
    {
        // Found twice, six hours apart.
        var finding = world.Finding("page-unauthenticated", 8.8, "https://app.example/admin", state: "new");
        world.Change(FindingChangeKind.Opened, finding);
        Assert.Null(world.TicketOf(finding));
        world.Days(0.25);
        world.Change(FindingChangeKind.Confirmed, finding);
        var ticket = world.TicketOf(finding)!;
        Assert.Equal(TicketWorld.Start.AddDays(42.25), ticket.Due);

        // Reminded, and more time asked for and given.
        world.Days(29);
        world.Upkeep();
        Assert.Contains("due-14", world.List<string>("select kind from notice"));
        world.Done(
            TicketWorld.Partner,
            "AMS-1",
            "request-extension",
            new() { Plan = "1. a library\n2. a release", ProposedDue = world.Time.GetUtcNow().AddDays(30) }
        );
        Assert.Equal("AMS-1", Assert.Single(world.Database.Read(session => StaffQueues.Requests(session, TicketWorld.Staff, "extension", 0, 10))).Key);
        var granted = world.Time.GetUtcNow().AddDays(20);
        ticket = world.Done(TicketWorld.Staff, "AMS-1", "grant-extension", new() { Due = granted, Reason = "a good plan, less time" });
        Assert.Equal(("needs-patch", granted), (ticket.Status, ticket.Due!.Value));
        Assert.StartsWith(
            "extended to 15 Jan 2027 on 26 Dec 2026; before: high on cloud: 6 weeks from 27 Nov 2026",
            ticket.DueExplanation,
            StringComparison.Ordinal
        );
        Assert.Empty(world.Database.Read(session => StaffQueues.Requests(session, TicketWorld.Staff, "extension", 0, 10)));

        // Said patched, and it is not.
        world.Days(5);
        ticket = world.Done(TicketWorld.Partner, "AMS-1", "patched");
        Assert.Equal("verifying", ticket.Status);
        Assert.Equal(["page-unauthenticated"], world.Orders[0].Rules);
        Assert.Equal(["https://app.example/admin"], world.Orders[0].Places);
        Assert.True(world.Orders[0].Announced);
        Assert.Equal(world.Time.GetUtcNow(), world.Orders[0].NotBefore);
        world.Answer("fail", "the page opened without a token, 200");
        ticket = world.Read("AMS-1");
        Assert.Equal(
            ("needs-patch", "https://app.example/admin: the page opened without a token, 200", granted),
            (ticket.Status, ticket.StatusReason, ticket.Due!.Value)
        );

        // Said patched again; the app is down, and then it is fixed.
        world.Done(TicketWorld.Partner, "AMS-1", "patched");
        world.Answer("inconclusive", "no answer within 10 s");
        ticket = world.Read("AMS-1");
        Assert.Equal("verifying", ticket.Status);
        Assert.Equal("not known yet: https://app.example/admin: no answer within 10 s; it is tried again by itself", ticket.StatusReason);
        world.Time.Advance(TimeSpan.FromMinutes(10));
        world.Upkeep();
        Assert.Equal((3, 2L), (world.Orders.Count, world.Orders[^1].Attempt));
        // Who asks while it is looked at waits for that.
        world.Hurry("AMS-1");
        Assert.Equal(3, world.Orders.Count);
        world.Answer("pass");
        Assert.Equal("verified", world.Read("AMS-1").Status);

        // A second look, when nobody waits for it; the partner does not see it before.
        var second = world.Orders[^1];
        Assert.Equal((4, false), (world.Orders.Count, second.Announced));
        Assert.InRange(second.NotBefore - world.Time.GetUtcNow(), TimeSpan.FromHours(6), TimeSpan.FromHours(18));
        Assert.DoesNotContain(world.Database.Read(session => world.Page.Read(session, TicketWorld.Partner, "AMS-1"))!.Proofs, proof => !proof.Announced);
        Assert.Contains(world.Database.Read(session => world.Page.Read(session, TicketWorld.Staff, "AMS-1"))!.Proofs, proof => !proof.Announced);
        world.Days(1);
        world.Answer("fail", "the page opened without a token again");
        ticket = world.Read("AMS-1");
        Assert.Equal(("needs-patch", granted), (ticket.Status, ticket.Due!.Value));
        Assert.StartsWith("a second look: ", ticket.StatusReason, StringComparison.Ordinal);

        // Fixed for good.
        world.Done(TicketWorld.Partner, "AMS-1", "patched");
        world.Answer("pass");
        world.Days(1);
        world.Answer("pass");
        world.Change(FindingChangeKind.Fixed, finding);
        Assert.Equal("verified", world.Read("AMS-1").Status);
        Assert.Contains(world.Database.Read(session => world.Page.Read(session, TicketWorld.Partner, "AMS-1"))!.Proofs, proof => !proof.Announced);
        Assert.Equal(
            [
                "created",
                "finding-joined",
                "request-extension",
                "grant-extension",
                "patched",
                "verify",
                "still-there",
                "patched",
                "verify",
                "inconclusive",
                "verified",
                "reopen",
                "patched",
                "verify",
                "verified",
                "second-look",
            ],
            world.List<string>("select kind from ticket_event order by id")
        );
        Assert.Equal(
            ["ticket.request-extension", "ticket.grant-extension", "ticket.patched", "ticket.patched", "ticket.patched"],
            world.List<string>("select action from audit_event where partner_id = 1 order by sequence")
        );
    }

    [Fact]
    public void A_stable_check_needs_no_second_look()
    {
        world.Ticket();
        world.Done(TicketWorld.Partner, "AMS-1", "patched");
        world.Answer("pass");
        Assert.Equal("verified", world.Read("AMS-1").Status);
        Assert.Single(world.Orders);
    }

    [Fact]
    public void A_run_that_died_proves_nothing_and_is_tried_again_ever_later()
    {
        world.Ticket();
        world.Done(TicketWorld.Partner, "AMS-1", "patched");
        foreach (var minutes in (int[])[10, 60, 360, 1440, 1440])
        {
            // Nobody tells: the sweep sees that it ended.
            world.Sql("update run set state = 'failed', failure = 'out of memory' where id = @LastRun", new { world.LastRun });
            world.Upkeep();
            Assert.Equal("verifying", world.Read("AMS-1").Status);
            Assert.Contains("out of memory", world.Read("AMS-1").StatusReason, StringComparison.Ordinal);
            var before = world.Orders.Count;
            world.Time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromMilliseconds(1));
            world.Upkeep();
            Assert.Equal(before, world.Orders.Count);
            world.Time.Advance(TimeSpan.FromMilliseconds(1));
            world.Upkeep();
            Assert.Equal(before + 1, world.Orders.Count);
        }

        Assert.Equal(world.Orders.Count, world.Orders.Select(order => order.TriggerKey).Distinct().Count());
    }

    [Fact]
    public void A_clean_run_of_before_the_claim_proves_nothing()
    {
        world.Ticket();
        world.Sql("update finding set clean_runs = 1, last_clean_at = @at", new { at = world.Clock });
        world.Days(1);
        world.Done(TicketWorld.Partner, "AMS-1", "patched");
        world.Answer("inconclusive", "cut short");
        Assert.Equal("verifying", world.Read("AMS-1").Status);
    }

    [Fact]
    public void A_disputed_ticket_waits_for_us_and_is_not_enforced_meanwhile()
    {
        world.Ticket(cvss: 9.8);
        world.Days(27.9);
        world.Done(TicketWorld.Partner, "AMS-1", "dispute", new() { Reason = "meant to be public", Evidence = "`curl` shows a *static* page" });
        world.Days(1);
        world.Upkeep();
        Assert.Empty(world.List<long>("select id from enforcement"));
        Assert.Equal("AMS-1", Assert.Single(world.Database.Read(session => StaffQueues.Requests(session, TicketWorld.Staff, "dispute", 0, 10))).Key);
        world.Done(TicketWorld.Staff, "AMS-1", "uphold", new() { Reason = "it holds tenant data" });
        world.Upkeep();
        var breach = Assert.Single(world.Database.Read(session => StaffQueues.Breaches(session, TicketWorld.Staff, 0, 10)));
        Assert.Equal(("AMS-1", "hide"), (breach.Key, breach.Proposed));
        var comments = world.Database.Read(session => world.Comments.Of(session, world.Read("AMS-1")));
        Assert.Equal(["partner reason", "partner evidence", "staff reason"], comments.Select(comment => $"{comment.Side} {comment.Kind}"));
        Assert.DoesNotContain("meant to be public", string.Concat(world.List<string>("select detail from ticket_event")), StringComparison.Ordinal);
    }

    [Fact]
    public void At_breach_the_policy_proposes_and_people_decide()
    {
        world.Ticket(cvss: 7.4);
        world.Days(42);
        world.Upkeep();
        Assert.Empty(world.List<long>("select id from enforcement"));
        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        world.Upkeep();
        world.Upkeep();
        var breach = Assert.Single(world.Database.Read(session => StaffQueues.Breaches(session, TicketWorld.Staff, 0, 10)));
        Assert.Equal("delist", breach.Proposed);
        Assert.Empty(world.Database.Read(session => StaffQueues.Breaches(session, TicketWorld.Partner, 0, 10)));
        world.Database.Write(session =>
        {
            Assert.NotNull(Enforcements.Decide(session, TicketWorld.Partner, breach.Id, 1, Enforcement.None, "please"));
            Assert.NotNull(Enforcements.Decide(session, TicketWorld.Who(Role.System), breach.Id, 1, Enforcement.Hide, "by itself"));
            Assert.NotNull(Enforcements.Decide(session, TicketWorld.Staff, breach.Id, 1, Enforcement.Hide, " "));
            Assert.NotNull(Enforcements.Decide(session, TicketWorld.Staff, breach.Id, 7, Enforcement.Hide, "why"));
            Assert.Null(Enforcements.Decide(session, TicketWorld.Staff, breach.Id, 1, Enforcement.None, "a fix comes tomorrow"));
            Assert.NotNull(Enforcements.Decide(session, TicketWorld.Staff, breach.Id, 2, Enforcement.Hide, "again"));
        });
        Assert.Equal(["enforcement.decide"], world.List<string>("select action from audit_event where partner_id = 1"));
        Assert.Contains("enforcement", world.List<string>("select kind from ticket_event"));
    }

    [Fact]
    public void What_was_proposed_lapses_when_it_is_fixed_first()
    {
        var finding = world.Finding();
        world.Change(FindingChangeKind.Confirmed, finding);
        world.Days(57);
        world.Upkeep();
        world.Change(FindingChangeKind.Fixed, finding);
        Assert.Empty(world.Database.Read(session => StaffQueues.Breaches(session, TicketWorld.Staff, 0, 10)));
        world.Database.Write(session => Assert.NotNull(Enforcements.Decide(session, TicketWorld.Staff, 1, 2, Enforcement.Hide, "late")));
    }

    [Fact]
    public void Reminders_come_fourteen_seven_and_one_day_before_at_breach_and_weekly()
    {
        world.Ticket(cvss: 9.8);
        for (var hour = 0; hour < 45 * 24; hour += 3)
        {
            world.Time.Advance(TimeSpan.FromHours(3));
            world.Upkeep();
        }

        Assert.Equal(["filed", "due-14", "due-7", "due-1", "breach", "overdue-1", "overdue-2"], world.List<string>("select kind from notice order by id"));
        Assert.Equal(world.One<int>("select count(*) from notice"), world.One<int>("select count(*) from notice where digest_id is not null"));
    }

    [Fact]
    public void After_a_long_stop_only_the_latest_reminder_is_given_in_one_digest_for_a_partner()
    {
        world.Ticket(cvss: 9.8);
        world.Ticket("tls-missing", 7.4);
        world.Days(60);
        world.Upkeep();
        world.Upkeep();
        var digest = Assert.Single(world.Database.Read(Notices.Waiting));
        Assert.Equal(4, digest.Count);
        Assert.Equal(["AMS-1 filed", "AMS-1 overdue-4", "AMS-2 filed", "AMS-2 overdue-2"], digest.Lines.Select(line => $"{line.Key} {line.Kind}"));
        world.Database.Write(session => Notices.Sent(session, digest.Id));
        Assert.Empty(world.Database.Read(Notices.Waiting));
    }

    [Fact]
    public void A_duplicates_findings_go_to_the_other_ticket_and_are_fixed_there()
    {
        var first = world.Finding();
        var second = world.Finding("tls-missing", 7.4);
        world.Change(FindingChangeKind.Confirmed, first);
        world.Change(FindingChangeKind.Confirmed, second);
        world.Done(TicketWorld.Staff, "AMS-2", "duplicate", new() { DuplicateOf = "AMS-1", Reason = "the same host" });
        Assert.Equal((Severity.High, TicketWorld.Start.AddDays(42)), (world.Read("AMS-1").Severity, world.Read("AMS-1").Due!.Value));
        world.Change(FindingChangeKind.Fixed, first);
        Assert.Equal("needs-patch", world.Read("AMS-1").Status);
        world.Change(FindingChangeKind.Fixed, second);
        Assert.Equal(("verified", "duplicate"), (world.Read("AMS-1").Status, world.Read("AMS-2").Status));
        world.Change(FindingChangeKind.Reopened, second);
        Assert.Equal(("needs-patch", "duplicate"), (world.Read("AMS-1").Status, world.Read("AMS-2").Status));
    }

    [Theory]
    [InlineData("AMS-1")]
    [InlineData("AMS-3")]
    [InlineData("AMS-99")]
    public void A_ticket_is_no_duplicate_of_itself_of_another_apps_or_of_none(string other)
    {
        world.Ticket();
        world.Ticket("tls-missing", 7.4);
        world.Ticket(hosting: 20);
        Assert.IsType<TransitionOutcome.WrongField>(world.Move(TicketWorld.Staff, "AMS-1", "duplicate", new() { DuplicateOf = other, Reason = "why" }));
    }

    [Fact]
    public void An_accepted_risk_ends_with_a_new_clock()
    {
        world.Ticket();
        world.Done(TicketWorld.Staff, "AMS-1", "accept-risk", new() { Reason = "a migration", Until = world.Time.GetUtcNow().AddDays(100) });
        Assert.Equal("accepted", world.One<string>("select state from finding"));
        world.Days(99.99);
        world.Upkeep();
        Assert.Equal("risk-accepted", world.Read("AMS-1").Status);
        world.Days(0.01);
        world.Upkeep();
        Assert.Equal(("needs-patch", TicketWorld.Start.AddDays(156)), (world.Read("AMS-1").Status, world.Read("AMS-1").Due!.Value));
        Assert.Equal("ticketed", world.One<string>("select state from finding"));
    }

    [Fact]
    public void An_extension_is_after_the_due_date_and_within_a_year()
    {
        world.Ticket();
        foreach (var days in (double[])[-1, 0, 30, 56, 400])
        {
            Assert.IsType<TransitionOutcome.WrongField>(
                world.Move(TicketWorld.Partner, "AMS-1", "request-extension", new() { Plan = "plan", ProposedDue = TicketWorld.Start.AddDays(days) })
            );
        }

        world.Done(TicketWorld.Partner, "AMS-1", "request-extension", new() { Plan = "plan", ProposedDue = TicketWorld.Start.AddDays(57) });
        world.Done(TicketWorld.Partner, "AMS-1", "take-back");
        Assert.Equal(["taken-back"], world.List<string>("select decision from ticket_request"));
    }

    [Fact]
    public void Who_does_not_want_to_wait_for_the_next_try_has_it_at_once_and_no_second_one_later()
    {
        world.Ticket();
        world.Done(TicketWorld.Partner, "AMS-1", "patched");
        world.Answer("inconclusive", "no answer");
        Assert.Single(world.Orders);
        world.Hurry("AMS-1");
        Assert.Equal((2, 1L, world.Time.GetUtcNow()), (world.Orders.Count, world.Orders[^1].Attempt, world.Orders[^1].NotBefore));
        world.Time.Advance(TimeSpan.FromHours(1));
        world.Upkeep();
        Assert.Equal(2, world.Orders.Count);
        world.Answer("pass");
        Assert.Equal("verified", world.Read("AMS-1").Status);
    }

    [Theory]
    [InlineData("fail", "needs-patch", "https://app.example/: the run saw it again; its report shows how")]
    [InlineData("inconclusive", "verifying", "not known yet: https://app.example/: no answer; it is tried again by itself")]
    [InlineData("pass", "verified", "a complete clean run against the newest released version, with a positive control")]
    public void A_run_of_some_places_is_judged_by_what_it_found(string verdict, string status, string reason)
    {
        world.Ticket();
        world.Done(TicketWorld.Partner, "AMS-1", "patched");
        world.Answer(verdict, failure: verdict == "inconclusive" ? "no answer" : null, narrowed: true);
        Assert.Equal((status, reason), (world.Read("AMS-1").Status, world.Read("AMS-1").StatusReason));
    }

    [Fact]
    public void What_ingestion_closed_already_is_looked_at_once_more_all_the_same()
    {
        var finding = world.Finding("install-unsigned", 8.6);
        world.Change(FindingChangeKind.Confirmed, finding);
        world.Done(TicketWorld.Partner, "AMS-1", "patched");
        world.Change(FindingChangeKind.Fixed, finding);
        Assert.Equal("verified", world.Read("AMS-1").Status);
        world.Answer("pass");
        Assert.Equal((2, false), (world.Orders.Count, world.Orders[^1].Announced));

        // Seen once more; the finding itself needs a second run to be believed.
        world.Days(1);
        world.Sql("update finding set state = 'new', closed_at = null, clean_runs = 0, last_clean_at = null");
        world.Answer("fail", narrowed: true);
        Assert.Equal("needs-patch", world.Read("AMS-1").Status);
        Assert.Equal(TicketWorld.Start.AddDays(42), world.Read("AMS-1").Due);
        world.Change(FindingChangeKind.Reopened, finding);
        Assert.Equal(("needs-patch", TicketWorld.Start.AddDays(42)), (world.Read("AMS-1").Status, world.Read("AMS-1").Due!.Value));
    }

    [Fact]
    public void A_decision_on_the_last_finding_decides_the_ticket_and_back()
    {
        var first = world.Finding();
        var second = world.Finding(place: "https://app.example/b");
        world.Change(FindingChangeKind.Confirmed, first);
        world.Change(FindingChangeKind.Confirmed, second);
        Decide(first, "false-positive");
        Assert.Equal("needs-patch", world.Read("AMS-1").Status);
        Decide(second, "false-positive");
        Assert.Equal("not-applicable", world.Read("AMS-1").Status);
        Decide(second, "confirmed");
        Assert.Equal("needs-patch", world.Read("AMS-1").Status);
        Decide(second, "platform-caused");
        Assert.Equal((true, null), (world.Read("AMS-1").PlatformForced, world.Read("AMS-1").DueAt));

        void Decide(long finding, string state) =>
            world.Database.Write(session =>
            {
                Assert.Equal(DecisionOutcome.Decided, FindingDecisions.Decide(session, TicketWorld.Staff, new FindingDecision(finding, state, "because")));
                world.Filing.Decided(session, TicketWorld.Staff, finding, "because");
            });
    }

    [Fact]
    public void A_finding_that_nobody_told_of_is_filed_by_the_upkeep()
    {
        var finding = world.Finding();
        world.Finding(raises: false);
        world.Upkeep();
        Assert.Equal("AMS-1", world.TicketOf(finding)!.Key);
        Assert.Equal(1, world.One<int>("select count(*) from ticket"));
    }

    public void Dispose() => world.Dispose();
}
