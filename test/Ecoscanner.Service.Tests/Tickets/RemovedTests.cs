using Ecoscanner.Service.Findings;

namespace Ecoscanner.Service.Tests.Tickets;

/// <summary>Tickets of findings whose place is no part of the app any more.</summary>
public sealed class RemovedTests : IDisposable
{
    private readonly TicketWorld world = new();

    [Fact]
    public void A_ticket_whose_place_is_gone_is_removed_and_opens_again_with_its_clock_where_it_is_back()
    {
        var ticket = world.Ticket();
        var finding = world.One<long>("select id from finding");
        world.Days(10);
        world.Change(FindingChangeKind.Removed, finding);
        var removed = world.Read(ticket.Key);
        Assert.Equal(
            ("removed", "the place is no part of the app any more; whether it still answers there was not asked"),
            (removed.Status, removed.StatusReason)
        );
        Assert.NotNull(removed.ClosedAt);
        world.Days(5);
        world.Change(FindingChangeKind.Reopened, finding);
        var back = world.Read(ticket.Key);
        Assert.Equal(("needs-patch", ticket.Due, null), (back.Status, back.Due, back.ClosedAt));
        Assert.Equal(1, world.One<long>("select count(*) from ticket"));
    }

    [Fact]
    public void One_place_that_is_gone_makes_no_fix_of_the_others()
    {
        var ticket = world.Ticket();
        var other = world.Finding(place: "https://other.example/");
        world.Change(FindingChangeKind.Confirmed, other);
        Assert.Equal(ticket.Key, world.TicketOf(other)!.Key);
        world.Change(FindingChangeKind.Removed, other);
        Assert.Equal("needs-patch", world.Read(ticket.Key).Status);
        world.Change(FindingChangeKind.Fixed, world.One<long>("select min(id) from finding"));
        var removed = world.Read(ticket.Key);
        Assert.Equal("removed", removed.Status);
        Assert.StartsWith("the place is no part of the app any more for 1 of 2 findings; ", removed.StatusReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_that_is_a_removal_is_looked_at_once_more()
    {
        var ticket = world.Ticket("page-unauthenticated", 8.8, "https://app.example/page");
        var finding = world.One<long>("select id from finding");
        world.Done(TicketWorld.Partner, ticket.Key, "patched");
        world.Change(FindingChangeKind.Removed, finding);
        world.Answer("not-applicable");
        Assert.Equal(("removed", 2, false), (world.Read(ticket.Key).Status, world.Orders.Count, world.Orders[^1].Announced));
        world.Days(1);
        world.Change(FindingChangeKind.Reopened, finding);
        world.Answer("fail", "the page opened without a token again");
        Assert.Equal("needs-patch", world.Read(ticket.Key).Status);
    }

    public void Dispose() => world.Dispose();
}
