using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Scans of one app with chosen scanners, by the engine that ships.</summary>
internal static class ScannerRuns
{
    public static Task<AppReport> RunAsync(App app, ProbeSession session, ScanOptions? options, params IReadOnlyList<IScanner> scanners) =>
        new ScanEngine(scanners, TimeProvider.System).ScanAsync(app, session, options ?? new ScanOptions(), null, CancellationToken.None);

    /// <summary>What a rule came to.</summary>
    public static Verdict VerdictOf(this AppReport report, string rule) => report.Verdicts.Single(verdict => verdict.Rule.Id == rule).Verdict;

    /// <summary>Why.</summary>
    public static string ReasonOf(this AppReport report, string rule) => report.Verdicts.Single(verdict => verdict.Rule.Id == rule).Reason;
}
