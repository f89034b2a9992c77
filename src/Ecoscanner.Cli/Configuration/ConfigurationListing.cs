using System.Text;

namespace Ecoscanner.Cli.Configuration;

/// <summary>What <c>--print-config</c> prints: each setting in force, as YAML, with who said so as a comment.</summary>
internal static class ConfigurationListing
{
    public static string Of(ResolvedSettings settings)
    {
        var rows = Settings.All.Select(setting => ($"{setting.Key}: {Value(setting, settings[setting])}", settings[setting].Origin)).ToList();
        if (settings.File is { } file)
        {
            if (file.Targets.Count > 0)
            {
                rows.Insert(0, ($"targets: [{string.Join(", ", file.Targets)}]", $"{file.Path}:{file.TargetsLine}"));
            }

            rows.AddRange(
                file.Ignores.Select(ignore => ($"ignore: {ignore.Subject} until {ignore.Exemption.Expires:yyyy-MM-dd}", $"{file.Path}:{ignore.Line}"))
            );
        }

        var column = rows.Max(row => row.Item1.Length) + 2;
        var text = new StringBuilder();
        foreach (var (value, origin) in rows)
        {
            text.Append(value.PadRight(column)).Append("# ").AppendLine(origin);
        }

        return text.ToString();
    }

    private static string Value(Setting setting, SettingValue value) =>
        setting.Kind == SettingKind.Many ? $"[{string.Join(", ", value.Values)}]" : string.Join(", ", value.Values);
}
