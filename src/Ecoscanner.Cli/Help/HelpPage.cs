using System.CommandLine;
using System.CommandLine.Invocation;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Help;

/// <summary>Answers <c>--help</c>: what a command is for, how it is called, its options under headings.</summary>
internal sealed class HelpPage(Terminal terminal) : SynchronousCommandLineAction
{
    // Two spaces before, two between.
    private const int Indent = 2;
    private const int WidestTerm = 28;
    private const string General = "general";
    private const string Options = "options";

    private readonly Paint paint = new(terminal.OutputHasColour);

    // What stands before help does not matter: `scan --wrong --help` still helps.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command);
        return ExitCode.Clean;
    }

    private void Write(Command command)
    {
        Paragraph(command.Description ?? "");
        Heading("usage");
        Line($"{new string(' ', Indent)}{Usage(command)}");
        Table("arguments", command.Arguments.Select(argument => (argument.HelpName ?? argument.Name, argument.Description ?? "")));
        Table("commands", command.Subcommands.Where(child => !child.Hidden).Select(child => (child.Name, child.Description ?? "")));
        foreach (var group in AllOptions(command).Where(option => !option.Hidden).GroupBy(option => GroupOf(command, option), StringComparer.Ordinal))
        {
            Table(group.Key, group.Select(option => (Term(option), Describe(option))));
        }
    }

    private static string Usage(Command command)
    {
        var arguments = command.Arguments.Select(argument =>
        {
            var name = argument.HelpName ?? argument.Name;
            name = argument.Arity.MaximumNumberOfValues > 1 ? $"{name}..." : name;
            return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
        });
        var commands = command.Subcommands.Count > 0 ? ["COMMAND"] : Array.Empty<string>();
        return string.Join(' ', [CommandLine.NameOf(command), .. commands, .. arguments, "[options]"]);
    }

    private static IEnumerable<Option> AllOptions(Command command)
    {
        foreach (var option in command.Options)
        {
            yield return option;
        }

        for (var at = command.Parents.OfType<Command>().FirstOrDefault(); at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in at.Options.Where(option => option.Recursive))
            {
                yield return option;
            }
        }
    }

    private static string GroupOf(Command command, Option option) =>
        Settings.Of(option)?.Group ?? (option.Recursive || command is RootCommand ? General : Options);

    private static string Term(Option option)
    {
        var letter = option.Aliases.FirstOrDefault(alias => alias.Length == 2);
        var value = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool) ? $" {option.HelpName ?? "VALUE"}" : "";
        return $"{(letter is null ? "" : $"{letter}, ")}{option.Name}{value}";
    }

    private static string Describe(Option option)
    {
        var setting = Settings.Of(option);
        var choices = setting is { Choices: { Count: > 0 } some } ? $": {string.Join(", ", some)}" : "";
        var fallback = setting is { Default.Length: > 0 } ? $" (default {setting.Default})" : "";
        return $"{option.Description}{choices}{fallback}";
    }

    private void Table(string heading, IEnumerable<(string Term, string Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        Heading(heading);
        var column = Math.Min(WidestTerm, all.Max(row => row.Term.Length)) + (2 * Indent);
        foreach (var (term, text) in all)
        {
            var lines = Wrapping.Wrap(text, Math.Max(20, terminal.Width - column)).ToList();
            var first = $"{new string(' ', Indent)}{term}".PadRight(column);
            var isBeside = term.Length + (2 * Indent) <= column;
            Line($"{paint.Bold(first)}{(isBeside && lines.Count > 0 ? lines[0] : "")}".TrimEnd());
            foreach (var line in lines.Skip(isBeside ? 1 : 0))
            {
                Line($"{new string(' ', column)}{line}");
            }
        }
    }

    private void Paragraph(string text)
    {
        foreach (var line in Wrapping.Wrap(text, terminal.Width))
        {
            Line(line);
        }
    }

    private void Heading(string text)
    {
        Line("");
        Line(paint.Bold(text));
    }

    private void Line(string text) => terminal.Output.WriteLine(text);
}
