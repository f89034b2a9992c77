namespace Ecoscanner.Service.Runs;

/// <summary>A run that is asked for.</summary>
/// <param name="TriggerKey">What asks for it, such as <c>release:1.2.0</c>: asking twice makes one run.</param>
/// <param name="Reason">One of <see cref="RunReason"/>.</param>
/// <param name="RequestedBy">As <c>Principal.Name</c>.</param>
public sealed record RunRequest(long HostingId, string TriggerKey, string Reason, string RequestedBy)
{
    public long? VersionId { get; init; }

    public string? ArtifactId { get; init; }

    public string Source { get; init; } = RunSource.Ecoscanner;

    public string Stage { get; init; } = RunStage.Enforced;

    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? OnlyRules { get; init; }

    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? OnlyPlaces { get; init; }

    /// <summary>The ticket that a verification is of.</summary>
    public long? TicketId { get; init; }
}
