using System.Text.Json;

namespace Ecoscanner.Service.Runs;

/// <summary>A scan that was asked for, and what became of it. Times are milliseconds since 1970, UTC.</summary>
public sealed record RunRow
{
    public required string Id { get; init; }

    public required long PartnerId { get; init; }

    public required long AppId { get; init; }

    public required long HostingId { get; init; }

    public long? VersionId { get; init; }

    public string? ArtifactId { get; init; }

    /// <summary>What asked for it; the same hosting and trigger are one run.</summary>
    public required string TriggerKey { get; init; }

    /// <summary>One of <see cref="RunReason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary><see cref="RunSource.Ecoscanner"/>, or the tool whose results were imported.</summary>
    public required string Source { get; init; }

    /// <summary>One of <see cref="RunStage"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>One of <see cref="RunState"/>.</summary>
    public required string State { get; init; }

    /// <summary>A JSON list; null where the run is of all rules.</summary>
    public string? OnlyRules { get; init; }

    /// <summary>A JSON list; null where the run is of all places.</summary>
    public string? OnlyPlaces { get; init; }

    public long? TicketId { get; init; }

    public required string RequestedBy { get; init; }

    public required long QueuedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? EndedAt { get; init; }

    public string? ToolVersion { get; init; }

    public string? AdvisorySnapshot { get; init; }

    public string? Digest { get; init; }

    public bool Complete { get; init; }

    public long Findings { get; init; }

    /// <summary>Findings it opened, opened again included; of a run that does not count, those it would have.</summary>
    public long Opened { get; init; }

    public long Closed { get; init; }

    public long Requests { get; init; }

    public long BytesSent { get; init; }

    public long BytesReceived { get; init; }

    /// <summary>Why it failed or is not complete; null where it is.</summary>
    public string? Failure { get; init; }

    /// <summary>The whole report among the partner's blobs; null where there is none.</summary>
    public string? ReportDigest { get; init; }

    /// <summary>False where it is only reported: it opens and closes nothing, and says nothing of what the app ships.</summary>
    public bool Counts => Stage is not (RunStage.Shadow or RunStage.Trial);

    /// <summary>True where it was of some rules or places only: of all else it says nothing.</summary>
    public bool IsNarrowed => OnlyRules is not null || OnlyPlaces is not null;

    public IReadOnlyList<string> Rules => ListOf(OnlyRules);

    public IReadOnlyList<string> Places => ListOf(OnlyPlaces);

    private static IReadOnlyList<string> ListOf(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<string>>(json) ?? [];
}

/// <summary>Whose results a run brings.</summary>
public static class RunSource
{
    public const string Ecoscanner = "ecoscanner";

    /// <summary>People who looked for it in all stored inventories.</summary>
    public const string Campaign = "campaign";
}

/// <summary>Why a run was made.</summary>
public static class RunReason
{
    public const string Scheduled = "scheduled";
    public const string Release = "release";
    public const string Rescan = "rescan";
    public const string Verification = "verification";
    public const string Upload = "upload";
    public const string Rematch = "rematch";
    public const string Campaign = "campaign";
    public const string Import = "import";
}

/// <summary>How far what it finds is believed.</summary>
public static class RunStage
{
    /// <summary>Measured; opens and closes nothing.</summary>
    public const string Shadow = "shadow";

    /// <summary>Of a file that its partner tries: judged and reported, and opens and closes nothing.</summary>
    public const string Trial = "trial";
    public const string Canary = "canary";
    public const string Enforced = "enforced";
}

/// <summary>What became of a run.</summary>
public static class RunState
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}
