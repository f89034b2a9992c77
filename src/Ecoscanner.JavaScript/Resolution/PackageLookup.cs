namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Finds the file for the name of a package in the node_modules above a directory.</summary>
/// <remarks>The order is that of TypeScript's <c>loadModuleFromNearestNodeModulesDirectory</c> and what it calls.</remarks>
internal sealed class PackageLookup(IModuleFiles files, PackageManifests manifests, FileLookup fileLookup, ExportLookup exportLookup)
{
    private const string Packages = "node_modules";

    public string? Find(Lookup lookup, string specifier, string directory)
    {
        // TypeScript's files and declarations of any node_modules come before scripts of a nearer one.
        var first = lookup.Extensions & LookupExtensions.Typed;
        var second = lookup.Extensions & ~LookupExtensions.Typed;
        return (first == LookupExtensions.None ? null : FindAbove(lookup, first, specifier, directory))
            ?? (second == LookupExtensions.None ? null : FindAbove(lookup, second, specifier, directory));
    }

    private string? FindAbove(Lookup lookup, LookupExtensions extensions, string specifier, string directory)
    {
        foreach (var above in ModulePath.Upwards(directory))
        {
            var packages = ModulePath.Join(above, Packages);
            if (ModulePath.NameOf(above) == Packages || files.KindOf(packages) != FileKind.Directory)
            {
                continue;
            }

            if (In(lookup, extensions, packages, specifier) is { } found)
            {
                return found;
            }

            if (
                extensions.HasFlag(LookupExtensions.Declaration)
                && In(lookup, LookupExtensions.Declaration, ModulePath.Join(packages, "@types"), TypesName(specifier)) is { } types
            )
            {
                return types;
            }
        }

        return null;
    }

    private string? In(Lookup lookup, LookupExtensions extensions, string packages, string specifier)
    {
        if (ModulePath.Combine(packages, specifier) is not { } candidate)
        {
            return null;
        }

        var (name, rest) = Split(specifier);
        if (ModulePath.Combine(packages, name) is not { } directory)
        {
            return null;
        }

        return Package(lookup, extensions, directory, candidate, rest);
    }

    /// <summary>A file of the package in a directory.</summary>
    /// <param name="candidate">Directory and subpath in one.</param>
    public string? Package(Lookup lookup, LookupExtensions extensions, string directory, string candidate, string subpath)
    {
        var package = manifests.In(directory);
        var inner = manifests.In(candidate);
        // A folder of a package may have a package.json of its own, which held before there was `exports`.
        if (subpath.Length > 0 && inner is not null && package?.Exports is null)
        {
            return fileLookup.File(lookup, extensions, candidate) ?? fileLookup.Directory(lookup, extensions, candidate, inner);
        }

        if (package?.Exports is not null)
        {
            var exported = exportLookup.Export(lookup, extensions, package, subpath);
            lookup.Trail.Refusal ??= exported is null
                ? $"{package.Path} exports no {Quoted.Of(subpath.Length == 0 ? "." : $"./{subpath}")} that is in the tree"
                : null;
            return exported;
        }

        if (
            package is not null
            && subpath.Length > 0
            && extensions.HasFlag(LookupExtensions.Declaration)
            && PathMapping.For(package.TypesVersions, subpath) is { } mapping
        )
        {
            return mapping
                .Places.Select(place => ModulePath.Combine(directory, mapping.Substitute(place, subpath)))
                .Select(place => place is null ? null : FileThenDirectory(lookup, extensions, place, subpath, package))
                .FirstOrDefault(found => found is not null);
        }

        return FileThenDirectory(lookup, extensions, candidate, subpath, package);
    }

    private string? FileThenDirectory(Lookup lookup, LookupExtensions extensions, string candidate, string subpath, PackageManifest? package)
    {
        var found =
            (subpath.Length > 0 || !lookup.IsModule ? fileLookup.File(lookup, extensions, candidate) : null)
            ?? fileLookup.Directory(lookup, extensions, candidate, package);
        return found
            ?? (
                subpath.Length == 0 && package is not null && lookup.IsModule
                    ? fileLookup.File(lookup, extensions, ModulePath.Join(candidate, "index.js"))
                    : null
            );
    }

    private static (string Name, string Subpath) Split(string specifier)
    {
        var slash = specifier.IndexOf('/', StringComparison.Ordinal);
        if (specifier.StartsWith('@') && slash >= 0)
        {
            slash = specifier.IndexOf('/', slash + 1);
        }

        return slash < 0 ? (specifier, "") : (specifier[..slash], specifier[(slash + 1)..]);
    }

    /// <summary>The name below @types: <c>babel__core</c> for <c>@babel/core</c>.</summary>
    private static string TypesName(string specifier)
    {
        var slash = specifier.IndexOf('/', StringComparison.Ordinal);
        return specifier.StartsWith('@') && slash > 0 ? $"{specifier[1..slash]}__{specifier[(slash + 1)..]}" : specifier;
    }
}
