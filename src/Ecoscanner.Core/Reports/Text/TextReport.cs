using Ecoscanner.Findings;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Text;

/// <summary>The report for a person at a terminal: what is wrong worst first, what was checked, and at the end what to do next.</summary>
public sealed class TextReport : IReportWriter
{
    // A person reads a screen or two; the JSON report has all.
    private const int MostGaps = 20;

    // In a terminal without room for that many columns beside the rule, the reason gets a line of its own.
    private const int NarrowestReason = 40;

    public string Name => "text";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        report = report.InOrder();
        using var writer = ReportFormats.Writer(output);
        var canvas = new Canvas(writer, options.Text);
        if (options.Text.Quiet)
        {
            WriteQuietly(report, options, canvas);
            return;
        }

        canvas.Put($"Ecoscanner {report.ToolVersion}", Ink.Bold).Put($", run {report.RunId}").End();
        foreach (var app in report.Apps)
        {
            WriteApp(app, options, canvas);
        }

        WriteFailedTargets(report, canvas);
        new TextSummary(report, options, canvas).Write();
    }

    private static void WriteQuietly(ScanReport report, ReportOptions options, Canvas canvas)
    {
        foreach (var app in report.Apps)
        {
            foreach (var finding in app.Findings.Where(finding => TextFindings.IsShown(finding, options.Text)))
            {
                canvas
                    .Put(Words.Of(finding.Severity), Inks.Of(finding.Severity))
                    .Put($" {finding.Rule.Id} ")
                    .Place(finding.Location.ToString())
                    .Put($" {finding.Message}")
                    .End();
            }
        }

        foreach (var target in report.FailedTargets)
        {
            canvas.Put("not scanned", Ink.Red).Put($" {target.Target} {target.Reason}").End();
        }

        new TextSummary(report, options, canvas).WriteOutcome();
    }

    private static void WriteApp(AppReport app, ReportOptions options, Canvas canvas)
    {
        canvas.End();
        // What the platform gave comes first; after what the app wrote itself nothing on the line can be trusted.
        canvas.Put(app.App.Key, Ink.Bold).Put($"  {app.App.Hosting}  {app.App.Name}").End();
        canvas.Field(2, "From", app.App.Source);
        canvas.Field(2, "Scanned", $"{Words.Moment(app.Started)}, in {Words.Duration(app.Duration)}");
        if (app.AdvisorySnapshot is { } snapshot)
        {
            canvas.Field(2, "Known", $"advisories of snapshot {Words.Snapshot(snapshot)}");
        }

        new TextFindings(app, options, canvas).Write();
        if (options.Text.ShowSafe)
        {
            WriteSafe(app, canvas);
        }

        WriteRequirements(app, options.Text, canvas);
        WriteCoverage(app, canvas);
        WriteTraffic(app, canvas);
    }

    private static void WriteSafe(AppReport app, Canvas canvas)
    {
        canvas.Heading("Safe");
        foreach (var verdict in app.Verdicts)
        {
            var places = verdict.Places.Where(place => place is { Verdict: Verdict.Pass, Place: not null }).ToList();
            if (places.Count == 0)
            {
                continue;
            }

            canvas.Space(2).Put(verdict.Rule.Id, Ink.Bold).End();
            foreach (var place in places)
            {
                canvas.Space(4).Place(place.Place!).End();
                canvas.Space(6).Wrapped(6, place.Reason);
            }
        }
    }

    private static void WriteRequirements(AppReport app, TextStyle style, Canvas canvas)
    {
        if (app.Verdicts.Count == 0)
        {
            return;
        }

        canvas.Heading("Requirements");
        var verdictWidth = app.Verdicts.Max(verdict => Words.Of(verdict.Verdict).Length);
        var requirementWidth = app.Verdicts.Max(verdict => verdict.Rule.Requirement.Id.Length);
        var ruleWidth = app.Verdicts.Max(verdict => verdict.Rule.Id.Length);
        var before = 4 + verdictWidth + 2 + requirementWidth + 2 + ruleWidth + 2;
        var isBeside = style.Width - before >= NarrowestReason;
        foreach (var verdict in app.Verdicts)
        {
            canvas.Space(2).Put(Words.Symbol(verdict.Verdict), Inks.Of(verdict.Verdict)).Space(1);
            canvas.Cell(Words.Of(verdict.Verdict), verdictWidth, Inks.Of(verdict.Verdict));
            canvas.Cell(verdict.Rule.Requirement.Id, requirementWidth);
            if (isBeside)
            {
                canvas.Cell(verdict.Rule.Id, ruleWidth).Wrapped(before, Reason(verdict));
            }
            else
            {
                canvas.Put(verdict.Rule.Id).End();
                canvas.Space(6).Wrapped(6, Reason(verdict));
            }
        }
    }

    // The worst place's reason alone would hide how many others there are.
    private static string Reason(RuleVerdict verdict)
    {
        var alike = verdict.Places.Count(place => place.Verdict == verdict.Verdict);
        var others = verdict.Places.Count - alike;
        return (alike, others) switch
        {
            (<= 1, 0) => verdict.Reason,
            (_, 0) => $"{verdict.Reason} ({Words.Count(alike, "place")})",
            _ => $"{verdict.Reason} ({alike:N0} of {Words.Count(verdict.Places.Count, "place")})",
        };
    }

    private static void WriteCoverage(AppReport app, Canvas canvas)
    {
        canvas.Heading("Coverage");
        canvas.Space(2).Wrapped(2, $"Looked at to the end: {Covered(app)}.");
        foreach (var scanner in app.Scanners.Where(scanner => scanner.Failure is not null))
        {
            canvas.Space(2).Wrapped(4, $"{scanner.Name} did not run to its end: {scanner.Failure}");
        }

        if (app.Coverage.Gaps.Count == 0)
        {
            canvas.Space(2).Put("Nothing was left out.").End();
            return;
        }

        canvas.Space(2).Put($"Not looked at, or not to the end: {Words.Count(app.Coverage.Gaps.Count, "place")}.").End();
        foreach (var gap in app.Coverage.Gaps.Take(MostGaps))
        {
            canvas.Space(4).Wrapped(6, $"{gap.Where()}: {gap.Reason} ({gap.Scanner})");
        }

        if (app.Coverage.Gaps.Count > MostGaps)
        {
            canvas.Space(4).Put($"and {app.Coverage.Gaps.Count - MostGaps:N0} more: see -f json").End();
        }
    }

    private static string Covered(AppReport app) =>
        app.Coverage.Covered.Count == 0
            ? "nothing"
            : string.Join(
                ", ",
                app.Coverage.Covered.CountBy(place => place.Scanner, StringComparer.Ordinal)
                    .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => $"{Words.Count(pair.Value, "place")} by {pair.Key}")
            );

    private static void WriteTraffic(AppReport app, Canvas canvas)
    {
        var traffic = app.Traffic;
        canvas.Heading("Traffic");
        canvas
            .Space(2)
            .Wrapped(
                2,
                $"{Words.Count(traffic.Requests, "request")} of at most {traffic.Planned:N0} planned, {Words.Count(traffic.Handshakes, "TLS handshake")}, "
                    + $"{Words.Bytes(traffic.BytesSent)} sent, {Words.Bytes(traffic.BytesReceived)} received, "
                    + $"{(traffic.SignedAs is { } name ? $"signed as {name}" : "not signed")}."
            );
        if (traffic.ByHost.Count > 0)
        {
            canvas.Space(2).Wrapped(4, $"To {string.Join(", ", traffic.ByHost.Select(host => $"{host.Key} ({host.Value:N0})"))}.");
        }

        foreach (var refused in traffic.Refused)
        {
            canvas.Space(2).Wrapped(4, $"None to {refused.Host}: {refused.Reason}");
        }
    }

    private static void WriteFailedTargets(ScanReport report, Canvas canvas)
    {
        if (report.FailedTargets.Count == 0)
        {
            return;
        }

        canvas.Heading("Not scanned");
        foreach (var target in report.FailedTargets)
        {
            canvas.Space(2).Put("✗ ", Ink.Red).Put(target.Target).End();
            canvas.Space(4).Wrapped(4, target.Reason);
        }
    }
}
