using System.CommandLine;
using System.Globalization;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner explain RULE</c>: the rule's page: why, how to fix, how to check.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> RuleId = new("RULE") { Description = "a rule's id; ecoscanner rules lists them" };

    public static Command Create(Terminal terminal)
    {
        RuleId.CompletionSources.Add(static _ => Catalog.RuleIds);
        var command = new Command("explain", "Explain a rule: why it is there, how to fix what it finds, how to check.") { RuleId };
        command.SetAction(arguments =>
        {
            var rule = Catalog.Rule(arguments.GetRequiredValue(RuleId));
            var effect = rule.RaisesTickets ? "raises tickets" : "advice only";
            terminal.Output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rule.Id}  {rule.Requirement.Id}  CVSS {rule.Cvss:0.0} {rule.Severity.ToString().ToLowerInvariant()}  CWE-{rule.Cwe}  {effect}"
                )
            );
            terminal.Output.WriteLine();
            new MarkdownPage(terminal.Width, new Paint(terminal.OutputHasColour)).Write(Catalog.Scanners.Page(rule), terminal.Output);
            return ExitCode.Clean;
        });
        return command;
    }
}
