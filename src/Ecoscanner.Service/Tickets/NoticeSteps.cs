namespace Ecoscanner.Service.Tickets;

/// <summary>When a partner is reminded of a due date: 14, 7 and 1 days before, when it has passed, and every week from then on.</summary>
internal static class NoticeSteps
{
    private const long Day = 24L * 60 * 60 * 1000;
    private const long Week = 7 * Day;

    private static readonly int[] DaysBefore = [14, 7, 1];

    /// <summary>The next moment at or after the clock; what has passed already is told now. Null where nothing is due.</summary>
    public static long? Next(long? dueAt, long clock)
    {
        if (dueAt is not { } due)
        {
            return null;
        }

        foreach (var days in DaysBefore)
        {
            if (due - (days * Day) >= clock)
            {
                return due - (days * Day);
            }
        }

        return Math.Max(due + 1, clock);
    }

    /// <summary>What is to be told now, the latest step only, and when the next one comes.</summary>
    /// <returns>A null kind where no step has come yet.</returns>
    public static (string? Kind, long? Next) At(long due, long clock)
    {
        if (clock > due)
        {
            var weeks = (clock - due - 1) / Week;
            return (weeks == 0 ? "breach" : $"overdue-{weeks}", due + 1 + ((weeks + 1) * Week));
        }

        string? kind = null;
        foreach (var days in DaysBefore)
        {
            var at = due - (days * Day);
            if (clock < at)
            {
                return (kind, at);
            }

            kind = $"due-{days}";
        }

        return (kind, due + 1);
    }
}
