using System.Text.Json;

namespace Ecoscanner.Service.Scheduling;

/// <summary>A run that a worker holds the lease of, with what is needed to do it.</summary>
public sealed record ClaimedRun
{
    public string RunId { get; init; } = "";
    public long TaskId { get; init; }
    public long? TargetId { get; init; }
    public long LaneId { get; init; }
    public string LaneKey { get; init; } = "";

    /// <summary>The lease's: nothing is taken of a worker with an older one.</summary>
    public long LaneVersion { get; init; }
    public long Priority { get; init; }

    /// <summary>From 1.</summary>
    public long Attempt { get; init; }
    public long Unreachable { get; init; }
    public long Crashes { get; init; }
    public long PartnerId { get; init; }
    public long AppId { get; init; }
    public string AppKey { get; init; } = "";
    public string Ownership { get; init; } = "";
    public long HostingId { get; init; }
    public string Hosting { get; init; } = "";
    public string? DescriptorUrl { get; init; }
    public long? VersionId { get; init; }

    /// <summary>The run's own, or its version's; null where there is none (any more).</summary>
    public string? ArtifactId { get; init; }
    public string? DownloadUrl { get; init; }
    public string Reason { get; init; } = "";
    public string Stage { get; init; } = "";
    public string? OnlyRules { get; init; }
    public string? OnlyPlaces { get; init; }

    /// <summary>True where what is scanned is proven to be the partner's; what is not is only read, and nothing is sent.</summary>
    public bool IsOwned => Ownership is "proven" or "granted";

    public IReadOnlyList<string> Rules => ListOf(OnlyRules);

    public IReadOnlyList<string> Places => ListOf(OnlyPlaces);

    private static IReadOnlyList<string> ListOf(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<string>>(json) ?? [];
}
