namespace Ecoscanner.Service.Findings;

/// <summary>What a run, or a decision, changed of a finding; tickets follow these in the same transaction.</summary>
public enum FindingChangeKind
{
    /// <summary>Seen for the first time.</summary>
    Opened,

    /// <summary>Seen often enough, or verified: it may become a ticket.</summary>
    Confirmed,

    /// <summary>Was closed, and is seen again.</summary>
    Reopened,

    /// <summary>Another severity or score.</summary>
    Rescored,

    /// <summary>Complete clean runs show that it is gone.</summary>
    Fixed,

    /// <summary>The place it was at is no part of the app any more.</summary>
    Removed,

    /// <summary>Its rule or advisory was withdrawn.</summary>
    Withdrawn,
}

/// <param name="RunId">The run that showed it.</param>
/// <param name="PlatformForced">True where the platform or host product itself forces what was found.</param>
public sealed record FindingChange(FindingChangeKind Kind, long FindingId, string RunId, bool PlatformForced = false);
