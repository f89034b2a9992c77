using System.Collections.Frozen;

namespace Ecoscanner.Apps.Forge;

/// <summary>The kinds of modules that Forge has, from the table beside this file.</summary>
public static class ForgeModuleTable
{
    private const string Resource = "forge-modules.tsv";

    private static readonly Lazy<(string Version, FrozenDictionary<string, ForgeModuleType> Types)> Table = new(Read);

    /// <summary>Which schema it was made from, and when.</summary>
    public static string Version => Table.Value.Version;

    public static IReadOnlyCollection<ForgeModuleType> All => Table.Value.Types.Values;

    /// <summary>A kind of module by its name in the manifest; null where the table does not know it.</summary>
    public static ForgeModuleType? Find(string name) => Table.Value.Types.GetValueOrDefault(name);

    private static (string Version, FrozenDictionary<string, ForgeModuleType> Types) Read()
    {
        using var reader = new StreamReader(typeof(ForgeModuleTable).Assembly.GetManifestResourceStream(Resource)!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var types = lines.Skip(2).Select(line => Type(line.Split('\t'))).ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        return (lines[0].TrimStart('#', ' ').Split(';')[0], types);
    }

    private static ForgeModuleType Type(string[] row)
    {
        var (callers, user) = (ForgeCallerWords.Parse(row[1]), Enum.Parse<ForgeUserContext>(row[2], ignoreCase: true));
        return new ForgeModuleType(
            row[0],
            callers,
            user,
            row[3] == "page",
            row[4]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(path => Path(path, callers, user))
                .ToFrozenDictionary(path => path.Path, StringComparer.Ordinal),
            row[5] == "yes",
            row[6].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal)
        );
    }

    // "value.function", or with callers of its own "value.function=licensed,platform/sometimes".
    private static ForgeCodePath Path(string text, ForgeCallers callers, ForgeUserContext user) =>
        text.Split('=', '/') is [var path, var own, var context]
            ? new ForgeCodePath(path, ForgeCallerWords.Parse(own), Enum.Parse<ForgeUserContext>(context, ignoreCase: true))
            : new ForgeCodePath(text, callers, user);
}
