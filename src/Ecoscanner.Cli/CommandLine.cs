using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Ecoscanner.Cli.Commands;
using Ecoscanner.Cli.Help;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli;

/// <summary>The command line as a whole: which commands there are, and what every one of them does about mistakes.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose", "-v")
    {
        Description = "say more, and show where an internal error arose",
        Recursive = true,
    };
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "say nothing but errors and what was asked for", Recursive = true };
    private static readonly Option<bool> NoColor = new("--no-color") { Description = "no colours; the variable NO_COLOR does the same", Recursive = true };

    public static async Task<int> RunAsync(string[] arguments)
    {
        // Known before parsing: the parser's own errors obey them too.
        var terminal = Terminal.Open(
            colourless: arguments.Contains("--no-color", StringComparer.Ordinal),
            isQuiet: arguments.Contains("--quiet", StringComparer.Ordinal) || arguments.Contains("-q", StringComparer.Ordinal),
            isVerbose: arguments.Contains("--verbose", StringComparer.Ordinal) || arguments.Contains("-v", StringComparer.Ordinal)
        );
        try
        {
            // No response files: a target that begins with @ is a target.
            var parsed = Root(terminal).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is not HelpPage && Mistakes(parsed) is { Count: > 0 } mistakes)
            {
                throw new ExitException(ExitCode.Usage, [.. mistakes, $"for its options: {NameOf(parsed.CommandResult.Command)} --help"]);
            }

            // Ctrl-C is the scan's own affair; the library would end the process after two seconds.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (ExitException e)
        {
            foreach (var line in e.Lines)
            {
                terminal.Complain(line);
            }

            Trace(terminal, e.InnerException);
            return e.Code;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
#pragma warning disable CA1031 // The last resort: a person gets one line, never a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            terminal.Complain($"internal error: {e.GetType().Name}: {OneLine(e.Message)}; please report it with what -v adds");
            Trace(terminal, e);
            return ExitCode.Incomplete;
        }
        finally
        {
            await terminal.Output.FlushAsync();
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Scans Atlassian Marketplace apps for the security requirements they must meet.")
        {
            Verbose,
            Quiet,
            NoColor,
            ScanCommand.Create(terminal),
            RulesCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            InitCommand.Create(terminal),
            IgnoreCommand.Create(terminal),
            BaselineCommand.Create(terminal),
            DependenciesCommand.Create(terminal),
            SbomCommand.Create(terminal, TimeProvider.System),
            ReportCommand.Create(terminal),
            SchemaCommand.Create(terminal),
            AdvisoriesCommand.Create(terminal),
            FingerprintsCommand.Create(terminal),
            DevCommand.Create(terminal),
            ConnectCommand.Create(terminal),
            TrafficCommand.Create(DeskKey.Folder(), TimeProvider.System, terminal.Output, terminal.Error),
            ServeCommand.Create(terminal),
            LoginCommand.Create(terminal, TimeProvider.System),
            LoginCommand.CreateWhoami(terminal, TimeProvider.System),
            UploadCommand.Create(terminal, TimeProvider.System),
            VerifyCommand.Create(terminal, TimeProvider.System),
            TicketsCommand.Create(terminal, TimeProvider.System),
            AuditCommand.Create(terminal),
            SamplesCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            CompletionCommand.Create(terminal),
            RunWorkerCommand.Create(terminal),
        };
        root.Directives.Clear();
        var help = new HelpPage(terminal);
        root.SetAction(arguments =>
        {
            help.Invoke(arguments);
            return ExitCode.Usage;
        });
        foreach (var option in root.Options)
        {
            if (option is HelpOption asked)
            {
                asked.Description = "show this help";
                asked.Aliases.Clear();
                asked.Aliases.Add("-h");
                asked.Action = help;
            }
            else if (option is VersionOption version)
            {
                version.Description = "show the version";
                version.Action = new VersionLine(terminal);
            }
        }

        return root;
    }

    /// <summary>A command with those it stands under: <c>ecoscanner baseline diff</c>.</summary>
    public static string NameOf(Command command)
    {
        if (command is RootCommand)
        {
            return "ecoscanner";
        }

        return command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}" : command.Name;
    }

    private static List<string> Mistakes(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var mistakes = new List<string>();

        // The library takes an unknown option for an argument where a command has arguments.
        var taken = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        var words = parsed.UnmatchedTokens.Concat(taken).Where(word => word is ['-', _, ..]).Distinct(StringComparer.Ordinal).ToList();
        var known = Ancestry(command)
            .SelectMany(level => level.Options)
            .Where(option => !option.Hidden)
            .SelectMany(option => option.Aliases.Append(option.Name));
        mistakes.AddRange(
            words.Select(word => $"{NameOf(command)} has no option {word}{Suggestion.For(word.Split('=')[0], known, "its options stand in its help")}")
        );
        if (mistakes.Count > 0)
        {
            return mistakes;
        }

        if (parsed.UnmatchedTokens is [var first, ..] && command.Subcommands.Count > 0)
        {
            var names = command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name);
            return [$"{NameOf(command)} has no command \"{first}\"{Suggestion.For(first, names, $"known are {string.Join(", ", names)}")}"];
        }

        return [.. parsed.Errors.Select(error => OneLine(error.Message)).Distinct(StringComparer.Ordinal)];
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');

    private static IEnumerable<Command> Ancestry(Command command)
    {
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            yield return at;
        }
    }

    private static void Trace(Terminal terminal, Exception? e)
    {
        if (terminal.IsVerbose && e is not null)
        {
            terminal.Error.WriteLine(e);
        }
    }
}
