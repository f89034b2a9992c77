using System.Text;

namespace Ecoscanner.Cli.Completion;

/// <summary>Completion for bash, from 3.2 (macOS) on.</summary>
internal static class BashScript
{
    public static string Of(IReadOnlyList<CompletionNode> nodes)
    {
        var script = new StringBuilder();
        script.Append(
            """
            # ecoscanner completion for bash: source <(ecoscanner completion bash)
            _ecoscanner() {
              local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} at= words= i
              # bash splits --option=value into three words.
              if [ "$current" = "=" ]; then current=; elif [ "$previous" = "=" ]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
              for ((i = 1; i < COMP_CWORD; i++)); do
                case "$at ${COMP_WORDS[i]}" in

            """
        );
        foreach (var node in nodes.Where(node => node.Path.Length > 0))
        {
            script.AppendLine($"      \"{node.Path}\") at=\"{node.Path}\" ;;");
        }

        script.Append(
            """
                esac
              done
              COMPREPLY=()
              case "$at $previous" in

            """
        );
        foreach (var (node, option) in nodes.SelectMany(node => node.Options.Where(option => option.TakesValue).Select(option => (node, option))))
        {
            var places = string.Join('|', option.Names.Select(name => $"\"{node.Path} {name}\""));
            var words = option.TakesFile ? "_ecoscanner_files \"$current\"" : $"COMPREPLY=($(compgen -W \"{string.Join(' ', option.Words)}\" -- \"$current\"))";
            script.AppendLine($"    {places}) {words}; return ;;");
        }

        script.Append(
            """
              esac
              case "$at" in

            """
        );
        foreach (var node in nodes)
        {
            var options = string.Join(' ', node.Options.SelectMany(option => option.Names));
            var words = string.Join(' ', node.Commands.Select(command => command.Name).Concat(node.Words));
            var files = node.TakesFile ? " [ \"${current#-}\" = \"$current\" ] && _ecoscanner_files \"$current\";" : "";
            script.AppendLine($"    \"{node.Path}\") words=\"{words}\";{files} [ \"${{current#-}}\" = \"$current\" ] || words=\"{options}\" ;;");
        }

        script.Append(
            """
              esac
              COMPREPLY+=($(compgen -W "$words" -- "$current"))
            }
            _ecoscanner_files() {
              compopt -o filenames 2>/dev/null
              local IFS=$'\n'
              COMPREPLY=($(compgen -f -- "$1"))
            }
            complete -F _ecoscanner ecoscanner

            """
        );
        return script.ToString();
    }
}
