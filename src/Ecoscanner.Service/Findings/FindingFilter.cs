namespace Ecoscanner.Service.Findings;

/// <summary>Which findings a list is of; null is any.</summary>
public sealed record FindingFilter
{
    public long? PartnerId { get; init; }

    public long? AppId { get; init; }

    public long? HostingId { get; init; }

    /// <summary><c>connect</c>, <c>forge</c> or <c>datacenter</c>.</summary>
    public string? Hosting { get; init; }

    public string? Rule { get; init; }

    public string? Requirement { get; init; }

    /// <summary>0 none, 1 low, 2 medium, 3 high, 4 critical.</summary>
    public long? Severity { get; init; }

    /// <summary>Of <see cref="FindingState"/>; empty for all.</summary>
    public IReadOnlyList<string> States { get; init; } = FindingState.Open;
}
