using System.Text.Json;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Json;

/// <summary>Reads a JSON report of ours back, so that it can be written in another format or compared with.</summary>
public static class ReportReader
{
    private const int LongestRuleId = 100;

    // Times beyond these could not be added up.
    private const int EarliestYear = 2000;
    private const int LatestYear = 2999;
    private static readonly TimeSpan LongestScan = TimeSpan.FromDays(30);

    /// <summary>The report, everything in it as untrusted as it was when it was first written.</summary>
    /// <exception cref="ReportFormatException">It is no JSON report of ours, one of a later version, or larger than any of ours.</exception>
    public static ScanReport Read(Stream json) => Read(BoundedJson.Read(json).Span);

    internal static ScanReport Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var shape = JsonSerializer.Deserialize(json, ReportJson.Default.ReportShape) ?? throw new JsonException("null");
            return shape.SchemaVersion == ReportShape.CurrentVersion
                ? Report(shape)
                : throw new ReportFormatException(
                    $"the report has schemaVersion {shape.SchemaVersion}, and this version of ecoscanner reads {ReportShape.CurrentVersion}; use the version that wrote it"
                );
        }
        catch (JsonException e)
        {
            throw BoundedJson.Wrong(e);
        }
    }

    private static ScanReport Report(ReportShape shape)
    {
        var requirements = shape
            .Tool.Requirements.DistinctBy(requirement => requirement.Id, StringComparer.Ordinal)
            .ToDictionary(requirement => requirement.Id, StringComparer.Ordinal);
        var rules = shape
            .Tool.Rules.DistinctBy(rule => rule.Id, StringComparer.Ordinal)
            .ToDictionary(rule => rule.Id, rule => Rule(rule, requirements), StringComparer.Ordinal);
        return new ScanReport
        {
            ToolVersion = shape.Tool.Version,
            RunId = shape.Tool.RunId,
            Cancelled = shape.Cancelled,
            FailedTargets = shape.FailedTargets,
            Apps = [.. shape.Apps.Select(app => App(app, rules))],
        };
    }

    private static Rule Rule(RuleShape rule, Dictionary<string, RequirementShape> requirements)
    {
        // An id becomes part of commands that people copy, and of SARIF's and GitHub's names.
        if (rule.Id.Length is 0 or > LongestRuleId || !rule.Id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            throw new ReportFormatException("the report names a rule whose id is not made of letters, digits and hyphens; scan again to get a new report");
        }

        if (rule.Cvss is not (>= 0 and <= 10))
        {
            throw Impossible("cvss");
        }

        return requirements.TryGetValue(rule.Requirement, out var requirement)
            ? new Rule(rule.Id, rule.Title, new Requirement(requirement.Id, requirement.Title, requirement.RaisesTickets), rule.Cvss, rule.Cwe)
            {
                Family = rule.Family,
                RaisesTickets = rule.RaisesTickets,
            }
            : throw Missing($"requirement of rule {rule.Id}", "tool.requirements");
    }

    private static AppReport App(AppShape app, Dictionary<string, Rule> rules)
    {
        Rule Known(string id) => rules.TryGetValue(id, out var rule) ? rule : throw Missing("rule of a finding, verdict or scanner", "tool.rules");
        return new AppReport
        {
            App = new ReportedApp(app.Key, app.Name, app.Hosting) { Source = app.Source },
            Started = app.Started.Year is >= EarliestYear and <= LatestYear ? app.Started : throw Impossible("started"),
            Duration = Milliseconds(app.DurationMs),
            Scanners =
            [
                .. app.Scanners.Select(run => new ScannerRun(run.Name, run.Version, [.. run.Rules.Select(Known)], Milliseconds(run.DurationMs), run.Failure)),
            ],
            Findings = [.. app.Findings.Select(finding => Finding(finding, Known(finding.Rule)))],
            Verdicts = [.. app.Verdicts.Select(verdict => Verdict(verdict, Known(verdict.Rule)))],
            Coverage = app.Coverage,
            AdvisorySnapshot = app.AdvisorySnapshot,
            Extent = app.Extent,
            Traffic = new Traffic
            {
                Planned = app.Traffic.Planned,
                Requests = app.Traffic.Requests,
                Handshakes = app.Traffic.Handshakes,
                BytesSent = app.Traffic.BytesSent,
                BytesReceived = app.Traffic.BytesReceived,
                ByHost = app.Traffic.ByHost,
                Refused = app.Traffic.Refused,
                SignedAs = app.Traffic.SignedAs,
                Exchanges = [.. app.Traffic.Exchanges.Select(Exchange)],
            },
        };
    }

    private static Finding Finding(FindingShape finding, Rule rule) =>
        new()
        {
            Rule = rule,
            Location = new Location
            {
                Identity = finding.Location.Identity,
                Path = finding.Location.Path,
                Line = finding.Location.Line,
                Column = finding.Location.Column,
                Url = finding.Location.Url,
                Component = finding.Location.Component,
            },
            Evidence = new Evidence(finding.Evidence.Observed, finding.Evidence.Expected)
            {
                Exchanges = [.. finding.Evidence.Exchanges.Select(Exchange)],
                Facts = finding.Evidence.Facts ?? [],
                Steps = [.. (finding.Evidence.Steps ?? []).Select(step => new SourceStep(step.Path, step.Line, step.Column, step.Says))],
            },
            Message = finding.Message,
            Confidence = finding.Confidence,
            OwnCvss =
                finding.Cvss is not (>= 0 and <= 10) ? throw Impossible("cvss")
                : finding.Cvss.Equals(rule.Cvss) ? null
                : finding.Cvss,
            Fingerprint = finding.Fingerprint,
            ExemptedBy = finding.Exemption is { } exemption
                ? new Exemption
                {
                    Source = exemption.Source,
                    Rule = exemption.Rule,
                    Fingerprint = exemption.Fingerprint,
                    Path = exemption.Path,
                    Reason = exemption.Reason,
                    Expires = exemption.Expires,
                    By = exemption.By,
                }
                : null,
        };

    private static RuleVerdict Verdict(VerdictShape verdict, Rule rule) =>
        new(
            rule,
            verdict.Verdict,
            verdict.Reason,
            [
                .. verdict.Places.Select(place => new PlaceVerdict(rule, place.Verdict, place.Place, place.Reason)
                {
                    Cause = place.Cause ?? InconclusiveCause.CutShort,
                    About = place.About,
                }),
            ]
        );

    private static Exchange Exchange(ExchangeShape exchange) =>
        new()
        {
            Number = exchange.Number,
            Purpose = exchange.Purpose,
            Method = exchange.Method,
            Url = exchange.Url,
            Sent = exchange.Sent,
            Duration = Milliseconds(exchange.DurationMs),
            Curl = exchange.Curl,
            Status = exchange.Status,
            Headers = [.. exchange.Headers.Select(header => new HeaderField(header.Name, header.Value))],
            Length = exchange.Length,
            Hash = exchange.Hash,
            JsonKeys = exchange.JsonKeys,
            Failure = exchange.Failure,
        };

    private static TimeSpan Milliseconds(long count) =>
        count >= 0 && count <= LongestScan.TotalMilliseconds ? TimeSpan.FromMilliseconds(count) : throw Impossible("durationMs");

    private static ReportFormatException Impossible(string member) =>
        new($"the report has a {member} that no scan of ours gives; scan again to get a new report");

    private static ReportFormatException Missing(string what, string where) =>
        new($"the report has no entry in {where} for the {what}; scan again to get a whole report");

    private sealed record ReportedApp(string Key, string Name, string HostingThen) : App(Key, Name)
    {
        public override string Hosting => HostingThen;
    }
}
