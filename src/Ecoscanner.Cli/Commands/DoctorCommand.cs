using System.CommandLine;
using Ecoscanner.Cli.Checkups;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner doctor</c>: what on this machine helps or hinders scans, and the way out.</summary>
internal static class DoctorCommand
{
    // As wide as the longest subject.
    private const int SubjectWidth = 13;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("doctor", "Check what scans need from this machine; sends nothing.");
        command.SetAction(_ =>
        {
            var checkups = MachineCheckups.All(TimeProvider.System).ToList();
            var paint = new Paint(terminal.OutputHasColour);
            foreach (var (subject, health, finding) in checkups)
            {
                var word = health switch
                {
                    Health.Good => paint.Green("good"),
                    Health.Note => paint.Yellow("note"),
                    _ => paint.Red("BAD "),
                };
                terminal.Output.WriteLine($"{word}  {subject, -SubjectWidth}  {ConsoleText.Of(finding)}");
            }

            return checkups.Exists(checkup => checkup.Health == Health.Bad) ? ExitCode.Incomplete : ExitCode.Clean;
        });
        return command;
    }
}
