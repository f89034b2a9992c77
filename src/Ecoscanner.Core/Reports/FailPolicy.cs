using Ecoscanner.Findings;
using Ecoscanner.Rules;

namespace Ecoscanner.Reports;

/// <summary>Which findings make a run fail: those at or above a severity that nothing exempts, advice included.</summary>
public sealed record FailPolicy
{
    /// <summary>The least severity that fails; null lets nothing fail.</summary>
    public Severity? FailOn { get; init; } = Severity.High;

    /// <summary>Counts only findings that are not in the baseline.</summary>
    public bool OnlyNew { get; init; }

    /// <summary>What was known before; null where nothing was.</summary>
    public Baseline? Baseline { get; init; }

    public bool Fails(string appKey, Finding finding) =>
        finding.Severity >= FailOn && finding.ExemptedBy is null && !(OnlyNew && Baseline?.StateOf(appKey, finding) is BaselineState.Unchanged);
}
