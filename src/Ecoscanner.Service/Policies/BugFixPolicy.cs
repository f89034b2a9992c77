using Ecoscanner.Rules;

namespace Ecoscanner.Service.Policies;

/// <summary>One version of the Security Bug Fix Policy: how long a fix may take, and what is proposed where it takes longer.</summary>
public sealed record BugFixPolicy
{
    /// <summary>The year by which people know it.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<FixDuration> Durations { get; init; }

    /// <summary>What comes before the clock starts, by source.</summary>
    public required IReadOnlyList<TriageTime> Triage { get; init; }

    public required IReadOnlyList<Breach> Breaches { get; init; }

    /// <summary>What comes back within these days of its fix was never fixed: its clock goes on.</summary>
    public required int ReopenedKeepsClockDays { get; init; }

    /// <summary>A new score leaves at least these days, unless it is critical.</summary>
    public required int RescoredLeavesDays { get; init; }

    /// <summary>Null where a score of 0.0 has no due date.</summary>
    public TimeSpan? Duration(Severity severity, Hosting hosting) =>
        Durations.FirstOrDefault(row => row.Severity == severity && row.Hosting == hosting) is { } row ? TimeSpan.FromDays(row.Days) : null;

    /// <summary>Zero where the clock starts with the report.</summary>
    public TimeSpan TriageOf(string source) => TimeSpan.FromDays(Triage.FirstOrDefault(row => row.Source == source)?.Days ?? 0);

    public Breach BreachOf(Severity severity, Hosting hosting) =>
        Breaches.FirstOrDefault(row => row.Severity == severity && row.Hosting == hosting)
        ?? new Breach(severity, hosting, Enforcement.None, "the policy says nothing of it");
}

public sealed record FixDuration(Severity Severity, Hosting Hosting, int Days);

/// <param name="Source">As <c>ticket.source</c>.</param>
public sealed record TriageTime(string Source, int Days);

/// <summary>What the policy proposes where a due date has passed; people decide.</summary>
public sealed record Breach(Severity Severity, Hosting Hosting, Enforcement Proposal, string Why);

/// <summary>What can be done to an app whose fix is overdue.</summary>
public enum Enforcement
{
    None,

    /// <summary>No new users.</summary>
    Delist,

    /// <summary>Nobody finds it any more.</summary>
    Hide,
}

/// <summary>An enforcement as the database and the API write it.</summary>
public static class EnforcementWords
{
    public static string Word(this Enforcement enforcement) =>
        enforcement switch
        {
            Enforcement.None => "none",
            Enforcement.Delist => "delist",
            _ => "hide",
        };

    /// <summary>Null where there is no such word.</summary>
    public static Enforcement? Parse(string word) =>
        word switch
        {
            "none" => Enforcement.None,
            "delist" => Enforcement.Delist,
            "hide" => Enforcement.Hide,
            _ => null,
        };
}
