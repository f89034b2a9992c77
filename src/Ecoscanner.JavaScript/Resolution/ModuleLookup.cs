namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Resolves a specifier as TypeScript does: configuration, own package, node_modules.</summary>
/// <remarks>The order is that of TypeScript's <c>nodeModuleNameResolverWorker</c>.</remarks>
internal sealed class ModuleLookup
{
    private readonly IModuleFiles files;
    private readonly PackageManifests manifests;
    private readonly FileLookup fileLookup;
    private readonly ExportLookup exportLookup;
    private readonly PackageLookup packageLookup;

    public ModuleLookup(IModuleFiles files, PackageManifests manifests)
    {
        this.files = files;
        this.manifests = manifests;
        fileLookup = new FileLookup(files, manifests);
        exportLookup = new ExportLookup(fileLookup);
        packageLookup = new PackageLookup(files, manifests, fileLookup, exportLookup);
    }

    /// <summary>The file; null where there is none.</summary>
    /// <param name="directory">Of the importing file.</param>
    public string? Find(Lookup lookup, string specifier, string directory)
    {
        if (FromConfiguration(lookup, specifier, directory, out var isDecided) is { } configured)
        {
            return ModulePath.IsRelative(specifier) ? configured : Real(configured);
        }

        if (ModulePath.IsRelative(specifier))
        {
            lookup.By = ResolvedBy.RelativePath;
            return Relative(lookup, directory, specifier);
        }

        if (!isDecided && lookup.Configuration?.BaseUrl is { } baseUrl && Relative(lookup, baseUrl, specifier) is { } based)
        {
            lookup.By = ResolvedBy.BaseUrl;
            return Real(based);
        }

        return FromOwnPackage(lookup, specifier, directory) ?? FromPackages(lookup, specifier, directory);
    }

    /// <summary>A file of the package in a directory, wherever that stands.</summary>
    public string? InPackage(Lookup lookup, string directory, string subpath) =>
        ModulePath.Combine(directory, subpath) is { } candidate ? packageLookup.Package(lookup, lookup.Extensions, directory, candidate, subpath) : null;

    /// <summary>A file or directory, seen from a directory.</summary>
    public string? Relative(Lookup lookup, string directory, string specifier) =>
        ModulePath.Combine(directory, specifier) is { } candidate
            ? fileLookup.FileOrDirectory(
                lookup,
                lookup.Extensions,
                candidate,
                isDirectory: specifier is "." or ".."
                    || specifier.EndsWith('/')
                    || specifier.EndsWith("/.", StringComparison.Ordinal)
                    || specifier.EndsWith("/..", StringComparison.Ordinal)
            )
            : null;

    /// <summary>What `paths` or `rootDirs` lead to.</summary>
    /// <param name="isDecided">A mapping matched, so that <c>baseUrl</c> is not asked.</param>
    private string? FromConfiguration(Lookup lookup, string specifier, string directory, out bool isDecided)
    {
        isDecided = false;
        if (lookup.Configuration is not { } configuration)
        {
            return null;
        }

        if (ModulePath.IsRelative(specifier))
        {
            lookup.By = ResolvedBy.RootDirs;
            return FromRootDirs(lookup, configuration.RootDirs, specifier, directory);
        }

        if (PathMapping.For(configuration.Paths, specifier) is not { } mapping)
        {
            return null;
        }

        isDecided = true;
        lookup.Trail.Mapping = mapping;
        lookup.By = ResolvedBy.Paths;
        return mapping.Places.Select(place => Mapped(lookup, mapping, place, specifier)).FirstOrDefault(found => found is not null);
    }

    private string? Mapped(Lookup lookup, PathMapping mapping, string place, string specifier)
    {
        var name = mapping.Substitute(place, specifier);
        if (ModulePath.Combine(mapping.BaseDirectory, name) is not { } candidate)
        {
            return null;
        }

        return (ModulePath.SourceExtension(place) is null ? null : fileLookup.Existing(lookup, candidate))
            ?? fileLookup.FileOrDirectory(lookup, lookup.Extensions, candidate, isDirectory: name.EndsWith('/'));
    }

    private string? FromRootDirs(Lookup lookup, IReadOnlyList<string> rootDirs, string specifier, string directory)
    {
        if (rootDirs.Count == 0 || ModulePath.Combine(directory, specifier) is not { } candidate)
        {
            return null;
        }

        if (rootDirs.Where(root => ModulePath.IsBelow(candidate, root)).MaxBy(root => root.Length) is not { } own)
        {
            return null;
        }

        var rest = own.Length == 0 ? candidate : candidate[(own.Length + 1)..];
        return new[] { own }
            .Concat(rootDirs.Where(root => root != own))
            .Select(root => fileLookup.FileOrDirectory(lookup, lookup.Extensions, ModulePath.Join(root, rest), isDirectory: specifier.EndsWith('/')))
            .FirstOrDefault(found => found is not null);
    }

    private string? FromOwnPackage(Lookup lookup, string specifier, string directory)
    {
        if (manifests.Above(directory) is not { } own)
        {
            return null;
        }

        if (specifier.StartsWith('#'))
        {
            lookup.By = ResolvedBy.Imports;
            return specifier is "#" || specifier.StartsWith("#/", StringComparison.Ordinal)
                ? null
                : exportLookup.Import(lookup, lookup.Extensions, own, specifier, name => FromImports(lookup, name, own.Directory));
        }

        if (own is not { Name: { Length: > 0 } name, Exports: not null } || (specifier != name && !specifier.StartsWith(name + "/", StringComparison.Ordinal)))
        {
            return null;
        }

        lookup.By = ResolvedBy.SelfReference;
        var subpath = specifier.Length == name.Length ? "" : specifier[(name.Length + 1)..];
        if (lookup.Configuration?.AllowJs != false && !ModulePath.IsInPackages(directory + "/"))
        {
            return exportLookup.Export(lookup, lookup.Extensions, own, subpath);
        }

        return exportLookup.Export(lookup, lookup.Extensions & LookupExtensions.Typed, own, subpath)
            ?? exportLookup.Export(lookup, lookup.Extensions & ~LookupExtensions.Typed, own, subpath);
    }

    private string? FromImports(Lookup lookup, string name, string directory)
    {
        var found = lookup.Trail.IsExhausted ? null : Find(lookup, name, directory);
        lookup.By = ResolvedBy.Imports;
        return found;
    }

    private string? FromPackages(Lookup lookup, string specifier, string directory)
    {
        // A scheme such as node: or https: names no package.
        if (specifier.StartsWith('#') || specifier.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        lookup.By = ResolvedBy.NodeModules;
        return packageLookup.Find(lookup, specifier, directory) is { } found ? Real(found) : null;
    }

    /// <summary>A package's file without symbolic links, so that its own imports are seen from where it really stands.</summary>
    private string Real(string path) => ModulePath.IsInPackages(path) ? files.RealPath(path) ?? path : path;
}
