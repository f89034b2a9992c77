using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Tests.Tickets;

namespace Ecoscanner.Service.Tests.Findings;

public sealed class CheckKindTests
{
    // Its findings have its own name where it looks for what no scanner does.
    private static readonly IReadOnlyList<string> Campaigns = [RunSource.Campaign];

    [Fact]
    public void Every_scanner_has_a_kind_and_every_kind_a_scanner() =>
        Assert.Equal(
            TicketWorld.Catalog.Scanners.Select(scanner => scanner.Name).Concat(Campaigns).Order(StringComparer.Ordinal),
            CheckKind.All.Select(kind => kind.Scanner).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void What_is_asked_twice_before_it_is_believed_is_asked_twice_before_it_is_closed() =>
        Assert.All(CheckKind.All, kind => Assert.True(kind.Opens is 1 or 2 && kind.Closes == kind.Opens, kind.Scanner));

    [Fact]
    public void A_scanner_that_nobody_named_is_taken_for_the_least_steady() =>
        Assert.Equal(new CheckKind("new-scanner", 2, 2, DecidedBy.Place), CheckKind.Of("new-scanner"));
}
