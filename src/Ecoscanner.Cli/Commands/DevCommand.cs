using System.CommandLine;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner dev</c>: what the analyser sees in a source file or an app, for those who work on it or doubt a finding.</summary>
internal static partial class DevCommand
{
    // The largest bundles of real apps are half as long.
    private const int MaximumCharacters = 1 << 24;

    private static readonly Argument<string> Source = new("FILE") { Description = "a source: JavaScript or TypeScript, as the ending of its name says" };

    public static Command Create(Terminal terminal) =>
        new("dev", "Show how source code is read, and what it does.")
        {
            Ast(terminal),
            Scopes(terminal),
            Modules(terminal),
            Flow(terminal),
            Calls(terminal),
            Values(terminal),
            Taint(terminal),
            DevManifestCommand.Create(terminal),
            DevEntriesCommand.Create(terminal),
        };

    private static void Print(Terminal terminal, string text)
    {
        foreach (var line in text.AsSpan().TrimEnd('\n').EnumerateLines())
        {
            terminal.Output.WriteLine(ConsoleText.Of(line.ToString()));
        }
    }

    private static Option<string> Graphs(string description)
    {
        var option = new Option<string>("--format", "-f")
        {
            Description = description,
            HelpName = "FORMAT",
            DefaultValueFactory = static _ => "text",
        };
        option.AcceptOnlyFromAmong("text", "json", "dot");
        return option;
    }

    // Formats that have no place for it leave it to standard error.
    private static void Complain(SyntaxTree tree, Terminal terminal)
    {
        foreach (var diagnostic in tree.Diagnostics)
        {
            terminal.Say(Line(tree, diagnostic));
        }
    }

    private static string Line(SyntaxTree tree, Diagnostic diagnostic)
    {
        var severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "note";
        return ConsoleText.Of($"{tree.Source.Path}:{tree.Source.Lines.PositionOf(diagnostic.Span.Start)}: {severity} {diagnostic.Code}: {diagnostic.Message}");
    }
}
