using System.Text;

namespace Ecoscanner.Cli.Completion;

/// <summary>Completion for PowerShell 7.</summary>
internal static class PowerShellScript
{
    public static string Of(IReadOnlyList<CompletionNode> nodes)
    {
        var script = new StringBuilder();
        script.Append(
            """
            # ecoscanner completion for PowerShell: ecoscanner completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName ecoscanner -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $values = @{

            """
        );
        foreach (
            var (node, option) in nodes.SelectMany(node =>
                node.Options.Where(option => option.TakesValue && !option.TakesFile).Select(option => (node, option))
            )
        )
        {
            foreach (var name in option.Names)
            {
                script.AppendLine($"        {Quoted($"{node.Path} {name}")} = @({List(option.Words)})");
            }
        }

        script.Append(
            """
                }
                $files = @(
            """
        );
        var files = nodes.SelectMany(node =>
            node.Options.Where(option => option.TakesFile).SelectMany(option => option.Names.Select(name => $"{node.Path} {name}"))
        );
        script.AppendLine($"{List(files)})");
        script.AppendLine("    $words = @{");
        foreach (var node in nodes)
        {
            script.AppendLine($"        {Quoted(node.Path)} = @({List(node.Commands.Select(command => command.Name).Concat(node.Words))})");
        }

        script.AppendLine("    }");
        script.AppendLine("    $options = @{");
        foreach (var node in nodes)
        {
            script.AppendLine($"        {Quoted(node.Path)} = @({List(node.Options.SelectMany(option => option.Names))})");
        }

        script.Append(
            """
                }
                $at = ''
                $previous = ''
                foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
                    if ($element.Extent.EndOffset -ge $cursorPosition -and $wordToComplete) { break }
                    $previous = $element.ToString()
                    if ($words.ContainsKey("$at $previous")) { $at = "$at $previous" }
                }
                if ($files -ccontains "$at $previous") { return }
                if ($values.ContainsKey("$at $previous")) { $found = $values["$at $previous"] }
                elseif ($wordToComplete.StartsWith('-')) { $found = $options[$at] }
                else { $found = $words[$at] }
                $found | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }

            """
        );
        return script.ToString();
    }

    private static string List(IEnumerable<string> words) => string.Join(", ", words.Select(Quoted));

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
