using System.CommandLine;
using Ecoscanner.Cli.Completion;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner completion SHELL</c>: the script that lets a shell complete commands, options, rules and formats.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new("SHELL") { Description = "bash, zsh, fish or pwsh" };

    public static Command Create(Terminal terminal)
    {
        Shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Print the completion script for a shell; its first line says how to load it.") { Shell };
        command.SetAction(arguments =>
        {
            var nodes = CompletionNode.Of((RootCommand)arguments.RootCommandResult.Command);
            terminal.Output.Write(
                arguments.GetRequiredValue(Shell) switch
                {
                    "bash" => BashScript.Of(nodes),
                    "zsh" => ZshScript.Of(nodes),
                    "fish" => FishScript.Of(nodes),
                    _ => PowerShellScript.Of(nodes),
                }
            );
            return ExitCode.Clean;
        });
        return command;
    }
}
