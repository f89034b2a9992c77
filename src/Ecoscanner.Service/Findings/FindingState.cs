namespace Ecoscanner.Service.Findings;

/// <summary>What a finding is.</summary>
public static class FindingState
{
    /// <summary>Seen, and not yet sure enough to become a ticket.</summary>
    public const string New = "new";

    public const string Confirmed = "confirmed";

    /// <summary>Confirmed, and a ticket was filed for it.</summary>
    public const string Ticketed = "ticketed";

    public const string Fixed = "fixed";

    /// <summary>Not seen any more, and nobody saw it mended: it was never confirmed, or its place is no part of the app any more.</summary>
    public const string Unobserved = "unobserved";

    /// <summary>Its rule or advisory is no more.</summary>
    public const string Withdrawn = "withdrawn";

    public const string FalsePositive = "false-positive";
    public const string Accepted = "accepted";
    public const string PlatformCaused = "platform-caused";
    public const string Duplicate = "duplicate";

    public static readonly IReadOnlyList<string> Open = [New, Confirmed, Ticketed];

    /// <summary>Closed by runs; seen again, it opens again.</summary>
    public static readonly IReadOnlyList<string> Closed = [Fixed, Unobserved, Withdrawn];

    /// <summary>Decided by people; no run changes it.</summary>
    public static readonly IReadOnlyList<string> Decided = [FalsePositive, Accepted, PlatformCaused, Duplicate];

    public static readonly IReadOnlyList<string> All = [.. Open, .. Closed, .. Decided];

    public static bool IsOpen(string state) => state is New or Confirmed or Ticketed;

    public static bool IsClosed(string state) => state is Fixed or Unobserved or Withdrawn;

    public static bool IsDecided(string state) => state is FalsePositive or Accepted or PlatformCaused or Duplicate;
}
