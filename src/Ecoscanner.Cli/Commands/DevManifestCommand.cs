using System.CommandLine;
using Ecoscanner.Cli.Manifests;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner dev manifest</c>: what was read from a Forge app's manifest.</summary>
internal static class DevManifestCommand
{
    private static readonly Argument<string> Manifest = new("FILE") { Description = "a Forge app's manifest.yml, or the folder that holds it" };

    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = "text; json: the same as data",
        HelpName = "FORMAT",
        DefaultValueFactory = static _ => "text",
    };

    public static Command Create(Terminal terminal)
    {
        Format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("manifest", "Print what a Forge app's manifest says: who can call which code, scopes, addresses, and what is wrong with it.")
        {
            Manifest,
            Format,
        };
        command.SetAction(arguments =>
        {
            var named = arguments.GetRequiredValue(Manifest);
            var path = Directory.Exists(named) ? ManifestFile.In(named) : named;
            var manifest = ManifestFile.Read(path);
            if (arguments.GetValue(Format) == "json")
            {
                ForgeManifestJson.Write(manifest, path, terminal.OutputStream);
                return ExitCode.Clean;
            }

            foreach (var line in ForgeManifestText.Of(manifest, path).AsSpan().TrimEnd('\n').EnumerateLines())
            {
                terminal.Output.WriteLine(line.ToString());
            }

            return ExitCode.Clean;
        });
        return command;
    }
}
