using System.CommandLine;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner init</c>: writes an ecoscanner.yaml with every key explained.</summary>
internal static class InitCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("init", $"Write an {ConfigurationFile.FileName} with every key explained into this folder.");
        command.SetAction(_ =>
        {
            var path = Path.GetFullPath(ConfigurationFile.FileName);
            if (File.Exists(path))
            {
                throw new ExitException(ExitCode.Usage, $"{path} is there already; edit it, or move it away first");
            }

            TextFiles.Write(path, ConfigurationTemplate.Text());
            terminal.Say($"wrote {path}");
            return ExitCode.Clean;
        });
        return command;
    }
}
