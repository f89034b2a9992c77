using System.Text;

namespace Ecoscanner.Cli.Completion;

/// <summary>Completion for fish.</summary>
internal static class FishScript
{
    public static string Of(IReadOnlyList<CompletionNode> nodes)
    {
        var script = new StringBuilder();
        script.AppendLine("# ecoscanner completion for fish: ecoscanner completion fish | source");
        script.AppendLine("complete -c ecoscanner -f");
        foreach (var node in nodes)
        {
            var here = Condition(node);
            foreach (var (name, description) in node.Commands)
            {
                script.AppendLine($"complete -c ecoscanner -n {here} -a {name} -d {Quoted(description)}");
            }

            if (node.Words.Count > 0)
            {
                script.AppendLine($"complete -c ecoscanner -n {here} -a {Quoted(string.Join(' ', node.Words))}");
            }

            if (node.TakesFile)
            {
                script.AppendLine($"complete -c ecoscanner -n {here} -F");
            }

            foreach (var option in node.Options)
            {
                var names = string.Join(
                    ' ',
                    option.Names.Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}")
                );
                var value = option switch
                {
                    { TakesValue: false } => "",
                    { TakesFile: true } => " -r -F",
                    _ => $" -x -a {Quoted(string.Join(' ', option.Words))}",
                };
                script.AppendLine($"complete -c ecoscanner -n {here} {names}{value} -d {Quoted(option.Description)}");
            }
        }

        return script.ToString();
    }

    // Under this command, and under none of its own.
    private static string Condition(CompletionNode node)
    {
        var seen = node.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"__fish_seen_subcommand_from {word}");
        var below = string.Join(' ', node.Commands.Select(command => command.Name));
        var conditions = below.Length > 0 ? seen.Append($"not __fish_seen_subcommand_from {below}") : seen;
        return Quoted(string.Join("; and ", conditions));
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
