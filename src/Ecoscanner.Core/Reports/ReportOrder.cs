using Ecoscanner.Findings;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports;

/// <summary>Puts a report in the one order that all formats write: scanners run side by side and speak in any.</summary>
internal static class ReportOrder
{
    public static ScanReport InOrder(this ScanReport report) =>
        report with
        {
            Apps = [.. report.Apps.OrderBy(app => app.App.Key, StringComparer.Ordinal).ThenBy(app => app.App.Source, StringComparer.Ordinal).Select(InOrder)],
            FailedTargets = [.. report.FailedTargets.OrderBy(target => target.Target, StringComparer.Ordinal)],
        };

    private static AppReport InOrder(AppReport app) =>
        app with
        {
            Scanners = [.. app.Scanners.OrderBy(scanner => scanner.Name, StringComparer.Ordinal)],
            Findings =
            [
                .. app
                    .Findings.OrderByDescending(finding => finding.Cvss)
                    .ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Location.Identity, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Fingerprint, StringComparer.Ordinal),
            ],
            Verdicts =
            [
                .. app
                    .Verdicts.OrderBy(verdict => verdict.Rule.Requirement.Id, StringComparer.Ordinal)
                    .ThenBy(verdict => verdict.Rule.Id, StringComparer.Ordinal)
                    .Select(verdict =>
                        verdict with
                        {
                            Places =
                            [
                                .. verdict
                                    .Places.OrderByDescending(place => place.Verdict)
                                    .ThenBy(place => place.Place, StringComparer.Ordinal)
                                    .ThenBy(place => place.Reason, StringComparer.Ordinal),
                            ],
                        }
                    ),
            ],
            Coverage = new Coverage(
                [.. app.Coverage.Covered.OrderBy(place => place.Scanner, StringComparer.Ordinal).ThenBy(place => place.Place, StringComparer.Ordinal)],
                [
                    .. app
                        .Coverage.Gaps.OrderBy(gap => gap.Scanner, StringComparer.Ordinal)
                        .ThenBy(gap => gap.Place, StringComparer.Ordinal)
                        .ThenBy(gap => gap.Reason, StringComparer.Ordinal),
                ]
            ),
            Traffic = app.Traffic with
            {
                ByHost = new SortedDictionary<string, int>(app.Traffic.ByHost.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
                Refused = [.. app.Traffic.Refused.OrderBy(refused => refused.Host, StringComparer.Ordinal)],
            },
        };
}
