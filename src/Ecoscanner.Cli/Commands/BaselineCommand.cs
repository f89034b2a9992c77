using System.CommandLine;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Findings;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner baseline</c>: keeps what is known now, and tells what is new against it.</summary>
internal static class BaselineCommand
{
    private const string DefaultFile = "ecoscanner-baseline.json";

    private static readonly Argument<string> Report = new("REPORT") { Description = "a JSON report of ecoscanner", HelpName = "FILE" };
    private static readonly Argument<string> Old = new("OLD") { Description = "the baseline or earlier report, JSON or SARIF", HelpName = "OLD" };
    private static readonly Argument<string> New = new("NEW") { Description = "the later JSON report", HelpName = "NEW" };
    private static readonly Option<string> Output = new("--output", "-o") { Description = $"where to write it (default {DefaultFile})", HelpName = "FILE" };

    public static Command Create(Terminal terminal)
    {
        var create = new Command("create", "Keep a report's findings, without requests and answers, to be committed.") { Report, Output };
        create.SetAction(arguments =>
        {
            var file = arguments.GetValue(Output) ?? DefaultFile;
            var report = WithoutTraffic(ReportFiles.Report(arguments.GetRequiredValue(Report)));
            new ReportOutput(new JsonReport(), file).Write(report, ReportFiles.Options(terminal), terminal.OutputStream);
            terminal.Say(
                $"wrote {file} with {report.Apps.Sum(app => app.Findings.Count)} findings; use it: ecoscanner scan TARGET --baseline {file} --fail-on-new"
            );
            return ExitCode.Clean;
        });
        var diff = new Command("diff", "Say which findings are new against a baseline, and which are not seen any more; exits with 1 for new ones.")
        {
            Old,
            New,
        };
        diff.SetAction(arguments => Diff(ReportFiles.Baseline(arguments.GetRequiredValue(Old)), ReportFiles.Report(arguments.GetRequiredValue(New)), terminal));
        return new Command("baseline", "Tell new findings from known ones.") { create, diff };
    }

    /// <summary>A baseline is committed and read by people: what was sent and answered is neither needed nor wanted there.</summary>
    private static ScanReport WithoutTraffic(ScanReport report) =>
        report with
        {
            Apps =
            [
                .. report.Apps.Select(app =>
                    app with
                    {
                        Findings = [.. app.Findings.Select(finding => finding with { Evidence = finding.Evidence with { Exchanges = [] } })],
                        Traffic = app.Traffic with { Exchanges = [] },
                    }
                ),
            ],
        };

    private static int Diff(Baseline old, ScanReport report, Terminal terminal)
    {
        var paint = new Paint(terminal.OutputHasColour);
        var (added, kept, gone) = (0, 0, 0);
        foreach (var app in report.Apps)
        {
            foreach (var finding in app.Findings)
            {
                if (old.StateOf(app.App.Key, finding) is BaselineState.Unchanged)
                {
                    kept++;
                    continue;
                }

                added++;
                terminal.Output.WriteLine($"{paint.Red("new")}     {Line(app, finding)}");
            }

            foreach (var fingerprint in old.Absent(app))
            {
                gone++;
                terminal.Output.WriteLine($"{paint.Green("unseen")}  {ConsoleText.Of($"{app.App.Key}  {fingerprint}")}");
            }
        }

        terminal.Say($"{added} new, {kept} unchanged, {gone} not seen any more (which is no proof that they are fixed)");
        return added > 0 ? ExitCode.Findings : ExitCode.Clean;
    }

    private static string Line(AppReport app, Finding finding) =>
        ConsoleText.Of($"{app.App.Key}  {finding.Severity.ToString().ToLowerInvariant()}  {finding.Rule.Id}  {finding.Location}");
}
