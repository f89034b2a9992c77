using System.CommandLine;
using System.CommandLine.Completions;

namespace Ecoscanner.Cli.Completion;

/// <summary>One command as a shell sees it: the words that may follow it.</summary>
/// <param name="Path">The commands that lead to it, each preceded by a space: empty for the program itself, <c> baseline diff</c>.</param>
/// <param name="Commands">Its own commands with their descriptions.</param>
/// <param name="Options">Its options.</param>
/// <param name="Words">What may stand for its argument.</param>
/// <param name="TakesFile">True where its argument may be a file.</param>
internal sealed record CompletionNode(
    string Path,
    IReadOnlyList<(string Name, string Description)> Commands,
    IReadOnlyList<CompletionOption> Options,
    IReadOnlyList<string> Words,
    bool TakesFile
)
{
    /// <summary>The command and all below it, the program itself first.</summary>
    public static IReadOnlyList<CompletionNode> Of(RootCommand root) => [.. Below(root, "", [])];

    private static IEnumerable<CompletionNode> Below(Command command, string path, IReadOnlyList<CompletionOption> inherited)
    {
        var options = command.Options.Where(option => !option.Hidden).Select(CompletionOption.Of).Concat(inherited).ToList();
        var commands = command.Subcommands.Where(child => !child.Hidden).ToList();
        yield return new CompletionNode(
            path,
            [.. commands.Select(child => (child.Name, child.Description ?? ""))],
            options,
            [.. command.Arguments.SelectMany(WordsOf)],
            command.Arguments.Any(argument => CompletionOption.IsFile(argument.HelpName ?? argument.Name))
        );
        IReadOnlyList<CompletionOption> passedOn =
        [
            .. command.Options.Where(option => option.Recursive && !option.Hidden).Select(CompletionOption.Of),
            .. inherited,
        ];
        foreach (var node in commands.SelectMany(child => Below(child, $"{path} {child.Name}", passedOn)))
        {
            yield return node;
        }
    }

    private static IEnumerable<string> WordsOf(Argument argument) => argument.GetCompletions(CompletionContext.Empty).Select(item => item.Label);
}

/// <summary>An option as a shell sees it.</summary>
/// <param name="Names">As typed, with dashes; the long one first.</param>
/// <param name="Words">What may stand for its value.</param>
internal sealed record CompletionOption(IReadOnlyList<string> Names, string Description, bool TakesValue, bool TakesFile, IReadOnlyList<string> Words)
{
    public static CompletionOption Of(Option option)
    {
        var takesValue = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
        return new CompletionOption(
            [option.Name, .. option.Aliases.Where(alias => alias is ['-', _] or ['-', '-', ..] && alias != option.Name)],
            option.Description ?? "",
            takesValue,
            takesValue && IsFile(option.HelpName ?? ""),
            takesValue ? [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)] : []
        );
    }

    /// <summary>Whether a value of that name in help is a file or folder.</summary>
    public static bool IsFile(string valueName) => valueName is "FILE" or "FILE|-" or "DIR" or "ROOT.pem" or "TARGET" or "PLACE";
}
