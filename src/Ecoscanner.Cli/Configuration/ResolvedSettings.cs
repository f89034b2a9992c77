using System.CommandLine;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Configuration;

/// <summary>A setting's values in force, and who said so.</summary>
/// <param name="Origin">A flag, a variable, a file and line, or "default".</param>
internal sealed record SettingValue(IReadOnlyList<string> Values, string Origin)
{
    public const string DefaultOrigin = "default";
}

/// <summary>Every setting after flags, environment, file and defaults were weighed: flag before variable before file before default.</summary>
internal sealed class ResolvedSettings
{
    private readonly Dictionary<Setting, SettingValue> values = [];

    private ResolvedSettings(ConfigurationFile? file) => File = file;

    /// <summary>The file that was read; null where there is none.</summary>
    public ConfigurationFile? File { get; }

    public SettingValue this[Setting setting] => values[setting];

    /// <summary>Weighs the sources and checks what they say.</summary>
    /// <exception cref="ExitException">Values are wrong; a line for each.</exception>
    public static ResolvedSettings Of(ParseResult arguments, ConfigurationFile? file)
    {
        var resolved = new ResolvedSettings(file);
        var problems = new List<string>();
        foreach (var setting in Settings.All)
        {
            var value = FromFlag(setting, arguments) ?? FromVariable(setting) ?? FromFile(setting, file) ?? FromDefault(setting);
            problems.AddRange(Problems(setting, value));
            resolved.values.Add(setting, value);
        }

        return problems.Count == 0 ? resolved : throw new ExitException(ExitCode.Usage, problems);
    }

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(Setting setting) => Switch(this[setting].Values[0]) is true;

    /// <summary>The one value, or null where there is none.</summary>
    public string? One(Setting setting) => this[setting].Values is [var value] ? value : null;

    public IReadOnlyList<string> Many(Setting setting) => this[setting].Values;

    private static SettingValue? FromFlag(Setting setting, ParseResult arguments)
    {
        if (arguments.GetResult(setting.Option) is not { Implicit: false } given)
        {
            return null;
        }

        return setting.Option is Option<bool> flag
            ? new SettingValue([arguments.GetValue(flag) ? "true" : "false"], setting.Flag)
            : new SettingValue([.. given.Tokens.Select(token => token.Value)], setting.Flag);
    }

    private static SettingValue? FromVariable(Setting setting)
    {
        if (Environment.GetEnvironmentVariable(setting.Variable) is not { Length: > 0 } text)
        {
            return null;
        }

        string[] texts = setting.Kind == SettingKind.Many ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text];
        return new SettingValue(texts, setting.Variable);
    }

    private static SettingValue? FromFile(Setting setting, ConfigurationFile? file) =>
        file?.Of(setting) is var (texts, line) ? new SettingValue(texts, $"{file.Path}:{line}") : null;

    private static SettingValue FromDefault(Setting setting) =>
        setting switch
        {
            { Kind: SettingKind.Switch } => new SettingValue(["false"], SettingValue.DefaultOrigin),
            { Default: "" } => new SettingValue([], SettingValue.DefaultOrigin),
            _ => new SettingValue([setting.Default], SettingValue.DefaultOrigin),
        };

    private static IEnumerable<string> Problems(Setting setting, SettingValue value)
    {
        if (setting.Kind != SettingKind.Many && value.Values.Count > 1)
        {
            yield return $"{setting.Key} ({value.Origin}) is given {value.Values.Count} times; give it once";
        }

        foreach (var text in value.Values)
        {
            if (Problem(setting, text) is { } problem)
            {
                yield return $"{setting.Key} \"{text}\" ({value.Origin}) {problem}";
            }
        }
    }

    private static string? Problem(Setting setting, string text) =>
        setting switch
        {
            { Kind: SettingKind.Switch } => Switch(text) is null ? "must be true or false" : null,
            { Choices.Count: > 0 } => setting.Choices.Contains(text, StringComparer.Ordinal) ? null : $"must be one of {string.Join(", ", setting.Choices)}",
            _ => setting.Problem(text),
        };

    private static bool? Switch(string text) =>
        text.ToLowerInvariant() switch
        {
            "true" or "1" or "yes" or "on" => true,
            "false" or "0" or "no" or "off" => false,
            _ => null,
        };
}
