using System.CommandLine;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
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

    private static readonly Option<string> ScopesFormat = Graphs("text; json: the same as data; dot: a graph for Graphviz");

    private static readonly Option<string> ModulesFormat = Graphs("text; json: the same as data; dot: a graph for Graphviz");

    private static readonly Option<string> FlowFormat = Graphs("text; json: the same as data; dot: a graph for Graphviz");

    private static readonly Option<string?> Function = new("--function") { Description = "only functions and fields of that name", HelpName = "NAME" };

    private static readonly Argument<string> App = new("PATH") { Description = "an app's folder, or one of its sources: then only what it leads to" };

    public static Command Create(Terminal terminal) =>
        new("dev", "Show how source code is read.") { Ast(terminal), Scopes(terminal), Modules(terminal), Flow(terminal), DevManifestCommand.Create(terminal) };

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

    private static Command Modules(Terminal terminal)
    {
        var command = new Command("modules", "Print what the sources of an app import, what they export, and where that is defined.") { App, ModulesFormat };
        command.SetAction(
            (arguments, cancellation) =>
            {
                var graph = GraphOf(arguments.GetRequiredValue(App), cancellation);
                switch (arguments.GetValue(ModulesFormat))
                {
                    case "json":
                        ModulePrinter.WriteJson(graph, terminal.OutputStream);
                        break;
                    case "dot":
                        Print(terminal, ModulePrinter.Dot(graph));
                        break;
                    default:
                        Print(terminal, ModulePrinter.Text(graph));
                        break;
                }

                return Task.FromResult(ExitCode.Clean);
            }
        );
        return command;
    }

    private static Command Flow(Terminal terminal)
    {
        var command = new Command("cfg", "Print the control flow of a file's functions: what is evaluated in which order.") { Source, Function, FlowFormat };
        command.SetAction(arguments =>
        {
            var path = arguments.GetRequiredValue(Source);
            var tree = SyntaxTree.Parse(new SourceText(TextFiles.Read(path, MaximumCharacters), path));
            var graphs = FlowOf(tree, arguments.GetValue(Function));
            switch (arguments.GetValue(FlowFormat))
            {
                case "json":
                    FlowPrinter.WriteJson(graphs, terminal.OutputStream);
                    break;
                case "dot":
                    Print(terminal, FlowPrinter.Dot(graphs));
                    break;
                default:
                    foreach (var graph in graphs)
                    {
                        Print(terminal, FlowPrinter.Text(graph));
                    }

                    break;
            }

            Complain(tree, terminal);
            return ExitCode.Clean;
        });
        return command;
    }

    private static IReadOnlyList<ControlFlowGraph> FlowOf(SyntaxTree tree, string? function)
    {
        var graphs = ControlFlowGraph
            .RootsOf(tree)
            .Select(root => ControlFlowGraph.Of(tree, root))
            .Where(graph => function is null || FlowPrinter.NameOf(graph) == function)
            .ToList();
        return graphs is []
            ? throw new ExitException(ExitCode.Usage, $"{tree.Source.Path} has no function or field named {function}; without --function all are printed")
            : graphs;
    }

    private static ModuleGraph GraphOf(string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            return ModuleGraph.Of(new FolderFiles(path), cancellation: cancellation);
        }

        if (!File.Exists(path))
        {
            throw new ExitException(ExitCode.Usage, $"{path} cannot be read: there is no such file or folder");
        }

        var folder = AppOf(Path.GetFullPath(path));
        return ModuleGraph.From(new FolderFiles(folder), [Path.GetRelativePath(folder, Path.GetFullPath(path)).Replace('\\', '/')], cancellation: cancellation);
    }

    // What a source imports may stand anywhere below the nearest package.json.
    private static string AppOf(string path)
    {
        var own = Path.GetDirectoryName(path)!;
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "package.json")))
            {
                return folder;
            }
        }

        return own;
    }

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
