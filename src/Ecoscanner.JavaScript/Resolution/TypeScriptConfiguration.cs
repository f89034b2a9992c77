namespace Ecoscanner.JavaScript.Resolution;

/// <summary>What a tsconfig.json or jsconfig.json, with what it extends, says about modules. Null means that it says nothing.</summary>
public sealed record TypeScriptConfiguration
{
    /// <summary>Its file.</summary>
    public required string Path { get; init; }

    /// <summary>Where names that are not relative may start.</summary>
    public string? BaseUrl { get; init; }

    public IReadOnlyList<PathMapping> Paths { get; init; } = [];

    /// <summary>Directories that are one when the program runs.</summary>
    public IReadOnlyList<string> RootDirs { get; init; } = [];

    /// <summary>Texts before the extension, the empty one for none, in the order in which they are tried.</summary>
    public IReadOnlyList<string> ModuleSuffixes { get; init; } = [];

    public IReadOnlyList<string> CustomConditions { get; init; } = [];

    public ModuleStyle? ModuleResolution { get; init; }

    public bool? AllowJs { get; init; }

    /// <summary>How JSX is written out: <c>react-jsx</c>, <c>preserve</c>.</summary>
    public string? Jsx { get; init; }

    /// <summary>Where built files are written.</summary>
    public string? OutDir { get; init; }

    /// <summary>The directory that <see cref="OutDir"/> mirrors.</summary>
    public string? RootDir { get; init; }

    /// <summary>Files that belong to it, by name; null where it names none.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>Directories in which files belong to it: patterns up to their first star. Null where it names none.</summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>Configurations of the same project, each a file.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Sentences about what could not be read.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Its directory.</summary>
    public string Directory => ModulePath.DirectoryOf(Path);

    /// <summary>Whether it has no files of its own, only references: the file that editors look for.</summary>
    internal bool IsSolution => References.Count > 0 && Files is { Count: 0 } && Include is null or { Count: 0 };

    /// <summary>Whether a file is one of its files, by the fixed start of its patterns.</summary>
    internal bool Covers(string file) =>
        Files is null && Include is null
            ? ModulePath.IsBelow(file, Directory)
            : Files?.Contains(file, StringComparer.Ordinal) == true || Include?.Any(place => place == file || ModulePath.IsBelow(file, place)) == true;

    /// <summary>What another extends: what it says itself holds before what is below.</summary>
    internal TypeScriptConfiguration Over(TypeScriptConfiguration below) =>
        this with
        {
            BaseUrl = BaseUrl ?? below.BaseUrl,
            Paths = Paths.Count > 0 ? Paths : below.Paths,
            RootDirs = RootDirs.Count > 0 ? RootDirs : below.RootDirs,
            ModuleSuffixes = ModuleSuffixes.Count > 0 ? ModuleSuffixes : below.ModuleSuffixes,
            CustomConditions = CustomConditions.Count > 0 ? CustomConditions : below.CustomConditions,
            ModuleResolution = ModuleResolution ?? below.ModuleResolution,
            AllowJs = AllowJs ?? below.AllowJs,
            Jsx = Jsx ?? below.Jsx,
            OutDir = OutDir ?? below.OutDir,
            RootDir = RootDir ?? below.RootDir,
            Files = Files ?? below.Files,
            Include = Include ?? below.Include,
            Problems = [.. below.Problems, .. Problems],
        };
}
