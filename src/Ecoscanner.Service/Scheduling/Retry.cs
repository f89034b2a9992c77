namespace Ecoscanner.Service.Scheduling;

/// <summary>When what came to nothing is tried again.</summary>
public static class Retry
{
    /// <summary>An app that does not answer is asked again after these; then on its next day.</summary>
    public static IReadOnlyList<TimeSpan> AfterUnreachable { get; } = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(3)];

    /// <summary>What broke our scanner is tried again after these; then it is left alone for a while.</summary>
    public static IReadOnlyList<TimeSpan> AfterCrash { get; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    public static readonly TimeSpan Quarantine = TimeSpan.FromHours(24);

    /// <summary>How long after the n-th one (from 1); null where that was the last.</summary>
    public static TimeSpan? After(IReadOnlyList<TimeSpan> delays, long times) => times <= delays.Count ? delays[(int)times - 1] : null;
}
