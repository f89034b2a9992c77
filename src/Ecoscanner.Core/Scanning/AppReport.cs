using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanning;

/// <summary>Everything a scan of one app came to.</summary>
public sealed record AppReport
{
    public required App App { get; init; }

    /// <summary>When the scan began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The scanners that ran, with their versions.</summary>
    public required IReadOnlyList<ScannerRun> Scanners { get; init; }

    /// <summary>Worst first, then by rule and place; exempted ones included.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>One for each rule of each scanner that applies, in the order of requirements.</summary>
    public required IReadOnlyList<RuleVerdict> Verdicts { get; init; }

    public required Coverage Coverage { get; init; }

    public required Traffic Traffic { get; init; }

    /// <summary>The snapshot of the advisories that scanners worked with; null where none did.</summary>
    public string? AdvisorySnapshot { get; init; }

    /// <summary>All places of the app, where they are known for certain; null where they are not.</summary>
    public Extent? Extent { get; init; }

    /// <summary>True where every scanner ran to its end and no check of any place was cut short.</summary>
    public bool Complete => Scanners.All(scanner => scanner.Failure is null) && !Verdicts.Any(verdict => verdict.Places.Any(place => place.WasCutShort));
}

/// <summary>One scanner's run.</summary>
/// <param name="Failure">Why it did not run to the end; null where it did.</param>
public sealed record ScannerRun(string Name, int Version, IReadOnlyList<Rule> Rules, TimeSpan Duration, string? Failure);

/// <summary>A scan of one or several apps: what every report format is written from.</summary>
public sealed record ScanReport
{
    /// <summary>Product version, such as 0.1.0.</summary>
    public required string ToolVersion { get; init; }

    public required string RunId { get; init; }

    public required IReadOnlyList<AppReport> Apps { get; init; }

    /// <summary>Targets that could not be scanned at all, and why.</summary>
    public IReadOnlyList<FailedTarget> FailedTargets { get; init; } = [];

    /// <summary>The whole was stopped by a person.</summary>
    public bool Cancelled { get; init; }
}

/// <summary>A target that could not be read: no descriptor, no connection.</summary>
public sealed record FailedTarget(string Target, string Reason);
