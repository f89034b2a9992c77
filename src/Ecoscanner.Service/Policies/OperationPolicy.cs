namespace Ecoscanner.Service.Policies;

/// <summary>One version of how the platform is run: limits, quotas, which checks need a second look, how long data is kept.</summary>
public sealed record OperationPolicy
{
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required TicketHygiene Hygiene { get; init; }

    public required UnstableChecks Unstable { get; init; }

    /// <summary>For each partner, where nothing else was decided for it: see <see cref="PartnerQuotas"/>.</summary>
    public required Quotas Quotas { get; init; }

    public required IReadOnlyList<RetentionClass> Retention { get; init; }

    /// <summary>Security contacts say again that they are, after these days.</summary>
    public required int ContactsConfirmDays { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">There is no such kind of data.</exception>
    public RetentionClass RetentionOf(string kind) =>
        Retention.FirstOrDefault(row => row.Kind == kind)
        ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "the policy does not say how long this is kept");
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

/// <summary>What one partner may take of the platform; beyond it is 429.</summary>
public sealed record Quotas(long UploadsPerDay, long UploadBytesPerDay, long CpuSecondsPerDay, long RescansPerDay, long StreamsAtOnce, long StorageBytes);

/// <summary>How long one kind of data is kept.</summary>
/// <param name="Kind">An artifact's kind, or <c>report</c>, <c>evidence</c>, <c>notice</c>, <c>sign-in</c>, <c>audit</c>.</param>
/// <param name="AfterAnalysis">True where it goes as soon as its scan has ended, unless chosen otherwise.</param>
public sealed record RetentionClass(string Kind, int Days, bool AfterAnalysis, string Why)
{
    public TimeSpan Time => TimeSpan.FromDays(Days);
}
