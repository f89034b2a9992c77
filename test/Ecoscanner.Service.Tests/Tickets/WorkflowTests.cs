using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Tickets;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Tickets;

public sealed class WorkflowTests : IDisposable
{
    private readonly TicketWorld world = new();

    public static TheoryData<Role> Roles { get; } = new(Enum.GetValues<Role>());

    [Fact]
    public void Every_status_of_a_transition_is_one_of_its_workflow()
    {
        foreach (var workflow in Workflows.All)
        {
            Assert.All(workflow.Statuses, status => Assert.True(Workflows.HasStatus(status)));
            Assert.Contains(workflow.Initial, workflow.Statuses);
            Assert.All(workflow.InitialBySource.Values, status => Assert.Contains(status, workflow.Statuses));
            Assert.All(
                workflow.Transitions,
                transition =>
                {
                    Assert.All(transition.From, status => Assert.Contains(status, workflow.Statuses));
                    Assert.Contains(transition.To, workflow.Statuses);
                    Assert.DoesNotContain(transition.To, transition.From);
                    Assert.Equal(transition.Side is Side.Partner ? Capability.AnswerTickets : Capability.DecideTickets, transition.Capability);
                }
            );
            Assert.Equal(workflow.Transitions.Count, workflow.Transitions.Select(transition => transition.Name).Distinct().Count());
            Assert.All(workflow.Statuses, status => Assert.True(Reachable(workflow).Contains(status), $"{status} of {workflow.Name} is never reached"));
            Assert.All(
                workflow.Statuses.Where(status => Workflows.Status(status).Open),
                status => Assert.Contains(workflow.Transitions, transition => transition.From.Contains(status))
            );
        }
    }

    [Fact]
    public void Atlassians_statuses_are_theirs_and_the_rest_is_marked_ours() =>
        Assert.Equal(
            ["Needs Patch", "Needs Security Review", "Waiting for Release", "Extension Requested", "Patched", "Duplicate"],
            Workflows.Statuses.Where(status => !status.Ours).Select(status => status.Title)
        );

    [Fact]
    public void No_partner_sets_a_due_date_a_severity_or_a_source() =>
        Assert.All(
            Workflows.All.SelectMany(workflow => workflow.Transitions).Where(transition => transition.Side is Side.Partner),
            transition =>
                Assert.DoesNotContain(
                    transition.Requires.Concat(transition.Allows),
                    name => name is "due" or "until" or "duplicate-of" or "severity" or "source"
                )
        );

    /// <summary>Every transition of both workflows, from every status, by this role: made where the table of roles says so, and nowhere else.</summary>
    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_makes_its_sides_transitions_and_no_others(Role role)
    {
        var side = role switch
        {
            Role.PartnerResponder or Role.PartnerAdmin or Role.CiToken => Side.Partner,
            Role.Triager => Side.Staff,
            _ => (Side?)null,
        };
        var sees = role is not (Role.Engineer or Role.Auditor);
        var who = TicketWorld.Who(role);
        var other = world.Ticket("tls-missing", 7.4).Key;
        var made = 0;
        foreach (var workflow in Workflows.All)
        {
            var key = workflow.Name == Workflows.Ecoscanner ? world.Ticket().Key : Report();
            foreach (var transition in workflow.Transitions)
            {
                foreach (var status in workflow.Statuses)
                {
                    Put(key, status);
                    var outcome = world.Move(who, key, transition.Name, Fields(transition, other));
                    var what = $"{transition.Name} from {status} of {workflow.Name} by {role}: {outcome}";
                    if (!sees)
                    {
                        Assert.True(outcome is TransitionOutcome.NotFound, what);
                    }
                    else if (transition.Side == side && transition.From.Contains(status))
                    {
                        Assert.True(outcome is TransitionOutcome.Done, what);
                        made++;
                    }
                    else
                    {
                        Assert.True(outcome is TransitionOutcome.Refused, what);
                        Assert.Equal(status, world.Read(key).Status);
                    }
                }
            }
        }

        Assert.Equal(side is not null, made > 0);
        Assert.Equal(made, world.One<int>("select count(*) from audit_event where action like 'ticket.%' and action <> 'ticket.create'"));
    }

    [Fact]
    public void A_foreign_partners_ticket_does_not_exist()
    {
        var key = world.Ticket().Key;
        var foreign = TicketWorld.Who(Role.PartnerAdmin, partner: 2);
        Assert.IsType<TransitionOutcome.NotFound>(world.Move(foreign, key, "patched"));
        Assert.IsType<TransitionOutcome.NotFound>(world.Move(foreign, "AMS-999", "patched"));
        Assert.Null(world.Database.Read(session => world.Page.Read(session, foreign, key)));
        Assert.Equal("there is no ticket AMS-1", world.Database.Write(session => world.Comments.Add(session, foreign, key, "hello")));
    }

    [Fact]
    public void A_token_narrowed_to_another_app_sees_nothing()
    {
        var key = world.Ticket().Key;
        var narrow = TicketWorld.Partner with { Grants = [new Grant(Role.PartnerAdmin, 1, 77)] };
        Assert.IsType<TransitionOutcome.NotFound>(world.Move(narrow, key, "patched"));
    }

    [Fact]
    public void Each_required_field_is_required_and_no_other_is_taken()
    {
        foreach (var transition in Workflows.All.SelectMany(workflow => workflow.Transitions).Where(transition => transition.Side is not Side.Platform))
        {
            var ticket = new TicketRow { Workflow = Workflows.Security, Status = "needs-patch" };
            var whole = Fields(transition, "AMS-1");
            Assert.Null(whole.Check(transition, ticket, world.Time.GetUtcNow()));
            foreach (var (name, without) in Without(whole))
            {
                var wrong = without.Check(transition, ticket, world.Time.GetUtcNow());
                Assert.Equal(transition.Requires.Contains(name), wrong?.Field == name);
            }

            foreach (var (name, with) in With(whole))
            {
                var wrong = with.Check(transition, ticket, world.Time.GetUtcNow());
                Assert.Equal(!transition.Requires.Contains(name) && !transition.Allows.Contains(name), wrong?.Field == name);
            }
        }
    }

    [Fact]
    public void Who_read_an_older_state_is_told_and_nothing_changes()
    {
        var ticket = world.Ticket();
        world.Done(TicketWorld.Partner, ticket.Key, "wait-for-release");
        var stale = Assert.IsType<TransitionOutcome.Stale>(world.Move(TicketWorld.Partner, ticket.Key, "patched", version: ticket.RowVersion));
        Assert.Equal("waiting-for-release", stale.Ticket.Status);
        Assert.Equal("waiting-for-release", world.Read(ticket.Key).Status);
    }

    [Fact]
    public void Random_transitions_never_leave_the_workflow_and_every_change_has_its_event() =>
        Fuzz.Run(random =>
        {
            using var place = new TicketWorld();
            var finding = place.Finding("page-unauthenticated", 8.8);
            place.Change(FindingChangeKind.Confirmed, finding);
            var key = place.TicketOf(finding)!.Key;
            var other = place.Ticket("tls-missing", 7.4).Key;
            for (var step = 0; step < 25; step++)
            {
                var before = place.Read(key);
                var events = place.One<int>("select count(*) from ticket_event where ticket_id = 1");
                Step(place, random, key, other, finding);
                var after = place.Read(key);
                Assert.Contains(after.Status, after.Kind.Statuses);
                Assert.Equal(after.At.Open, after.ClosedAt is null);
                Assert.True(after.DueAt is null || after.DueAt >= after.CreatedAt);
                Assert.Equal(after.RowVersion - before.RowVersion, Changes(place, events));
                if (after.Status != before.Status)
                {
                    Assert.True(after.RowVersion > before.RowVersion);
                }

                Assert.True(place.One<int>("select count(*) from ticket_request where decided_at is null") <= 1);
            }
        });

    public void Dispose() => world.Dispose();

    // Events of changed fields; those of findings and second looks change none.
    private static long Changes(TicketWorld place, int events) =>
        place
            .List<string>($"select detail from ticket_event where ticket_id = 1 order by id limit 1000 offset {events}")
            .Count(detail => detail.Contains("\"before\"", StringComparison.Ordinal));

    private static void Step(TicketWorld place, Random random, string key, string other, long finding)
    {
        switch (random.Next(10))
        {
            case 0:
                place.Days(random.NextDouble() * 40);
                place.Upkeep();
                break;
            case 1:
                place.Change(FindingChangeKind.Rescored, finding, cvss: random.Next(1, 101) / 10.0);
                break;
            case 2:
                place.Change((FindingChangeKind)random.Next(6), finding);
                break;
            case 3 when place.Orders.Count > 0:
                place.Answer(
                    random.Next(3) switch
                    {
                        0 => "pass",
                        1 => "fail",
                        _ => "inconclusive",
                    }
                );
                break;
            default:
                var transitions = place.Read(key).Kind.Transitions;
                var transition = transitions[random.Next(transitions.Count)];
                place.Move(random.Next(2) == 0 ? TicketWorld.Partner : TicketWorld.Staff, key, transition.Name, Fields(transition, other, place));
                break;
        }
    }

    private static TransitionFields Fields(Transition transition, string other, TicketWorld? place = null)
    {
        // After any due date that the tests' tickets have.
        var later = (place?.Time.GetUtcNow() ?? TicketWorld.Start).AddDays(360);
        bool Takes(string name) => transition.Requires.Contains(name);
        return new()
        {
            Reason = Takes("reason") ? "because" : null,
            Evidence = Takes("evidence") ? "look" : null,
            Plan = Takes("plan") ? "first this" : null,
            ProposedDue = Takes("proposed-due") ? later : null,
            Due = Takes("due") ? later : null,
            Until = Takes("until") ? later : null,
            DuplicateOf = Takes("duplicate-of") ? other : null,
        };
    }

    private static IEnumerable<(string Name, TransitionFields Fields)> Without(TransitionFields fields) =>
        [
            ("reason", fields with { Reason = null }),
            ("evidence", fields with { Evidence = "" }),
            ("plan", fields with { Plan = null }),
            ("proposed-due", fields with { ProposedDue = null }),
            ("due", fields with { Due = null }),
            ("until", fields with { Until = null }),
            ("duplicate-of", fields with { DuplicateOf = null }),
        ];

    private static IEnumerable<(string Name, TransitionFields Fields)> With(TransitionFields fields) =>
        [
            ("reason", fields with { Reason = "x" }),
            ("evidence", fields with { Evidence = "x" }),
            ("plan", fields with { Plan = "x" }),
            ("proposed-due", fields with { ProposedDue = TicketWorld.Start.AddDays(300) }),
            ("due", fields with { Due = TicketWorld.Start.AddDays(300) }),
            ("until", fields with { Until = TicketWorld.Start.AddDays(300) }),
            ("duplicate-of", fields with { DuplicateOf = "AMS-1" }),
        ];

    private static HashSet<string> Reachable(Workflow workflow)
    {
        var reached = new HashSet<string>([workflow.Initial, .. workflow.InitialBySource.Values]);
        while (
            workflow
                .Transitions.Where(transition => transition.From.Any(reached.Contains))
                .Aggregate(false, (grew, transition) => reached.Add(transition.To) || grew)
        ) { }

        return reached;
    }

    private string Report() =>
        world.Database.Write(session =>
            Assert
                .IsType<TransitionOutcome.Done>(
                    world.Reports.Create(
                        session,
                        TicketWorld.Staff,
                        new SecurityReport(10, "report", "A flaw", "Connect 1.2", null, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", session.Now, "text", [])
                    )
                )
                .Ticket.Key
        );

    private void Put(string key, string status) =>
        world.Sql(
            "update ticket set status = @status, closed_at = @closed, due_at = @due, is_open = @closed is null, list_place = @due, extended_to = null, duplicate_of = null where key = @key",
            new
            {
                key,
                status,
                closed = Workflows.Status(status).Open ? (long?)null : world.Clock,
                due = world.Clock + 1000,
            }
        );
}
