using System.CommandLine;

namespace Ecoscanner.Cli.Configuration;

/// <summary>How many values a setting takes.</summary>
internal enum SettingKind
{
    /// <summary>On or off.</summary>
    Switch,

    One,

    Many,
}

/// <summary>One thing a person can set about a scan: by flag, by environment variable, in ecoscanner.yaml.</summary>
/// <param name="Key">Kebab-case words: the key in the file, and the flag after two dashes.</param>
/// <param name="Group">The heading it stands under in help.</param>
/// <param name="Help">What it does: a clause without full stop.</param>
internal sealed record Setting(string Key, SettingKind Kind, string Group, string Help)
{
    /// <summary>What stands for the value in help, such as FILE; empty for a switch.</summary>
    public string Value { get; init; } = "";

    /// <summary>The letter that stands for the flag; null where there is none.</summary>
    public string? Letter { get; init; }

    /// <summary>In force where nothing else is said; empty for none.</summary>
    public string Default { get; init; } = "";

    /// <summary>The only values allowed; empty allows what <see cref="Problem"/> does.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What is wrong with a value, as "must be …", or null where nothing is.</summary>
    public Func<string, string?> Problem { get; init; } = static _ => null;

    /// <summary>Words that shells complete for the value, where <see cref="Choices"/> is not the whole of it.</summary>
    public Func<IEnumerable<string>> Words { get; init; } = static () => [];

    /// <summary>False where each scan must say it anew: a folder's file does not open a network or change a customer's data.</summary>
    public bool InFile { get; init; } = true;

    public string Flag => $"--{Key}";

    public string Variable => $"ECOSCANNER_{Key.Replace('-', '_').ToUpperInvariant()}";

    /// <summary>The option of a command line that sets it; one for the process.</summary>
    public Option Option => field ??= Kind == SettingKind.Switch ? new Option<bool>(Flag, Aliases) { Description = Help } : TextOption();

    private string[] Aliases => Letter is null ? [] : [$"-{Letter}"];

    private Option<string[]> TextOption()
    {
        var option = new Option<string[]>(Flag, Aliases)
        {
            Description = Help,
            HelpName = Value,
            Arity = ArgumentArity.OneOrMore,
        };
        option.CompletionSources.Add(_ => Choices.Count > 0 ? Choices : Words());
        return option;
    }
}
