using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Reads and remembers the tsconfig.json and jsconfig.json files of a tree. Not for several threads at once.</summary>
public sealed class TypeScriptConfigurations(IModuleFiles files)
{
    /// <summary>Files that one configuration may extend, over all levels.</summary>
    public const int MaximumExtended = 64;

    /// <summary>A larger file is refused; generated ones of large monorepos have some hundred KB.</summary>
    public const int MaximumBytes = 1024 * 1024;

    // Read of one tree: many files may extend the same large one.
    private const long MaximumTotalBytes = 512L * 1024 * 1024;

    // Sentences kept of one configuration.
    private const int MaximumProblems = 20;

    private const string ConfigurationDirectory = "${configDir}";

    private readonly Dictionary<string, TypeScriptConfiguration> read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeScriptConfiguration?> nearest = new(StringComparer.Ordinal);
    private long totalBytes;

    /// <summary>The configuration for a file: the nearest above it, or where that only refers to others, the one of those that covers it. Null where there is none.</summary>
    public TypeScriptConfiguration? For(string file)
    {
        var found = Nearest(OfProject(ModulePath.DirectoryOf(file)));
        if (found is not { IsSolution: true })
        {
            return found;
        }

        var referred = found.References.Take(MaximumExtended).Where(path => files.KindOf(path) == FileKind.File).Select(Read).ToList();
        return referred.Find(configuration => !configuration.IsSolution && configuration.Covers(file)) ?? found;
    }

    /// <summary>The configuration in a file.</summary>
    public TypeScriptConfiguration Read(string path)
    {
        if (read.TryGetValue(path, out var known))
        {
            return known;
        }

        var budget = MaximumExtended;
        var configuration = Read(path, ModulePath.DirectoryOf(path), [], ref budget);
        return read[path] = configuration with
        {
            Paths = [.. configuration.Paths.Select(mapping => Placed(mapping, configuration))],
            Problems = [.. configuration.Problems.Distinct(StringComparer.Ordinal).Take(MaximumProblems)],
        };
    }

    /// <summary>`baseUrl` holds before the directory of the file that has `paths`, whichever file says it.</summary>
    private static PathMapping Placed(PathMapping mapping, TypeScriptConfiguration configuration)
    {
        var directory = configuration.BaseUrl ?? mapping.BaseDirectory;
        return mapping with { BaseDirectory = directory, Places = [.. mapping.Places.Select(Relative)] };

        // Places stay relative to their base; only the template names another one.
        string Relative(string place) =>
            !place.StartsWith(ConfigurationDirectory, StringComparison.Ordinal)
                ? place
                : string.Concat(Enumerable.Repeat("../", directory.Length == 0 ? 0 : directory.Split('/').Length))
                    + ModulePath.Join(configuration.Directory, place[ConfigurationDirectory.Length..].TrimStart('/'));
    }

    /// <summary>The directory that has the packages: what is below node_modules is compiled, if at all, with the app's configuration.</summary>
    private static string OfProject(string directory)
    {
        var packages = $"/{directory}/".IndexOf("/node_modules/", StringComparison.Ordinal);
        return packages < 0 ? directory : directory[..Math.Max(packages - 1, 0)];
    }

    private TypeScriptConfiguration? Nearest(string directory)
    {
        if (nearest.TryGetValue(directory, out var known))
        {
            return known;
        }

        var path = ModulePath
            .Upwards(directory)
            .SelectMany(above => new[] { ModulePath.Join(above, "tsconfig.json"), ModulePath.Join(above, "jsconfig.json") })
            .FirstOrDefault(candidate => files.KindOf(candidate) == FileKind.File);
        return nearest[directory] = path is null ? null : Read(path);
    }

    private TypeScriptConfiguration Read(string path, string first, IReadOnlyList<string> above, ref int budget)
    {
        var own = new TypeScriptConfiguration { Path = path };
        if (above.Contains(path, StringComparer.Ordinal))
        {
            return own with { Problems = [$"{above[^1]} extends {path}, which extends it in turn; remove one of the two."] };
        }

        if (budget-- <= 0)
        {
            return own with
            {
                Problems = [$"{above[^1]} extends {path}, and more than {MaximumExtended} configurations are extended already; it was not read."],
            };
        }

        using var document = JsonFile.Read(files, path, out var problem, (int)Math.Clamp(MaximumTotalBytes - totalBytes, 0, MaximumBytes));
        if (document is null)
        {
            return own with { Problems = [problem!] };
        }

        totalBytes += JsonMarshal.GetRawUtf8Value(document.RootElement).Length;
        own = Own(document.RootElement, path, first);
        // The last one extended holds before those in front of it.
        foreach (var name in Extended(document.RootElement).Reverse())
        {
            own = ConfigurationLookup.Find(files, own.Directory, name) is { } found
                ? own.Over(Read(found, first, [.. above, path], ref budget))
                : own with
                {
                    Problems = [.. own.Problems, $"{path} extends {Quoted.Of(name)}, which is not in the tree; what it says about modules is not known."],
                };
        }

        return own;
    }

    private static IReadOnlyList<string> Extended(JsonElement root) =>
        root.Text("extends") is { } one ? [one] : [.. (root.Texts("extends") ?? []).Take(MaximumExtended)];

    private static TypeScriptConfiguration Own(JsonElement root, string path, string first)
    {
        var directory = ModulePath.DirectoryOf(path);
        var options = root.Member("compilerOptions") ?? default;
        return new TypeScriptConfiguration
        {
            Path = path,
            BaseUrl = Place(options.Text("baseUrl")),
            Paths = PathMapping.Read(options.Member("paths"), directory),
            RootDirs = [.. (options.Texts("rootDirs") ?? []).Select(Place).OfType<string>()],
            ModuleSuffixes = options.Texts("moduleSuffixes") ?? [],
            CustomConditions = options.Texts("customConditions") ?? [],
            ModuleResolution = Style(options),
            AllowJs = options.Flag("allowJs"),
            Jsx = options.Text("jsx"),
            OutDir = Place(options.Text("outDir")),
            RootDir = Place(options.Text("rootDir")),
            Files = root.Texts("files")?.Select(Place).OfType<string>().ToList(),
            Include = root.Texts("include")?.Select(Fixed).Select(Place).OfType<string>().ToList(),
            References = [.. References(root).Select(Place).OfType<string>().Select(File)],
        };

        string? Place(string? name) =>
            name is null ? null
            : name.StartsWith(ConfigurationDirectory, StringComparison.Ordinal) ? ModulePath.Combine(first, "." + name[ConfigurationDirectory.Length..])
            : ModulePath.Combine(directory, name);

        static string File(string place) => place.EndsWith(".json", StringComparison.Ordinal) ? place : ModulePath.Join(place, "tsconfig.json");
    }

    private static IEnumerable<string> References(JsonElement root) =>
        root.Member("references") is { ValueKind: JsonValueKind.Array } references
            ? references.EnumerateArray().Select(reference => reference.Text("path")).OfType<string>()
            : [];

    /// <summary>A pattern up to the segment with its first star.</summary>
    private static string Fixed(string pattern)
    {
        var star = pattern.AsSpan().IndexOfAny('*', '?');
        return star < 0 ? pattern : "./" + pattern[..(pattern.LastIndexOf('/', star) + 1)];
    }

    private static ModuleStyle? Style(JsonElement options)
    {
        var named = options.Text("moduleResolution") ?? options.Text("module");
        return named?.ToUpperInvariant() switch
        {
            null => null,
            "NODE16" or "NODE18" or "NODE20" or "NODENEXT" => ModuleStyle.Node16,
            _ => ModuleStyle.Bundler,
        };
    }
}
