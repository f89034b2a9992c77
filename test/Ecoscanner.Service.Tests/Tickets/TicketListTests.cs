using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Tickets;
using Microsoft.Data.Sqlite;

namespace Ecoscanner.Service.Tests.Tickets;

public sealed class TicketListTests : IDisposable
{
    private static readonly RowScope All = Principal.Platform.ScopeOf(Capability.ReadTickets);

    private readonly TicketWorld world = new();

    [Fact]
    public void The_inbox_is_by_due_date_with_whose_move_it_is_and_the_time_left()
    {
        world.Ticket(cvss: 6.8);
        world.Ticket("tls-missing", 9.4);
        world.Ticket("certificate-expired", 8.1);
        world.Ticket(hosting: 20);
        world.Done(TicketWorld.Partner, "AMS-3", "dispute", new() { Reason = "why", Evidence = "this" });
        world.Days(29.5);
        var lines = List(TicketWorld.Partner, new());
        Assert.Equal(
            ["AMS-2 Critical your move 1 day overdue", "AMS-3 High our move 12 days left", "AMS-1 Medium your move 26 days left"],
            lines.Select(line => $"{line.Key} {line.Severity} {line.Move(isPartner: true)} {line.Remaining(world.Time.GetUtcNow())}")
        );
        Assert.Equal(["AMS-2"], Keys(TicketWorld.Partner, new() { Overdue = true }));
        Assert.Equal(["AMS-3"], Keys(TicketWorld.Partner, new() { Move = Side.Staff }));
        Assert.Equal(["AMS-2", "AMS-1"], Keys(TicketWorld.Partner, new() { Move = Side.Partner }));
        Assert.Equal(["AMS-2", "AMS-3"], Keys(TicketWorld.Partner, new() { AtLeast = Severity.High }));
        Assert.Equal(["AMS-1"], Keys(TicketWorld.Partner, new() { Rule = "hsts-missing" }));
        Assert.Empty(Keys(TicketWorld.Partner, new() { AppId = 2 }));
        Assert.Empty(Keys(TicketWorld.Partner, new() { Open = false }));
        Assert.Equal(4, List(TicketWorld.Staff, new()).Count);
        Assert.Empty(List(TicketWorld.Who(Role.Engineer), new()));
        Assert.Equal(["AMS-4"], Keys(TicketWorld.Who(Role.PartnerViewer, 2), new()));
    }

    [Fact]
    public void Pages_hold_every_ticket_once_whatever_their_size()
    {
        for (var i = 0; i < 40; i++)
        {
            world.Ticket($"rule-{i}", cvss: (i % 4) + 6.5);
        }

        foreach (var size in (int[])[1, 3, 7, 100])
        {
            var seen = new List<string>();
            TicketPlace? place = null;
            while (world.Database.Read(session => TicketList.Page(session, TicketWorld.Partner, new(), place, size)) is { Count: > 0 } part)
            {
                seen.AddRange(part.Select(line => line.Key));
                place = TicketPlace.Parse(part[^1].Place.ToString());
                Assert.NotNull(place);
            }

            Assert.Equal(40, seen.Count);
            Assert.Equal(40, seen.Distinct().Count());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData(".1")]
    [InlineData("1.x")]
    [InlineData("-1.2")]
    public void What_is_no_place_is_none(string text) => Assert.Null(TicketPlace.Parse(text));

    [Fact]
    public void Each_list_is_read_through_indices_in_their_order()
    {
        (TicketFilter Filter, string Index)[] lists =
        [
            (new(), "ticket_list "),
            (new() { Open = false }, "ticket_list "),
            (new() { Overdue = true }, "ticket_list "),
            (new() { PartnerId = 1, Rule = "r" }, "ticket_list_partner"),
            (new() { AppId = 1, Open = false }, "ticket_list_app"),
            (
                new()
                {
                    Rule = "r",
                    Status = "verified",
                    Open = false,
                },
                "ticket_list_rule"
            ),
            (new() { Source = "pentest", AtLeast = Severity.High }, "ticket_list_source"),
            (new() { Source = "ecoscanner" }, "ticket_list "),
            (new() { Status = "needs-security-review" }, "ticket_list_status"),
            (new() { Move = Side.Staff, Overdue = true }, "ticket_list_status"),
            (new() { AtLeast = Severity.High }, "ticket_list_severity"),
        ];
        foreach (var (filter, index) in lists)
        {
            foreach (var isLater in (bool[])[false, true])
            {
                Read(TicketList.Sql(All, filter, isLater), index);
            }
        }

        Read(TicketList.Sql(new([new(1, null)]), new() { Rule = "r" }, isLater: true), "ticket_list_partner");
        Read(TicketList.Sql(new([new(1, 7)]), new() { AtLeast = Severity.High }, isLater: true), "ticket_list_app");

        void Read(string sql, string index)
        {
            var plan = Plan(sql).Split(" ; ");
            var searches = plan.Where(line =>
                    line.StartsWith("SEARCH t USING ", StringComparison.Ordinal) && !line.Contains("PRIMARY KEY", StringComparison.Ordinal)
                )
                .ToList();
            Assert.NotEmpty(searches);
            Assert.All(searches, line => Assert.Contains($"INDEX {index}", line, StringComparison.Ordinal));
            Assert.DoesNotContain(plan, line => line.StartsWith("SCAN t", StringComparison.Ordinal));
            // One sort of the pages of all branches, and none within a branch.
            Assert.True(plan.Count(line => line.Contains("TEMP B-TREE", StringComparison.Ordinal)) <= 2, string.Join('\n', plan));
        }
    }

    [Fact]
    public void Of_closed_tickets_the_latest_comes_first()
    {
        world.Ticket(cvss: 6.8);
        world.Ticket("tls-missing", 9.4);
        world.Ticket("certificate-expired", 8.1);
        foreach (var key in (string[])["AMS-2", "AMS-3"])
        {
            world.Days(1);
            world.Done(TicketWorld.Staff, key, "not-applicable", new() { Reason = "why" });
        }

        Assert.Equal(["AMS-3", "AMS-2"], Keys(TicketWorld.Partner, new() { Open = false }));
        Assert.Equal(["AMS-1"], Keys(TicketWorld.Partner, new()));
    }

    [Fact]
    public void Each_queue_of_staff_is_read_through_an_index_in_its_order()
    {
        Check(StaffQueues.RequestsSql(TicketWorld.Staff), "SEARCH q USING INDEX ticket_request_open");
        Check(StaffQueues.BreachesSql(TicketWorld.Staff), "SEARCH e USING INDEX enforcement_open");
        Check(StaffQueues.UnfiledSql(TicketWorld.Staff, null), "SEARCH u USING INTEGER PRIMARY KEY");
        Check(StaffQueues.UnfiledSql(TicketWorld.Staff, 1), "SEARCH u USING INDEX ticket_unfiled_partner");
        Check(StaffQueues.UnfiledSql(TicketWorld.Partner, null), "SEARCH u USING INDEX ticket_unfiled_partner");
        Check(StaffQueues.DuplicatesSql(TicketWorld.Staff), "USING INDEX ticket_reported");

        void Check(string sql, string access)
        {
            var plan = Plan(sql);
            Assert.Contains(access, plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE FOR ORDER BY", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_version_of_the_policy_is_tried_before_it_is_in_force()
    {
        world.Ticket(cvss: 9.4);
        world.Ticket(cvss: 9.4, hosting: 11);
        var engineer = TicketWorld.Who(Role.Engineer);
        Assert.Empty(Simulate(2023).Changes);
        var change = Assert.Single(Simulate(2022).Changes);
        Assert.Equal(("AMS-2", TicketWorld.Start.AddDays(84), TicketWorld.Start.AddDays(90)), (change.Key, Day(change.DueNow), Day(change.DueThen)));
        Assert.Contains("90 days", change.ExplanationThen, StringComparison.Ordinal);
        Assert.Null(world.Database.Read(session => PolicySimulation.Part(session, engineer, 1999, 0, 10)));
        Assert.Empty(world.Database.Read(session => PolicySimulation.Part(session, TicketWorld.Partner, 2022, 0, 10))!.Changes);

        SimulationPart Simulate(int version) => world.Database.Read(session => PolicySimulation.Part(session, engineer, version, 0, 10))!;
        static DateTimeOffset Day(long? at) => DateTimeOffset.FromUnixTimeMilliseconds(at!.Value);
    }

    public void Dispose() => world.Dispose();

    private string Plan(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={world.File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"explain query plan {sql}";
        foreach (
            var name in (string[])
                [
                    "@kind",
                    "@after",
                    "@limit",
                    "@partnerId",
                    "@Ticket",
                    "@Other",
                    "@rows",
                    "@sortAfter",
                    "@idAfter",
                    "@PartnerId",
                    "@AppId",
                    "@Rule",
                    "@Status",
                    "@Source",
                    "@Least",
                    "@Clock",
                ]
        )
        {
            command.Parameters.AddWithValue(name, 1);
        }

        using var reader = command.ExecuteReader();
        var plan = "";
        while (reader.Read())
        {
            plan += reader.GetString(3) + " ; ";
        }

        return plan;
    }

    private IReadOnlyList<TicketLine> List(Principal by, TicketFilter filter) => world.Database.Read(session => TicketList.Page(session, by, filter, null, 50));

    private IEnumerable<string> Keys(Principal by, TicketFilter filter) => List(by, filter).Select(line => line.Key);
}
