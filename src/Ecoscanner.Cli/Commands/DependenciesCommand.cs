using System.CommandLine;
using Ecoscanner.Cli.Inventories;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner dependencies</c>: the libraries that an app ships, as a tree.</summary>
internal static class DependenciesCommand
{
    public static readonly Argument<string> Target = new("TARGET")
    {
        Description =
            "an app's folder with lockfiles, a ZIP of it, an archive (.jar, .obr, .war), an SBOM, or the text of mvn dependency:tree or gradle dependencies",
    };

    private static readonly Option<bool> Development = new("--development") { Description = "also what only the development of the app needs" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("dependencies", "Print the libraries that an app ships, as a tree.") { Target, Development };
        command.SetAction(
            (arguments, cancellation) =>
            {
                var read = InventoryTarget.Read(arguments.GetRequiredValue(Target), AdvisorySource.Open().Index, cancellation);
                foreach (var line in DependencyTree.Lines(read.Inventory, arguments.GetValue(Development)))
                {
                    terminal.Output.WriteLine(line);
                }

                return Task.FromResult(Gaps(read.Inventory, terminal));
            }
        );
        return command;
    }

    /// <summary>Tells what was not looked into.</summary>
    /// <returns>The exit code.</returns>
    public static int Gaps(Inventory inventory, Terminal terminal)
    {
        foreach (var gap in inventory.Gaps)
        {
            terminal.Complain($"{gap.Place}: {gap.Reason}");
        }

        return inventory.Gaps.Count == 0 ? ExitCode.Clean : ExitCode.Incomplete;
    }
}
