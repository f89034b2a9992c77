using System.CommandLine;
using System.Globalization;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Findings;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner ignore add</c>: writes a dated, reasoned ignore into ecoscanner.yaml and keeps its comments.</summary>
internal static class IgnoreCommand
{
    private static readonly Option<string> Rule = new("--rule") { Description = "the rule's id", HelpName = "RULE" };
    private static readonly Option<string> Print = new("--fingerprint")
    {
        Description = "the finding's fingerprint, as reports show it",
        HelpName = "FINGERPRINT",
    };
    private static readonly Option<string> Place = new("--path") { Description = "only at this path of a URL or file, and below it", HelpName = "PATH" };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "why nobody need act on it",
        HelpName = "TEXT",
        Required = true,
    };

    private static readonly Option<string> Expires = new("--expires")
    {
        Description = "the first day on which it no longer holds, such as 2027-01-31",
        HelpName = "DATE",
        Required = true,
    };

    private static readonly Option<string> By = new("--by") { Description = "who decided", HelpName = "NAME" };
    private static readonly Option<string> Config = new("--config")
    {
        Description = $"the file to write instead of {ConfigurationFile.FileName}",
        HelpName = "FILE",
    };

    public static Command Create(Terminal terminal)
    {
        Rule.CompletionSources.Add(static _ => Catalog.RuleIds);
        var add = new Command("add", $"Add an ignore to {ConfigurationFile.FileName}.") { Rule, Print, Place, Reason, Expires, By, Config };
        add.SetAction(arguments =>
        {
            Add(terminal, Wanted(arguments), arguments.GetValue(Config));
            return ExitCode.Clean;
        });
        return new Command("ignore", "Decide that findings need not be acted on, until a day, for a reason.") { add };
    }

    private static Exemption Wanted(ParseResult arguments)
    {
        var rule = arguments.GetValue(Rule);
        var fingerprint = arguments.GetValue(Print);
        if (rule is null && fingerprint is null)
        {
            throw new ExitException(ExitCode.Usage, "an ignore needs --rule or --fingerprint; a path alone would hide every rule");
        }

        var expires = arguments.GetRequiredValue(Expires);
        if (!DateOnly.TryParseExact(expires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw new ExitException(ExitCode.Usage, $"--expires \"{expires}\" is no date; write it as 2027-01-31");
        }

        if (day <= DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime))
        {
            throw new ExitException(ExitCode.Usage, $"--expires {expires} is not after today; name a later day");
        }

        return new Exemption
        {
            Source = ExemptionSource.Desk,
            Rule = rule is null ? null : Catalog.Rule(rule).Id,
            Fingerprint = fingerprint,
            Path = arguments.GetValue(Place),
            Reason = arguments.GetRequiredValue(Reason),
            Expires = day,
            By = arguments.GetValue(By),
        };
    }

    private static void Add(Terminal terminal, Exemption exemption, string? config)
    {
        var folder = Directory.GetCurrentDirectory();
        var path = config ?? ConfigurationFile.Find(folder) ?? Path.Combine(ConfigurationFile.RepositoryRoot(folder) ?? folder, ConfigurationFile.FileName);
        var text = File.Exists(path) ? TextFiles.Read(path, YamlTree.MaximumCharacters) : "";
        TextFiles.Write(path, IgnoreWriter.Add(text, path, exemption));
        terminal.Say($"added to {path}; it holds until {exemption.Expires:yyyy-MM-dd}");
    }
}
