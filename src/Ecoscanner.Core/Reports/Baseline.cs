using System.Collections.Frozen;
using Ecoscanner.Findings;
using Ecoscanner.Reports.Json;
using Ecoscanner.Reports.Sarif;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports;

/// <summary>What a finding is against the baseline.</summary>
public enum BaselineState
{
    New,
    Unchanged,
}

/// <summary>The findings that an earlier report already had, by app.</summary>
public sealed class Baseline
{
    private readonly FrozenDictionary<string, FrozenSet<string>> fingerprints;

    private Baseline(IEnumerable<(string AppKey, string Fingerprint)> known) =>
        fingerprints = known
            .GroupBy(pair => pair.AppKey, pair => pair.Fingerprint, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Reads any earlier report of ours in JSON or SARIF.</summary>
    /// <exception cref="ReportFormatException">It is neither, or larger than any report of ours.</exception>
    public static Baseline Read(Stream report)
    {
        var json = BoundedJson.Read(report);
        return SarifFingerprints.Of(json) is { } known ? new Baseline(known) : Of(ReportReader.Read(json.Span));
    }

    public static Baseline Of(ScanReport report) => new(report.Apps.SelectMany(app => app.Findings.Select(finding => (app.App.Key, finding.Fingerprint))));

    /// <summary>Of all apps.</summary>
    public IReadOnlySet<string> Fingerprints => fingerprints.Values.SelectMany(known => known).ToFrozenSet(StringComparer.Ordinal);

    public BaselineState StateOf(string appKey, Finding finding) => Known(appKey).Contains(finding.Fingerprint) ? BaselineState.Unchanged : BaselineState.New;

    /// <summary>Fingerprints in the baseline that the app's report no longer has, sorted. Not seeing one is no proof that it is fixed.</summary>
    public IReadOnlyList<string> Absent(AppReport app)
    {
        var seen = app.Findings.Select(finding => finding.Fingerprint).ToHashSet(StringComparer.Ordinal);
        return [.. Known(app.App.Key).Where(fingerprint => !seen.Contains(fingerprint)).Order(StringComparer.Ordinal)];
    }

    private FrozenSet<string> Known(string appKey) => fingerprints.GetValueOrDefault(appKey, FrozenSet<string>.Empty);
}
