namespace Ecoscanner.JavaScript.Resolution;

/// <summary>What a specifier names, seen from one file.</summary>
public abstract record ModuleResolution
{
    private protected ModuleResolution() { }
}

/// <summary>A file of the tree that can be read as source.</summary>
/// <param name="Path">Without symbolic links where it stands in a package.</param>
/// <param name="Contents">What is in it.</param>
/// <param name="By">The rule that found it.</param>
public sealed record ResolvedModule(string Path, ModuleContents Contents, ResolvedBy By) : ModuleResolution
{
    /// <summary>Whether it stands below node_modules.</summary>
    public bool IsInPackages => ModulePath.IsInPackages(Path);
}

/// <summary>A package that is not in the tree.</summary>
/// <param name="Package">With its scope: <c>@forge/api</c>.</param>
/// <param name="Subpath">What follows its name, without the slash; empty for the package itself.</param>
public sealed record ExternalModule(string Package, string Subpath) : ModuleResolution;

/// <summary>A module of Node itself.</summary>
/// <param name="Name">Without <c>node:</c>: <c>fs/promises</c>.</param>
public sealed record BuiltInModule(string Name) : ModuleResolution;

/// <summary>A file of the tree that is no source: a style, an image, a text.</summary>
public sealed record AssetModule(string Path) : ModuleResolution;

/// <summary>Nothing that is known.</summary>
/// <param name="Reason">A sentence: the specifier, the file, what is wrong, the way out.</param>
/// <param name="Tried">Names of files that were looked for, the first of them only.</param>
public sealed record UnresolvedModule(string Reason, IReadOnlyList<string> Tried) : ModuleResolution;
