using System.CommandLine;
using Ecoscanner.Cli.Manifests;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Reports;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner dev entries</c>: the functions of a Forge app that something outside it can start.</summary>
internal static class DevEntriesCommand
{
    private static readonly Argument<string> App = new("DIR") { Description = "the folder of a Forge app, which holds its manifest.yml" };

    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = "text; json: the same as data",
        HelpName = "FORMAT",
        DefaultValueFactory = static _ => "text",
    };

    public static Command Create(Terminal terminal)
    {
        Format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("entries", "Print the functions of a Forge app that something outside it can start, who can, and what could not be found.")
        {
            App,
            Format,
        };
        command.SetAction(
            (arguments, cancellation) =>
            {
                var folder = arguments.GetRequiredValue(App);
                var path = Find(folder);
                var program = ForgeProgram.Of(ManifestFile.Read(path), new FolderFiles(folder), cancellation);
                if (arguments.GetValue(Format) == "json")
                {
                    ForgeEntriesJson.Write(program, path, terminal.OutputStream);
                    return Task.FromResult(ExitCode.Clean);
                }

                foreach (var line in ForgeEntriesText.Of(program, path).AsSpan().TrimEnd('\n').EnumerateLines())
                {
                    terminal.Output.WriteLine(line.ToString());
                }

                return Task.FromResult(ExitCode.Clean);
            }
        );
        return command;
    }

    private static string Find(string folder) =>
        Directory.Exists(folder) ? ManifestFile.In(folder) : throw new ExitException(ExitCode.Usage, $"{folder} cannot be read: there is no such folder");
}
