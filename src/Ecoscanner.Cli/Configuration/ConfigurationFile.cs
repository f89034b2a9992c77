using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Configuration;

/// <summary>What <c>ecoscanner.yaml</c> says.</summary>
internal sealed class ConfigurationFile
{
    public const string FileName = "ecoscanner.yaml";

    private const string TargetsKey = "targets";
    private const string IgnoresKey = "ignores";

    private readonly Dictionary<Setting, (IReadOnlyList<string> Values, int Line)> settings = [];

    private ConfigurationFile(string path) => Path = path;

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>What is scanned where the command line names nothing.</summary>
    public IReadOnlyList<string> Targets { get; private set; } = [];

    /// <summary>The line of the targets; 0 where there are none.</summary>
    public int TargetsLine { get; private set; }

    public IReadOnlyList<Ignore> Ignores { get; private set; } = [];

    /// <summary>The line of the key <c>ignores</c>; 0 where there is none.</summary>
    public int IgnoresLine { get; private set; }

    /// <summary>The list of ignores as it stands in the file; null where there is none.</summary>
    public YamlList? IgnoreList { get; private set; }

    /// <summary>A setting's values and line, or null where the file does not say.</summary>
    public (IReadOnlyList<string> Values, int Line)? Of(Setting setting) => settings.TryGetValue(setting, out var found) ? found : null;

    /// <summary>The file's path: in this folder, or in one above up to the root of the repository; null where there is none.</summary>
    public static string? Find(string folder)
    {
        // Without a repository only the folder itself counts: what lies in /tmp or a home folder above is not this project's.
        var root = RepositoryRoot(folder) ?? folder;
        for (var at = folder; at is not null; at = System.IO.Path.GetDirectoryName(at))
        {
            var path = System.IO.Path.Combine(at, FileName);
            if (File.Exists(path))
            {
                return path;
            }

            if (at == root)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>The folder above, or this one, that holds <c>.git</c>; null where none does.</summary>
    public static string? RepositoryRoot(string folder)
    {
        for (var at = folder; at is not null; at = System.IO.Path.GetDirectoryName(at))
        {
            // A file in work trees and submodules.
            if (System.IO.Path.Exists(System.IO.Path.Combine(at, ".git")))
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>Reads and checks it.</summary>
    /// <exception cref="ExitException">It cannot be read or is wrong; a line for each mistake.</exception>
    public static ConfigurationFile Read(string path) => Parse(TextFiles.Read(path, YamlTree.MaximumCharacters), path);

    /// <summary>Checks the text of a file.</summary>
    /// <exception cref="ExitException">It is wrong; a line for each mistake.</exception>
    public static ConfigurationFile Parse(string text, string path)
    {
        var file = new ConfigurationFile(path);
        var problems = new List<(int Line, string Reason)>();
        try
        {
            switch (YamlTree.Read(text))
            {
                case null or YamlText { Text: "" }:
                    break;
                case YamlMap map:
                    file.Take(map, problems);
                    break;
                case var other:
                    problems.Add((other.Line, "must be a mapping of keys to values, such as fail-on: high"));
                    break;
            }
        }
        catch (YamlProblem e)
        {
            problems.Add((e.Line, e.Message));
        }

        return problems.Count == 0
            ? file
            : throw new ExitException(
                ExitCode.Usage,
                [.. problems.OrderBy(problem => problem.Line).Select(problem => $"{path}:{problem.Line}: {problem.Reason}")]
            );
    }

    private void Take(YamlMap map, List<(int Line, string Reason)> problems)
    {
        foreach (var (key, value, line) in map.Entries)
        {
            if (key == IgnoresKey)
            {
                IgnoresLine = line;
                TakeIgnores(value, problems);
            }
            else if (key == TargetsKey)
            {
                Targets = Texts(key, value, problems);
                TargetsLine = line;
            }
            else if (Settings.All.FirstOrDefault(setting => setting.Key == key) is { } setting)
            {
                TakeSetting(setting, value, line, problems);
            }
            else
            {
                var known = Settings.All.Where(setting => setting.InFile).Select(setting => setting.Key).Append(TargetsKey).Append(IgnoresKey);
                problems.Add((line, $"\"{key}\" is no key of {FileName}{Suggestion.For(key, known, "known are the keys of: ecoscanner schema config")}"));
            }
        }
    }

    private void TakeSetting(Setting setting, YamlNode value, int line, List<(int Line, string Reason)> problems)
    {
        if (!setting.InFile)
        {
            problems.Add((line, $"{setting.Key} cannot stand in a file; say {setting.Flag} with each scan, or set {setting.Variable}"));
            return;
        }

        var texts = Texts(setting.Key, value, problems);
        if (setting.Kind != SettingKind.Many && texts.Count > 1)
        {
            problems.Add((line, $"{setting.Key} takes one value, not a list"));
        }
        else if (texts.Count > 0)
        {
            settings[setting] = (texts, line);
        }
    }

    private void TakeIgnores(YamlNode value, List<(int Line, string Reason)> problems)
    {
        switch (value)
        {
            case YamlList list:
                IgnoreList = list;
                Ignores = [.. list.Items.Select(item => Ignore.Read(item, problems)).OfType<Ignore>()];
                break;
            case YamlText { Text: "" }:
                break;
            default:
                problems.Add((value.Line, "ignores must be a list; each entry begins with a dash"));
                break;
        }
    }

    private static IReadOnlyList<string> Texts(string key, YamlNode value, List<(int Line, string Reason)> problems)
    {
        switch (value)
        {
            case YamlText { Text: "" }:
                return [];
            case YamlText text:
                return [text.Text];
            case YamlList list when list.Items.All(item => item is YamlText { Text.Length: > 0 }):
                return [.. list.Items.OfType<YamlText>().Select(item => item.Text)];
            default:
                problems.Add((value.Line, $"{key} must be text or a list of texts"));
                return [];
        }
    }
}
