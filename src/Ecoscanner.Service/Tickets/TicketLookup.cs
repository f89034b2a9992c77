using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>A ticket by its key, for who may know of it.</summary>
public static class TicketLookup
{
    // "AMS-" and a number of 19 digits.
    private const int LongestKey = 23;

    /// <summary>Null where there is none, or none in their sight.</summary>
    public static TicketRow? Find(Session session, Principal by, string key) =>
        key.Length <= LongestKey
            ? session.Find<TicketRow>(
                $"{TicketRows.Select} where t.key = @key and {by.ScopeOf(Capability.ReadTickets).SqlOfOwned("t.partner_id", "t.app_id")}",
                new { key }
            )
            : null;
}
