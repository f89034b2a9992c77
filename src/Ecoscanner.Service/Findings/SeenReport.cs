using Ecoscanner.Findings;
using Ecoscanner.Scanning;

namespace Ecoscanner.Service.Findings;

/// <summary>A run's report of one app, checked: what is in it was written by a process that read hostile input.</summary>
internal sealed class SeenReport
{
    // As GitHub's code scanning takes of one upload; an app with more is told so by its run, and scanned in parts.
    public const int MostFindings = 25_000;
    private const int MostVerdicts = 2_000;
    private const int MostPlaces = 200_000;
    private const int LongestFingerprint = 100;
    private const int LongestText = 2_000;

    private SeenReport(ScanReport report, AppReport app, IReadOnlyList<SeenFinding> findings)
    {
        Report = report;
        App = app;
        Findings = findings;
        Digest = RunDigest.Of(report, app, findings);
    }

    public ScanReport Report { get; }

    public AppReport App { get; }

    /// <summary>In an order that does not depend on the report's.</summary>
    public IReadOnlyList<SeenFinding> Findings { get; }

    public string Digest { get; }

    public bool IsComplete => App.Complete && !Report.Cancelled;

    /// <summary>Why it is not complete, for a person; null where it is.</summary>
    public string? Gap =>
        Report.Cancelled ? "the scan was cancelled"
        : App.Scanners.FirstOrDefault(scanner => scanner.Failure is not null) is { } failed ? Shortened($"{failed.Name}: {failed.Failure}")
        : App.Verdicts.SelectMany(verdict => verdict.Places).FirstOrDefault(place => place.WasCutShort) is { } cut ? Shortened($"{cut.Rule}: {cut.Reason}")
        : null;

    /// <summary>Checks it.</summary>
    /// <param name="appKey">The app that the run is of.</param>
    /// <exception cref="IngestException">It is of another app, or larger than any of ours.</exception>
    public static SeenReport Of(ScanReport report, string appKey)
    {
        if (report.Apps is not [var app])
        {
            var why = report.FailedTargets is [var failed, ..] ? $": {Shortened(failed.Reason)}" : "";
            throw new IngestException($"the report is of {report.Apps.Count} apps and a run is of one{why}; scan again");
        }

        if (!string.Equals(app.App.Key, appKey, StringComparison.Ordinal))
        {
            throw new IngestException(
                $"what was scanned is the app {Shortened(app.App.Key)}, and the run is of {appKey}; upload or register it as the app that it is"
            );
        }

        Limit(app.Findings.Count, MostFindings, "findings");
        Limit(app.Verdicts.Count, MostVerdicts, "verdicts");
        Limit(
            app.Verdicts.Sum(verdict => verdict.Places.Count) + app.Coverage.Covered.Count + app.Coverage.Gaps.Count + (app.Extent?.Places.Count ?? 0),
            MostPlaces,
            "places"
        );
        return new SeenReport(
            report,
            app,
            [
                .. app
                    .Findings.Select(finding => Seen(finding, appKey))
                    .OrderBy(seen => seen.Fingerprint, StringComparer.Ordinal)
                    .ThenByDescending(seen => seen.Finding.Cvss)
                    .ThenBy(seen => seen.Place, StringComparer.Ordinal)
                    .DistinctBy(seen => seen.Fingerprint, StringComparer.Ordinal),
            ]
        );
    }

    public static string Shortened(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";

    private static SeenFinding Seen(Finding finding, string appKey)
    {
        // Made here from what it is: a process that read the app's files may not say what it is the same as.
        var canonical = Fingerprint.Of(appKey, finding.Rule, finding.Location);
        var given = finding.Fingerprint;
        if (given.Length is 0 or > LongestFingerprint || given.Any(character => !char.IsAscii(character) || char.IsControl(character)))
        {
            throw new IngestException($"a finding of {finding.Rule} has a fingerprint that no recipe gives; scan again");
        }

        return new SeenFinding(
            finding,
            canonical,
            given == canonical ? [canonical] : [canonical, given],
            Shortened(finding.Location.ToString()),
            Shortened(Spot.Of(finding.Location))
        );
    }

    private static void Limit(int count, int most, string what)
    {
        if (count > most)
        {
            throw new IngestException($"the report has {count:N0} {what}, and at most {most:N0} are taken of one run; narrow the scan by rules");
        }
    }
}
