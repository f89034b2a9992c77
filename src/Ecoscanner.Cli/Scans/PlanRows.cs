using Ecoscanner.Apps;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Scans;

/// <summary>How a plan is laid out: a title, and rows with a name.</summary>
internal static class PlanRows
{
    private const int Indent = 14;

    public static void Title(Terminal terminal, App app)
    {
        terminal.Say(new Paint(terminal.ErrorHasColour).Bold($"plan for {ConsoleText.Of(app.Key)}"));
        Row(terminal, "app", $"{app.Name}, {app.Hosting}");
        Row(terminal, "source", app.Source);
    }

    public static void Row(Terminal terminal, string name, string text)
    {
        foreach (var line in Wrapping.Wrap(ConsoleText.Of(text), terminal.Width - Indent))
        {
            terminal.Say($"  {name.PadRight(Indent - 2)}{line}");
            name = "";
        }
    }
}
