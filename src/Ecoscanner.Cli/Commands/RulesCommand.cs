using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Rules;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner rules</c>: every rule, with its requirement, score and whether it raises tickets.</summary>
internal static partial class RulesCommand
{
    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = "text or json",
        HelpName = "FORMAT",
        DefaultValueFactory = static _ => "text",
    };

    public static Command Create(Terminal terminal)
    {
        Format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("rules", "List all rules.") { Format };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(Format) == "json")
            {
                terminal.Output.WriteLine(JsonSerializer.Serialize([.. Catalog.Scanners.Rules.Select(RuleLine.Of)], Json.Default.ListRuleLine));
            }
            else
            {
                Print(terminal);
            }

            return ExitCode.Clean;
        });
        return command;
    }

    private static void Print(Terminal terminal)
    {
        var paint = new Paint(terminal.OutputHasColour);
        var rules = Catalog.Scanners.Rules;
        var widest = rules.Select(rule => rule.Id.Length).DefaultIfEmpty().Max();
        foreach (var group in rules.GroupBy(rule => rule.Requirement).OrderBy(group => group.Key.Id, StringComparer.Ordinal))
        {
            terminal.Output.WriteLine($"{paint.Bold(group.Key.Id)}  {group.Key.Title}");
            foreach (var rule in group.OrderByDescending(rule => rule.Cvss).ThenBy(rule => rule.Id, StringComparer.Ordinal))
            {
                var score = rule.Cvss.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(4);
                var effect = rule.RaisesTickets ? "ticket" : "advice";
                var start = $"  {rule.Id.PadRight(widest)}  {score} {rule.Severity.ToString().ToLowerInvariant(), -8}  {effect}  ";
                var lines = Wrapping.Wrap(rule.Title, Math.Max(20, terminal.Width - start.Length)).ToList();
                terminal.Output.WriteLine($"{start}{lines.FirstOrDefault()}");
                foreach (var line in lines.Skip(1))
                {
                    terminal.Output.WriteLine($"{new string(' ', start.Length)}{line}");
                }
            }
        }

        terminal.Say($"{rules.Count} rules; to read about one: ecoscanner explain RULE");
    }

    private sealed record RuleLine(string Id, string Title, string Requirement, string Severity, double Cvss, int Cwe, bool RaisesTickets)
    {
        public static RuleLine Of(Rule rule) =>
            new(rule.Id, rule.Title, rule.Requirement.Id, rule.Severity.ToString().ToLowerInvariant(), rule.Cvss, rule.Cwe, rule.RaisesTickets);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(List<RuleLine>))]
    private sealed partial class Json : JsonSerializerContext;
}
