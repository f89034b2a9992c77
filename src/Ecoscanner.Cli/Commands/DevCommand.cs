using System.CommandLine;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner dev</c>: what the analyser sees in a source file, for those who work on it or doubt a finding.</summary>
internal static class DevCommand
{
    // The largest bundles of real apps are half as long.
    private const int MaximumCharacters = 1 << 24;

    private static readonly Argument<string> Source = new("FILE") { Description = "a source: JavaScript or TypeScript, as the ending of its name says" };

    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = "text; json: the same as data; dot: a graph for Graphviz; estree: JSON as ESTree and TypeScript-ESTree have it",
        HelpName = "FORMAT",
        DefaultValueFactory = static _ => "text",
    };

    public static Command Create(Terminal terminal) => new("dev", "Show how source code is read.") { Ast(terminal) };

    private static Command Ast(Terminal terminal)
    {
        Format.AcceptOnlyFromAmong("text", "json", "dot", "estree");
        var command = new Command("ast", "Print the syntax tree of a file, and what is wrong with its syntax.") { Source, Format };
        command.SetAction(arguments =>
        {
            var path = arguments.GetRequiredValue(Source);
            var tree = SyntaxTree.Parse(new SourceText(TextFiles.Read(path, MaximumCharacters), path));
            switch (arguments.GetValue(Format))
            {
                case "json":
                    TreeJson.Write(tree, terminal.OutputStream);
                    break;
                case "estree":
                    EstreeWriter.Write(tree, terminal.OutputStream);
                    Complain(tree, terminal);
                    break;
                case "dot":
                    TreeDot.Write(tree, terminal.Output, ConsoleText.Of);
                    Complain(tree, terminal);
                    break;
                default:
                    TreeText.Write(tree, terminal.Output, ConsoleText.Of);
                    foreach (var diagnostic in tree.Diagnostics)
                    {
                        terminal.Output.WriteLine(Line(tree, diagnostic));
                    }

                    break;
            }

            return ExitCode.Clean;
        });
        return command;
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
