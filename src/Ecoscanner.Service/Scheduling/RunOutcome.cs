using Ecoscanner.Packages;
using Ecoscanner.Scanning;

namespace Ecoscanner.Service.Scheduling;

/// <summary>What became of a run.</summary>
public enum RunOutcomeKind
{
    /// <summary>There is a report of the app.</summary>
    Reported,

    /// <summary>The app did not answer: an outcome, not a failure of ours.</summary>
    Unreachable,

    /// <summary>The target is none that can be scanned; scanning it again as it is cannot help.</summary>
    Unusable,

    /// <summary>The process broke, or wrote what is no report: nothing is known.</summary>
    Crashed,

    /// <summary>It reached a limit of time, memory, processor or output and was ended: nothing is known.</summary>
    Stopped,

    /// <summary>It was no longer wanted, or the platform stops.</summary>
    Cancelled,
}

/// <summary>What became of a run, with all that its process left. Without a report every rule is inconclusive, for this reason.</summary>
/// <param name="Reason">A clause for people; null where there is a report.</param>
public sealed record RunOutcome(RunOutcomeKind Kind, string? Reason)
{
    /// <summary>Read and checked; null where there is none.</summary>
    public ScanReport? Report { get; init; }

    /// <summary>The same as it was written.</summary>
    public ReadOnlyMemory<byte> ReportJson { get; init; }

    /// <summary>What the app ships; null where that was not told.</summary>
    public Inventory? Inventory { get; init; }

    /// <summary>The same as CycloneDX.</summary>
    public ReadOnlyMemory<byte> InventoryJson { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Time of processors, as far as known; else the duration.</summary>
    public TimeSpan Processor { get; init; }

    /// <summary>True where the scanner, not the app, is to blame.</summary>
    public bool IsFailure => Kind is RunOutcomeKind.Crashed or RunOutcomeKind.Stopped;
}
