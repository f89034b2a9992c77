using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Tests.Tickets;

public sealed class SecurityReportsTests : IDisposable
{
    private const string Critical = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    private const string Medium = "CVSS:3.1/AV:N/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:L";

    private readonly TicketWorld world = new();

    [Fact]
    public void A_bounty_report_begins_in_triage_and_its_clock_after_it()
    {
        var ticket = Create(new("bounty"));
        Assert.Equal(
            ("AMS-1", "security-vulnerability", "triage", Severity.Critical, 9.8),
            (ticket.Key, ticket.Workflow, ticket.Status, ticket.Severity, ticket.Cvss)
        );
        Assert.Equal(TicketWorld.Start.AddDays(42), ticket.Due);
        Assert.Equal(TicketWorld.Start.AddDays(14).ToUnixTimeMilliseconds(), ticket.TriageUntil);
        world.Days(20);
        ticket = world.Done(TicketWorld.Staff, "AMS-1", "confirm", new() { Reason = "it is true" });
        Assert.Equal(("needs-patch", TicketWorld.Start.AddDays(48)), (ticket.Status, ticket.Due!.Value));
        Assert.Contains("when the triage of the report of 27 Nov 2026 ended", ticket.DueExplanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pentest")]
    [InlineData("report")]
    public void Other_sources_begin_with_the_partner(string source)
    {
        var ticket = Create(new(source));
        Assert.Equal(("needs-patch", TicketWorld.Start.AddDays(28)), (ticket.Status, ticket.Due!.Value));
    }

    [Fact]
    public void A_report_that_waited_is_not_due_before_it_is_told()
    {
        var ticket = Create(new("pentest") { ReportedDaysAgo = 100 });
        Assert.Equal(ticket.CreatedAt, ticket.DueAt);
        Assert.EndsWith("nothing is due before it is told", ticket.DueExplanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_findings_a_person_checks_the_fix()
    {
        Create(new("pentest"));
        Assert.Equal("patched", world.Done(TicketWorld.Partner, "AMS-1", "patched").Status);
        Assert.Empty(world.Orders);
        Assert.Equal("verified", world.Done(TicketWorld.Staff, "AMS-1", "confirm-fix", new() { Reason = "tried it again" }).Status);
    }

    [Fact]
    public void With_findings_a_run_checks_it()
    {
        var finding = world.Finding("page-unauthenticated", 8.8);
        Create(new("pentest") { Findings = [finding] });
        Assert.Equal("verifying", world.Done(TicketWorld.Partner, "AMS-1", "patched").Status);
        Assert.Equal(["page-unauthenticated"], Assert.Single(world.Orders).Rules);
    }

    [Fact]
    public void Only_staff_makes_them_and_only_with_what_is_needed()
    {
        Assert.IsType<TransitionOutcome.NotFound>(Try(TicketWorld.Partner, new("bounty")));
        Assert.IsType<TransitionOutcome.NotFound>(Try(TicketWorld.Who(Role.Engineer), new("bounty")));
        Assert.Equal("source", Wrong(new("ecoscanner")));
        Assert.Equal("title", Wrong(new("bounty") { Title = "a\nb" }));
        Assert.Equal("cvss-vector", Wrong(new("bounty") { Vector = "CVSS:3.1/AV:N" }));
        Assert.Equal("reported-at", Wrong(new("bounty") { ReportedDaysAgo = -1 }));
        Assert.Equal("description", Wrong(new("bounty") { Description = "" }));
        Assert.Equal("findings", Wrong(new("bounty") { Findings = [world.Finding(hosting: 20)] }));
    }

    [Fact]
    public void A_persons_score_moves_severity_and_due_date_and_is_audited()
    {
        var ticket = world.Ticket(cvss: 9.8);
        Assert.IsType<TransitionOutcome.Refused>(Rescore(TicketWorld.Partner, ticket.RowVersion));
        Assert.IsType<TransitionOutcome.NotFound>(Rescore(TicketWorld.Who(Role.PartnerAdmin, 2), ticket.RowVersion));
        Assert.IsType<TransitionOutcome.Stale>(Rescore(TicketWorld.Staff, 99));
        var after = Assert.IsType<TransitionOutcome.Done>(Rescore(TicketWorld.Staff, ticket.RowVersion)).Ticket;
        Assert.Equal((Severity.Medium, TicketWorld.Start.AddDays(56)), (after.Severity, after.Due!.Value));
        Assert.Equal(["ticket.rescore"], world.List<string>("select action from audit_event where partner_id = 1"));

        // What the scanner says of its finding changes nothing any more.
        world.Change(FindingChangeKind.Rescored, 1, cvss: 10);
        Assert.Equal(Severity.Medium, world.Read("AMS-1").Severity);
    }

    [Fact]
    public void A_report_of_what_the_scanner_has_too_is_shown_as_a_possible_duplicate()
    {
        world.Ticket();
        Create(new("pentest"));
        var pair = Assert.Single(world.Database.Read(session => StaffQueues.Duplicates(session, TicketWorld.Staff, (0, 0), 10)));
        Assert.Equal(("AMS-2", "AMS-1"), (pair.Key, pair.OtherKey));
        Assert.Empty(world.Database.Read(session => StaffQueues.Duplicates(session, TicketWorld.Partner, (0, 0), 10)));
    }

    public void Dispose() => world.Dispose();

    private TransitionOutcome Rescore(Principal by, long version) =>
        world.Database.Write(session => SecurityReports.Rescore(session, by, "AMS-1", version, Medium, "needs a click"));

    private TicketRow Create(Draft draft) => Assert.IsType<TransitionOutcome.Done>(Try(TicketWorld.Staff, draft)).Ticket;

    private string Wrong(Draft draft) => Assert.IsType<TransitionOutcome.WrongField>(Try(TicketWorld.Staff, draft)).Field;

    private TransitionOutcome Try(Principal by, Draft draft) =>
        world.Database.Write(session =>
            world.Reports.Create(
                session,
                by,
                new SecurityReport(
                    10,
                    draft.Source,
                    draft.Title,
                    "Connect 3",
                    null,
                    draft.Vector,
                    session.Now.AddDays(-draft.ReportedDaysAgo),
                    draft.Description,
                    draft.Findings
                )
            )
        );

    private sealed record Draft(string Source)
    {
        public string Title { get; init; } = "Anybody can read pages";
        public string Vector { get; init; } = Critical;
        public double ReportedDaysAgo { get; init; }
        public string Description { get; init; } = "open it";
        public IReadOnlyList<long> Findings { get; init; } = [];
    }
}
