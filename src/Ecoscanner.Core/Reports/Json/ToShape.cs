using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Json;

/// <summary>From a scan's report to its JSON shape. Long lists stay lazy, so that they are written one by one.</summary>
internal static class ToShape
{
    public static ReportShape Of(ScanReport report, Baseline? baseline)
    {
        var rules = report
            .Apps.SelectMany(app =>
                app.Scanners.SelectMany(scanner => scanner.Rules)
                    .Concat(app.Findings.Select(finding => finding.Rule))
                    .Concat(app.Verdicts.Select(verdict => verdict.Rule))
            )
            .DistinctBy(rule => rule.Id, StringComparer.Ordinal)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal)
            .ToList();
        return new ReportShape(
            ReportShape.CurrentVersion,
            new ToolShape(
                "ecoscanner",
                report.ToolVersion,
                report.RunId,
                [
                    .. rules
                        .Select(rule => rule.Requirement)
                        .DistinctBy(requirement => requirement.Id, StringComparer.Ordinal)
                        .OrderBy(requirement => requirement.Id, StringComparer.Ordinal)
                        .Select(requirement => new RequirementShape(requirement.Id, requirement.Title, requirement.RaisesTickets)),
                ],
                [.. rules.Select(Of)]
            ),
            [.. report.Apps.Select(app => app.AdvisorySnapshot).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            report.Apps.All(app => app.Complete) && report.FailedTargets.Count == 0 && !report.Cancelled,
            report.Cancelled,
            report.Apps.Select(app => Of(app, baseline)),
            report.FailedTargets
        );
    }

    public static FindingShape Of(string appKey, Finding finding, Baseline? baseline) =>
        new(
            appKey,
            finding.Rule.Id,
            finding.Rule.Requirement.Id,
            finding.Severity,
            finding.Cvss,
            finding.Confidence,
            finding.Rule.RaisesTickets,
            finding.Message,
            new LocationShape(
                finding.Location.Path,
                finding.Location.Line,
                finding.Location.Column,
                finding.Location.Url,
                finding.Location.Component,
                finding.Location.Identity
            ),
            new EvidenceShape(
                finding.Evidence.Observed,
                finding.Evidence.Expected,
                finding.Evidence.Exchanges.Select(Of),
                finding.Evidence.Steps.Select(step => new SourceStepShape(step.Path, step.Line, step.Column, step.Says)),
                finding.Evidence.Facts
            ),
            finding.Fingerprint,
            baseline?.StateOf(appKey, finding),
            finding.ExemptedBy is { } exemption ? Of(exemption) : null
        );

    private static RuleShape Of(Rule rule) =>
        new(rule.Id, rule.Title, rule.Requirement.Id, rule.Severity, rule.Cvss, rule.Cwe, rule.RaisesTickets, rule.Family);

    private static AppShape Of(AppReport app, Baseline? baseline) =>
        new(
            app.App.Key,
            app.App.Name,
            app.App.Hosting,
            app.App.Source,
            app.Started,
            Milliseconds(app.Duration),
            app.Complete,
            [
                .. app.Scanners.Select(run => new ScannerShape(
                    run.Name,
                    run.Version,
                    [.. run.Rules.Select(rule => rule.Id)],
                    Milliseconds(run.Duration),
                    run.Failure
                )),
            ],
            app.Findings.Select(finding => Of(app.App.Key, finding, baseline)),
            app.Verdicts.Select(Of),
            app.Coverage,
            new TrafficShape(
                app.Traffic.Planned,
                app.Traffic.Requests,
                app.Traffic.Handshakes,
                app.Traffic.BytesSent,
                app.Traffic.BytesReceived,
                app.Traffic.ByHost,
                app.Traffic.Refused,
                app.Traffic.SignedAs,
                app.Traffic.Exchanges.Select(Of)
            ),
            baseline is null ? null : Of(baseline, app),
            app.AdvisorySnapshot,
            app.Extent
        );

    private static BaselineShape Of(Baseline baseline, AppReport app)
    {
        var unchanged = app.Findings.Count(finding => baseline.StateOf(app.App.Key, finding) is BaselineState.Unchanged);
        return new BaselineShape(app.Findings.Count - unchanged, unchanged, baseline.Absent(app));
    }

    private static VerdictShape Of(RuleVerdict verdict) =>
        new(
            verdict.Rule.Id,
            verdict.Rule.Requirement.Id,
            verdict.Verdict,
            verdict.Reason,
            [
                .. verdict.Places.Select(place => new PlaceShape(
                    place.Place,
                    place.Verdict,
                    place.Reason,
                    place.Verdict is Verdict.Inconclusive ? place.Cause : null,
                    place.Verdict is Verdict.Inconclusive ? place.About : null
                )),
            ]
        );

    private static ExchangeShape Of(Exchange exchange) =>
        new(
            exchange.Number,
            exchange.Purpose,
            exchange.Method,
            exchange.Url,
            exchange.Sent,
            Milliseconds(exchange.Duration),
            exchange.Curl,
            exchange.Status,
            exchange.Headers.Select(header => new HeaderShape(header.Name, header.Value)),
            exchange.Length,
            exchange.Hash,
            exchange.JsonKeys,
            exchange.Failure
        );

    private static ExemptionShape Of(Exemption exemption) =>
        new(exemption.Source, exemption.Rule, exemption.Fingerprint, exemption.Path, exemption.Reason, exemption.Expires, exemption.By);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
