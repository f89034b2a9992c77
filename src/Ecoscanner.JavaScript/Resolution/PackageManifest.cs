namespace Ecoscanner.JavaScript.Resolution;

/// <summary>What a package.json says about how its package is imported.</summary>
public sealed record PackageManifest
{
    /// <summary>The package's directory.</summary>
    public required string Directory { get; init; }

    public string? Name { get; init; }

    public string? Version { get; init; }

    /// <summary>Whether <c>type</c> is <c>module</c>, so that its .js files are ECMAScript modules.</summary>
    public bool IsModule { get; init; }

    public string? Main { get; init; }

    /// <summary>The entry <c>module</c> that bundlers know.</summary>
    public string? Module { get; init; }

    /// <summary>The entry <c>browser</c> where it is a path.</summary>
    public string? Browser { get; init; }

    /// <summary>The entry <c>source</c> that monorepos use for the source that <c>main</c> is built from.</summary>
    public string? Source { get; init; }

    /// <summary><c>typings</c>, or else <c>types</c>.</summary>
    public string? Types { get; init; }

    /// <summary>The configuration that <c>extends</c> finds by the package's name.</summary>
    public string? TypeScriptConfiguration { get; init; }

    /// <summary>Null where <c>main</c> holds.</summary>
    public ExportMap? Exports { get; init; }

    public ExportMap? Imports { get; init; }

    /// <summary><c>typesVersions</c>: for a range of compiler versions, where types of a subpath stand.</summary>
    internal IReadOnlyList<PathMapping> TypesVersions { get; init; } = [];

    /// <summary>The folders of a monorepo's packages, with <c>*</c>, <c>**</c> and, in front, <c>!</c>.</summary>
    public IReadOnlyList<string> Workspaces { get; init; } = [];

    /// <summary>A sentence; null where it was read.</summary>
    public string? Problem { get; init; }

    /// <summary>Its file.</summary>
    public string Path => ModulePath.Join(Directory, "package.json");

    /// <summary>Reads the package.json of a directory; null where there is none. Garbage is a manifest that says nothing, as for Node and TypeScript.</summary>
    public static PackageManifest? Read(IModuleFiles files, string directory)
    {
        var path = ModulePath.Join(directory, "package.json");
        if (files.KindOf(path) != FileKind.File)
        {
            return null;
        }

        using var document = JsonFile.Read(files, path, out var problem);
        if (document is null)
        {
            return new PackageManifest { Directory = directory, Problem = problem };
        }

        var root = document.RootElement;
        return new PackageManifest
        {
            Directory = directory,
            Name = root.Text("name"),
            Version = root.Text("version"),
            IsModule = root.Text("type") == "module",
            Main = Filled(root.Text("main")),
            Module = Filled(root.Text("module")),
            Browser = Filled(root.Text("browser")),
            Source = Filled(root.Text("source")),
            Types = Filled(root.Text("typings")) ?? Filled(root.Text("types")),
            TypeScriptConfiguration = Filled(root.Text("tsconfig")),
            Exports = ExportMap.ReadExports(root.Member("exports")),
            Imports = ExportMap.ReadImports(root.Member("imports")),
            TypesVersions = VersionedTypes.Read(root.Member("typesVersions"), directory),
            Workspaces = root.Texts("workspaces") ?? root.Member("workspaces")?.Texts("packages") ?? [],
        };
    }

    private static string? Filled(string? text) => text is { Length: > 0 } ? text : null;
}
