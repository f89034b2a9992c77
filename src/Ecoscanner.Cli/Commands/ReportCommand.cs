using System.CommandLine;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner report convert</c>: writes an earlier JSON report in other formats, without scanning again.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Report = new("FILE") { Description = "a JSON report of ecoscanner" };

    private static readonly Option<string[]> Format = new("--format", "-f")
    {
        Description = Settings.Format.Help,
        HelpName = Settings.Format.Value,
        Required = true,
    };

    public static Command Create(Terminal terminal)
    {
        Format.CompletionSources.Add(static _ => ReportOutput.Names);
        var convert = new Command("convert", "Write an earlier JSON report in other formats.") { Report, Format };
        convert.SetAction(arguments =>
        {
            var formats = arguments.GetRequiredValue(Format);
            if (formats.FirstOrDefault(format => ReportOutput.Problem(format) is not null) is { } wrong)
            {
                throw new ExitException(ExitCode.Usage, $"format \"{wrong}\" {ReportOutput.Problem(wrong)}");
            }

            var outputs = ReportOutput.All(formats);
            var report = ReportFiles.Report(arguments.GetRequiredValue(Report));
            foreach (var output in outputs)
            {
                output.Write(report, ReportFiles.Options(terminal), terminal.OutputStream);
            }

            return ExitCode.Clean;
        });
        return new Command("report", "Work with earlier reports.") { convert };
    }
}
