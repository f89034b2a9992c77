using System.Text;

namespace Ecoscanner.Cli.Completion;

/// <summary>Completion for zsh.</summary>
internal static class ZshScript
{
    public static string Of(IReadOnlyList<CompletionNode> nodes)
    {
        var script = new StringBuilder();
        script.Append(
            """
            #compdef ecoscanner
            # ecoscanner completion for zsh: source <(ecoscanner completion zsh), after compinit
            _ecoscanner() {
              local at="" previous=${words[CURRENT-1]}
              local -i i
              local -a commands options
              for ((i = 2; i < CURRENT; i++)); do
                case "$at ${words[i]}" in

            """
        );
        foreach (var node in nodes.Where(node => node.Path.Length > 0))
        {
            script.AppendLine($"      '{node.Path}') at='{node.Path}' ;;");
        }

        script.Append(
            """
                esac
              done
              if compset -P 1 '--*='; then previous=${IPREFIX%=}; fi
              case "$at $previous" in

            """
        );
        foreach (var (node, option) in nodes.SelectMany(node => node.Options.Where(option => option.TakesValue).Select(option => (node, option))))
        {
            var places = string.Join('|', option.Names.Select(name => $"'{node.Path} {name}'"));
            script.AppendLine($"    {places}) {(option.TakesFile ? "_files" : $"compadd -- {string.Join(' ', option.Words)}")}; return ;;");
        }

        script.Append(
            """
              esac
              case "$at" in

            """
        );
        foreach (var node in nodes)
        {
            var commands = node.Commands.Select(command => Described(command.Name, command.Description)).Concat(node.Words.Select(Quoted));
            var options = node.Options.SelectMany(option => option.Names.Select(name => Described(name, option.Description)));
            script.AppendLine(
                $"    '{node.Path}') commands=({string.Join(' ', commands)}); options=({string.Join(' ', options)}){(node.TakesFile ? "; [[ $PREFIX == -* ]] || _files" : "")} ;;"
            );
        }

        script.Append(
            """
              esac
              if [[ $PREFIX == -* ]]; then _describe option options; elif ((${#commands})); then _describe command commands; fi
            }
            if [ "$funcstack[1]" = "_ecoscanner" ]; then _ecoscanner "$@"; else compdef _ecoscanner ecoscanner; fi

            """
        );
        return script.ToString();
    }

    // A colon parts the word from its description.
    private static string Described(string word, string description) => Quoted($"{word}:{description.Replace(":", "\\:", StringComparison.Ordinal)}");

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
