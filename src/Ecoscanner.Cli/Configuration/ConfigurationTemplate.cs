using System.Text;
using Ecoscanner.Cli.Terminals;

namespace Ecoscanner.Cli.Configuration;

/// <summary>The ecoscanner.yaml that a person starts with: every key commented out, with what it does and its default.</summary>
internal static class ConfigurationTemplate
{
    private const int LineWidth = 100;

    public static string Text()
    {
        var text = new StringBuilder();
        text.Append(
            """
            # Settings of ecoscanner for this repository. A flag wins over an environment variable, that over this file.
            # What is in force and who said so: ecoscanner scan --print-config
            # Editors complete and check the keys with: ecoscanner schema config > ecoscanner.schema.json

            # What `ecoscanner scan` scans when it names nothing.
            # targets:
            #   - https://app.example.com/atlassian-connect.json

            """
        );
        foreach (var setting in Settings.All.Where(setting => setting.InFile))
        {
            text.AppendLine();
            foreach (var line in Wrapping.Wrap(Comment(setting), LineWidth - 2))
            {
                text.Append("# ").AppendLine(line);
            }

            text.Append("# ").Append(setting.Key).Append(": ").AppendLine(Example(setting));
        }

        text.Append(
            """

            # Findings that need not be acted on: each with rule or fingerprint (or both, and a path if need be), a reason,
            # and the first day on which it no longer holds. An expired one counts again.
            # ignores:
            #   - rule: hsts-missing
            #     path: /legacy
            #     reason: the old host goes away with the release of January
            #     expires: 2027-01-31
            #     by: security@example.com

            """
        );
        return text.ToString();
    }

    private static string Comment(Setting setting)
    {
        var help = char.ToUpperInvariant(setting.Help[0]) + setting.Help[1..];
        return setting.Choices.Count > 0 ? $"{help}: {string.Join(", ", setting.Choices)}." : $"{help}.";
    }

    private static string Example(Setting setting)
    {
        var value = setting switch
        {
            { Kind: SettingKind.Switch } => "false",
            { Default.Length: > 0 } => setting.Default,
            _ => $"\"{setting.Value}\"",
        };
        return setting.Kind == SettingKind.Many ? $"[{value}]" : value;
    }
}
