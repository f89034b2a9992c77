using Ecoscanner.Findings;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports;

/// <summary>GitHub workflow commands: an annotation for each finding, and for what made the scan incomplete.</summary>
internal sealed class GitHubReport : IReportWriter
{
    public string Name => "github";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        using var lines = ReportFormats.Writer(output);
        foreach (var app in report.InOrder().Apps)
        {
            foreach (var finding in app.Findings.Where(finding => finding.ExemptedBy is null))
            {
                WriteFinding(lines, finding);
            }

            foreach (var verdict in app.Verdicts.Where(verdict => verdict.Places.Any(place => place.WasCutShort)))
            {
                WriteCommand(
                    lines,
                    "warning",
                    "",
                    $"Incomplete: {verdict.Rule.Id}",
                    $"{app.App.Key}: {verdict.Places.First(place => place.WasCutShort).Reason}"
                );
            }
        }

        foreach (var target in report.FailedTargets)
        {
            WriteCommand(lines, "error", "", "Not scanned", $"{target.Target}: {target.Reason}");
        }
    }

    private static void WriteFinding(TextWriter lines, Finding finding)
    {
        var place = finding.Location is { Path: { } path } location
            ? $"file={GitHubCommand.Property(path)},line={location.Line ?? 1},col={location.Column ?? 1},"
            : "";
        WriteCommand(
            lines,
            Command(finding.Severity),
            place,
            $"{finding.Rule.Requirement.Id}: {finding.Rule.Id} ({Words.Of(finding.Severity)})",
            [
                finding.Message,
                $"Where: {finding.Location}",
                $"Observed: {finding.Evidence.Observed}",
                $"Expected: {finding.Evidence.Expected}",
                $"See: {Commands.Explain(finding.Rule)}",
            ]
        );
    }

    private static void WriteCommand(TextWriter lines, string command, string place, string title, params IEnumerable<string> text) =>
        // The runner turns %0A into a line break.
        lines.Write($"::{command} {place}title={GitHubCommand.Property(title)}::{string.Join("%0A", text.Select(GitHubCommand.Data))}\n");

    private static string Command(Severity severity) =>
        severity switch
        {
            Severity.Critical or Severity.High => "error",
            Severity.Medium => "warning",
            _ => "notice",
        };
}
