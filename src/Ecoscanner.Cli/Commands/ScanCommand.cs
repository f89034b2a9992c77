using System.CommandLine;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Approval;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner scan</c>: the main command.</summary>
internal static class ScanCommand
{
    /// <summary>The target that stands for the sample apps.</summary>
    public const string Samples = "samples";

    private static readonly Argument<string[]> Targets = new("TARGET")
    {
        Description =
            "a descriptor's URL, its file, a Forge app's folder, its manifest.yml or a ZIP of its source, a folder with atlassian-connect.json, or samples: the sample apps, of which those of Connect are started on this machine",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> Config = new("--config")
    {
        Description = $"read this file instead of the {ConfigurationFile.FileName} of this folder or repository",
        HelpName = "FILE",
    };

    private static readonly Option<bool> PrintConfig = new("--print-config") { Description = "print what is in force and who said so, and scan nothing" };

    private static readonly Option<string> For = new("--for")
    {
        Description =
            "approval: answer the security questionnaire of the Marketplace for a Forge app, from its source; written as text, json or md; exits with 1 where an answer blocks the listing",
        HelpName = "PURPOSE",
    };

    public static Command Create(Terminal terminal)
    {
        For.AcceptOnlyFromAmong(Approval.Purpose);
        Targets.CompletionSources.Add(static _ => [Samples]);
        var command = new Command("scan", "Scan apps and say which security requirements they meet and which they break.")
        {
            Targets,
            For,
            Config,
            PrintConfig,
        };
        foreach (var setting in Settings.All)
        {
            command.Add(setting.Option);
        }

        command.SetAction((arguments, _) => RunAsync(arguments, terminal, TimeProvider.System));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, Terminal terminal, TimeProvider time)
    {
        var path = arguments.GetValue(Config) ?? ConfigurationFile.Find(Directory.GetCurrentDirectory());
        var settings = ResolvedSettings.Of(arguments, path is null ? null : ConfigurationFile.Read(path));
        if (arguments.GetValue(PrintConfig))
        {
            terminal.Output.Write(ConfigurationListing.Of(settings));
            return ExitCode.Clean;
        }

        var targets = arguments.GetValue(Targets) is { Length: > 0 } named ? named : settings.File?.Targets ?? [];
        if (targets.Contains(Samples, StringComparer.Ordinal))
        {
            return targets.Count == 1
                ? await SampleScan.RunAsync(settings, terminal, time)
                : throw new ExitException(ExitCode.Usage, $"{Samples} stands alone: scan it without other targets");
        }

        return targets.Count > 0
            ? await ScanAsync(targets, ScanSetup.Of(settings, terminal, time), arguments.GetValue(For) is not null, terminal, time)
            : throw new ExitException(
                ExitCode.Usage,
                $"nothing to scan: name a descriptor's URL or file, or a Forge app's folder, or write targets into {ConfigurationFile.FileName}; to try it out: ecoscanner scan {Samples}"
            );
    }

    private static async Task<int> ScanAsync(IReadOnlyList<string> targets, ScanSetup setup, bool isForApproval, Terminal terminal, TimeProvider time)
    {
        setup = isForApproval ? Approval.Of(targets, setup) : setup;
        using var scan = new DeskScan(terminal, setup.Probing.RunId, time);
        foreach (var target in targets)
        {
            await scan.ScanAsync(target, setup);
        }

        var report = scan.Report;
        foreach (var output in setup.Outputs.Where(output => report.Apps.Count > 0 || !output.IsForPerson))
        {
            output.Write(report, setup.Reporting, terminal.OutputStream);
        }

        // Where no target could be scanned, the code says why: wrong, nothing there, or not reached.
        var code =
            report.Apps.Count == 0 && !report.Cancelled ? scan.Failures.Max()
            : isForApproval ? Questionnaire.ExitCodeOf(report)
            : ExitCode.Of(report, setup.Reporting.Policy);
        return code == ExitCode.Findings && setup.ExitZero ? ExitCode.Clean : code;
    }
}
