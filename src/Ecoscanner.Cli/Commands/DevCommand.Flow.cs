using System.CommandLine;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <remarks>What an app does: its modules, and what flows through them.</remarks>
internal static partial class DevCommand
{
    // Some thousands of rules; a framework needs some dozens.
    private const int MaximumRules = 1 << 16;

    private static readonly Option<string> ModulesFormat = Graphs("text; json: the same as data; dot: a graph for Graphviz");

    private static readonly Option<string> CallsFormat = Graphs("text; json: the same as data; dot: a graph for Graphviz");

    private static readonly Option<string> ValuesFormat = Graphs("text; json: the same as data; dot: a graph of objects for Graphviz");

    private static readonly Option<string> TaintFormat = Graphs("text; json: the same as data; dot: the ways of findings for Graphviz");

    private static readonly Option<string> Rules = new("--rules")
    {
        Description =
            "a file of what to look for, one rule in a line: source PATH, sink RULE PATH(0), effect RULE PATH(0), sanitizer PATH, guard RULE PATH(0) true",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<bool> Safe = new("--safe") { Description = "print the sinks that are safe too, and why" };

    private static readonly Option<string> FlowFormat = Graphs("text; json: the same as data; dot: a graph for Graphviz");

    private static readonly Option<string?> Function = new("--function") { Description = "only functions and fields of that name", HelpName = "NAME" };

    private static readonly Argument<string> App = new("PATH") { Description = "an app's folder, or one of its sources: then only what it leads to" };

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

    private static Command Calls(Terminal terminal)
    {
        var command = new Command("calls", "Print what the calls of an app run, as far as it is known.") { App, Function, CallsFormat };
        command.SetAction(
            (arguments, cancellation) =>
            {
                var (program, function) = (ProgramOf(arguments, cancellation), arguments.GetValue(Function));
                CheckFunction(program, function);
                switch (arguments.GetValue(CallsFormat))
                {
                    case "json":
                        CallPrinter.WriteJson(program, terminal.OutputStream, function);
                        break;
                    case "dot":
                        Print(terminal, CallPrinter.Dot(program, function));
                        break;
                    default:
                        Print(terminal, CallPrinter.Text(program, function));
                        break;
                }

                return Task.FromResult(ExitCode.Clean);
            }
        );
        return command;
    }

    private static Command Values(Terminal terminal)
    {
        var command = new Command("values", "Print what the variables, parameters, arguments and results of an app may be.") { App, Function, ValuesFormat };
        command.SetAction(
            (arguments, cancellation) =>
            {
                var (program, function) = (ProgramOf(arguments, cancellation), arguments.GetValue(Function));
                CheckFunction(program, function);
                switch (arguments.GetValue(ValuesFormat))
                {
                    case "json":
                        ValuePrinter.WriteJson(program, terminal.OutputStream, function);
                        break;
                    case "dot":
                        Print(terminal, ValuePrinter.Dot(program, function));
                        break;
                    default:
                        Print(terminal, ValuePrinter.Text(program, function));
                        break;
                }

                return Task.FromResult(ExitCode.Clean);
            }
        );
        return command;
    }

    private static Command Taint(Terminal terminal)
    {
        var command = new Command("taint", "Print where untrusted values of an app get, by rules of your own, and each step of the way.")
        {
            App,
            Rules,
            Safe,
            TaintFormat,
        };
        command.SetAction(
            (arguments, cancellation) =>
            {
                var rules = RulesOf(arguments.GetRequiredValue(Rules));
                var analysis = TaintAnalysis.Of(ProgramOf(arguments, cancellation), rules);
                var showsSafe = arguments.GetValue(Safe);
                switch (arguments.GetValue(TaintFormat))
                {
                    case "json":
                        TaintPrinter.WriteJson(analysis, terminal.OutputStream, showsSafe);
                        break;
                    case "dot":
                        Print(terminal, TaintPrinter.Dot(analysis));
                        break;
                    default:
                        Print(terminal, TaintPrinter.Text(analysis, showsSafe));
                        break;
                }

                return Task.FromResult(ExitCode.Clean);
            }
        );
        return command;
    }

    private static ProgramValues ProgramOf(ParseResult arguments, CancellationToken cancellation) =>
        ProgramValues.Of(GraphOf(arguments.GetRequiredValue(App), cancellation), cancellation: cancellation);

    private static void CheckFunction(ProgramValues program, string? function)
    {
        if (function is not null && !CallPrinter.HasFunction(program, function))
        {
            throw new ExitException(ExitCode.Usage, $"the program has no function or field named {function}; without --function all are printed");
        }
    }

    private static TaintRules RulesOf(string path)
    {
        var text = TextFiles.Read(path, MaximumRules);
        try
        {
            return TaintRules.Parse(text);
        }
        catch (FormatException e)
        {
            var number = text.Split('\n').TakeWhile(IsRule).Count() + 1;
            throw new ExitException(ExitCode.Usage, $"{path}:{number}: {e.Message}; see ecoscanner dev taint --help", e);
        }
    }

    private static bool IsRule(string line)
    {
        try
        {
            TaintRules.Parse(line);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
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
}
