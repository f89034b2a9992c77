using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Tests.Tickets;

/// <summary>What becomes of findings and tickets of an app that its partner lost.</summary>
public sealed class LostAppTests : IDisposable
{
    private readonly TicketWorld world = new();

    [Fact]
    public void Who_lost_an_app_sees_nothing_of_its_flaws_any_more_and_staff_does()
    {
        var ticket = world.Ticket();
        Assert.Equal((1, 1, true), Seen(TicketWorld.Partner, ticket.Key));
        Lose();
        Assert.Equal((0, 0, false), Seen(TicketWorld.Partner, ticket.Key));
        Assert.Equal((1, 1, true), Seen(TicketWorld.Staff, ticket.Key));
        Assert.IsType<TransitionOutcome.NotFound>(world.Move(TicketWorld.Partner, ticket.Key, "patched"));

        // It was taken from them by mistake.
        Own(1);
        Assert.Equal((1, 1, true), Seen(TicketWorld.Partner, ticket.Key));
    }

    [Fact]
    public void Who_lost_an_app_is_told_and_reminded_of_nothing_and_nothing_is_proposed()
    {
        var ticket = world.Ticket(cvss: 9.8);
        // The ticket was filed a moment ago, and that waits to be told.
        Assert.Equal(["filed"], world.List<string>("select kind from notice"));
        Lose();
        world.Days(200);
        world.Upkeep();
        world.Done(TicketWorld.Staff, ticket.Key, "not-applicable", new() { Reason = "nobody's" });
        Assert.Equal([], world.List<string>("select kind from notice"));
        Assert.Equal([], world.List<long>("select id from notice_digest"));
        Assert.Equal([], world.List<long>("select id from enforcement"));
    }

    [Fact]
    public void A_fix_is_not_looked_for_while_the_app_is_nobodys()
    {
        var ticket = world.Ticket();
        world.Done(TicketWorld.Partner, ticket.Key, "patched");
        world.Answer("inconclusive", "no answer");
        Lose();
        world.Days(3);
        world.Upkeep();
        Assert.Single(world.Orders);
        Own(1);
        world.Upkeep();
        Assert.Equal(2, world.Orders.Count);
    }

    [Fact]
    public void The_next_owner_has_the_flaw_as_a_finding_and_a_ticket_of_their_own_with_a_clock_of_its_own()
    {
        var old = world.Ticket();
        Lose();
        world.Days(60);
        // The same key under another partner is another app; what a scan of theirs finds is theirs.
        world.Sql("update app set key = 'app-1' where id = 2");
        var next = world.Ticket(hosting: 20);
        Assert.NotEqual(old.Key, next.Key);
        Assert.Equal(world.Time.GetUtcNow().AddDays(56), next.Due);
        var owner = TicketWorld.Who(Role.PartnerResponder, 2);
        Assert.Equal((1, 1, true), Seen(owner, next.Key));
        Assert.False(Seen(owner, old.Key).Ticket);
        Assert.False(Seen(TicketWorld.Partner, next.Key).Ticket);
    }

    public void Dispose() => world.Dispose();

    private void Lose() => world.Sql("update app set ownership = 'unproven' where id = 1");

    private void Own(long app) => world.Sql("update app set ownership = 'proven' where id = @app", new { app });

    private (int Findings, int Tickets, bool Ticket) Seen(Principal by, string key) =>
        world.Database.Read(session =>
            (
                FindingList.Part(session, by.ScopeOf(Capability.ReadFindings), new FindingFilter { AppId = AppOf(key) }, null, 10).Rows.Count,
                TicketList.Page(session, by, new TicketFilter { AppId = AppOf(key) }, null, 10).Count,
                TicketLookup.Find(session, by, key) is not null
            )
        );

    private long AppOf(string key) => world.Database.Read(session => session.One<long>("select app_id from ticket where key = @key", new { key }));
}
