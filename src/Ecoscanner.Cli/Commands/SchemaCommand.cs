using System.CommandLine;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner schema</c>: the JSON schemas of what the program reads and writes.</summary>
internal static class SchemaCommand
{
    private static readonly Argument<string> Which = new("WHICH") { Description = $"config: of {ConfigurationFile.FileName}; report: of the JSON report" };

    public static Command Create(Terminal terminal)
    {
        Which.AcceptOnlyFromAmong("config", "report");
        var command = new Command("schema", "Print the JSON schema of the configuration file or of the report.") { Which };
        command.SetAction(arguments =>
        {
            if (arguments.GetRequiredValue(Which) == "config")
            {
                terminal.Output.WriteLine(ConfigurationSchema.Text());
            }
            else
            {
                using var schema = JsonReport.Schema();
                schema.CopyTo(terminal.OutputStream);
            }

            return ExitCode.Clean;
        });
        return command;
    }
}
