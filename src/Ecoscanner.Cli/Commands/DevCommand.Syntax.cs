using System.CommandLine;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Commands;

/// <remarks>What one file says.</remarks>
internal static partial class DevCommand
{
    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = "text; json: the same as data; dot: a graph for Graphviz; estree: JSON as ESTree and TypeScript-ESTree have it",
        HelpName = "FORMAT",
        DefaultValueFactory = static _ => "text",
    };

    private static readonly Option<string> ScopesFormat = Graphs("text; json: the same as data; dot: a graph for Graphviz");

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

    private static Command Scopes(Terminal terminal)
    {
        var command = new Command("scopes", "Print the scopes of a file, and what its names refer to.") { Source, ScopesFormat };
        command.SetAction(arguments =>
        {
            var path = arguments.GetRequiredValue(Source);
            var tree = SyntaxTree.Parse(new SourceText(TextFiles.Read(path, MaximumCharacters), path));
            var model = SemanticModel.Of(tree);
            Print(
                terminal,
                arguments.GetValue(ScopesFormat) switch
                {
                    "json" => ScopePrinter.Json(model),
                    "dot" => ScopePrinter.Dot(model),
                    _ => ScopePrinter.Text(model),
                }
            );
            foreach (var diagnostic in tree.Diagnostics.Concat(model.Diagnostics).OrderBy(diagnostic => diagnostic.Span.Start))
            {
                terminal.Say(Line(tree, diagnostic));
            }

            return ExitCode.Clean;
        });
        return command;
    }
}
