using System.Globalization;
using Ecoscanner.Rules;

namespace Ecoscanner.Service.Policies;

/// <summary>Until when something must be fixed, and why, in words that a partner can check.</summary>
/// <param name="At">Null where nothing is due. What is done at that very moment is in time.</param>
/// <param name="Explanation">As it is shown, without a full stop.</param>
/// <param name="PolicyVersion">The version by which it was computed.</param>
public sealed record DueDate(DateTimeOffset? At, string Explanation, int PolicyVersion)
{
    public static DueDate For(BugFixPolicy policy, Severity severity, Hosting hosting, DueClock clock)
    {
        if (policy.Duration(severity, hosting) is not { } duration)
        {
            return new DueDate(null, $"no due date: the {policy.Name} has none for a score of 0.0", policy.Version);
        }

        var at = clock.StartedAt + duration;
        var words =
            $"{severity.ToString().ToLowerInvariant()} on {hosting.Title()}: {Words(duration)} from {Day(clock.StartedAt)}, {clock.Why}, by the {policy.Name}";
        return new DueDate(at, words, policy.Version);
    }

    /// <summary>Not before that moment, for the reason given.</summary>
    public DueDate NotBefore(DateTimeOffset least, string why) =>
        At is { } at && at < least ? this with { At = least, Explanation = $"{Explanation}; moved to {Day(least)}: {why}" } : this;

    /// <summary>A day as people read it, in UTC.</summary>
    public static string Day(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A length of time as the policies write it: whole weeks, else days.</summary>
    public static string Words(TimeSpan duration) =>
        (int)duration.TotalDays switch
        {
            7 => "a week",
            14 => "two weeks",
            1 => "a day",
            var days when days % 7 == 0 => $"{days / 7} weeks",
            var days => $"{days} days",
        };
}

/// <summary>From when time counts.</summary>
/// <param name="Why">Such as <c>when it was reported</c>.</param>
public sealed record DueClock(DateTimeOffset StartedAt, string Why)
{
    public static DueClock Reported(DateTimeOffset at) => new(at, "when it was reported");

    /// <summary>From the end of the triage that a source has first; where it took longer, from its real end.</summary>
    public static DueClock Triaged(BugFixPolicy policy, string source, DateTimeOffset reportedAt, DateTimeOffset? confirmedAt = null)
    {
        var triage = policy.TriageOf(source);
        if (triage == TimeSpan.Zero)
        {
            return Reported(reportedAt);
        }

        var end = reportedAt + triage;
        return confirmedAt > end
            ? new DueClock(confirmedAt.Value, $"when the triage of the report of {DueDate.Day(reportedAt)} ended")
            : new DueClock(end, $"after {DueDate.Words(triage)} of triage of the report of {DueDate.Day(reportedAt)}");
    }
}
