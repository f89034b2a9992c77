namespace Ecoscanner.Service.Policies;

/// <summary>One version of how the platform is run: limits of tickets, and which checks need a second look.</summary>
public sealed record OperationPolicy
{
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required TicketHygiene Hygiene { get; init; }

    public required UnstableChecks Unstable { get; init; }
}

/// <summary>What keeps a scanner's mistake from becoming a flood.</summary>
/// <param name="QuietHoursAfterFix">No ticket for a new finding like one that was fixed less than these hours ago: it may be the same, half deployed.</param>
public sealed record TicketHygiene(int TicketsPerAppAndDay, int QuietHoursAfterFix);

/// <summary>Rules whose answer may change by itself: <paramref name="Runs"/> runs, so many hours apart, before a flaw or its fix counts.</summary>
/// <param name="Rules">Ids.</param>
public sealed record UnstableChecks(int Runs, int HoursApart, string Why, IReadOnlyList<string> Rules)
{
    public TimeSpan Apart => TimeSpan.FromHours(HoursApart);

    public bool Holds(string rule) => Rules.Contains(rule, StringComparer.Ordinal);
}
