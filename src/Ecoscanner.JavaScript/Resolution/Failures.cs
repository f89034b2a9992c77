namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Says what a specifier names that no file was found for: a package that is not in the tree, or nothing, and why.</summary>
internal static class Failures
{
    // Candidates that a sentence lists.
    private const int MaximumListed = 4;

    // Stands for the importing file until that is known: answers are made for a directory.
    private const string Importer = "\0";

    public static UnresolvedModule NoSpecifier(string importingFile, string specifier) =>
        new(
            specifier.Length == 0
                ? $"{importingFile} imports an empty name; name a file or a package."
                : $"{importingFile} imports {Quoted.Of(specifier)}, which is longer than {ModuleResolver.MaximumSpecifierLength} characters or has a NUL in it; no file has such a name.",
            []
        );

    public static UnresolvedModule In(string importingFile, UnresolvedModule failure) =>
        failure with
        {
            Reason = failure.Reason.Replace(Importer, importingFile, StringComparison.Ordinal),
        };

    public static ModuleResolution Of(IModuleFiles files, string specifier, string directory, TypeScriptConfiguration? configuration, LookupTrail trail)
    {
        var start = $"{Importer} imports {Quoted.Of(specifier)}";
        if (trail.IsExhausted)
        {
            return Unresolved(
                $"{start}, and the search was given up after {LookupTrail.MaximumProbes} names; simplify the tables of package.json that it leads through."
            );
        }

        if (ModulePath.IsRelative(specifier))
        {
            return Unresolved(
                ModulePath.Combine(directory, specifier) is null
                    ? $"{start}, which leads out of the tree that is scanned; scan the folder above, or correct the path."
                    : $"{start}, and no such file is in the tree; add the file or correct the path.{Listed(trail)}"
            );
        }

        if (specifier.StartsWith('/'))
        {
            return Unresolved($"{start}, an absolute path, and no such file is in the package; import it by a relative path.{Listed(trail)}");
        }

        var name = trail.Redirect ?? specifier;
        if (name.StartsWith('#'))
        {
            return Unresolved(
                $"{start}, and no package.json above leads \"imports\" of that name to a file of the tree; add the entry or the file.{Listed(trail)}"
            );
        }

        if (name.Contains(':', StringComparison.Ordinal))
        {
            return Unresolved(
                BuiltInModules.HasScheme(name)
                    ? $"{start}, and Node has no such module; correct the name."
                    : $"{start}, a URL that is not fetched here; import a file or a package to have it scanned."
            );
        }

        if (IsOwnPlace(trail.Mapping))
        {
            return Unresolved(
                $"{start}, which \"paths\" of {configuration!.Path} leads to files that are not in the tree; add the file or correct the mapping.{Listed(trail)}"
            );
        }

        return PackageName.Of(name) is not { } package
                ? Unresolved(
                    $"{start}, which is no file's path and can be no package's name; add the alias to \"paths\" of tsconfig.json, or correct it.{Listed(trail)}"
                )
            : IsInTree(files, directory, package.Name)
                ? Unresolved(
                    $"{start}, and the package {package.Name} is in the tree without it{(trail.Refusal is null ? "" : $": {trail.Refusal}")}; correct the subpath.{Listed(trail)}"
                )
            : new ExternalModule(package.Name, package.Subpath);

        UnresolvedModule Unresolved(string reason) => new(reason, trail.Tried);
    }

    /// <summary>Whether a mapping leads to files of the app, and not to a package that may be missing with all others.</summary>
    private static bool IsOwnPlace(PathMapping? mapping) =>
        mapping is { Pattern: not "*", Places: { Count: > 0 } places } && places.All(place => !place.Contains("node_modules/", StringComparison.Ordinal));

    private static bool IsInTree(IModuleFiles files, string directory, string package) =>
        ModulePath
            .Upwards(directory)
            .Select(above => ModulePath.Combine(above, $"node_modules/{package}"))
            .Any(place => place is not null && files.KindOf(place) == FileKind.Directory);

    private static string Listed(LookupTrail trail) =>
        trail.Tried.Count == 0
            ? ""
            : $" Looked for {string.Join(", ", trail.Tried.Take(MaximumListed))}{(trail.Tried.Count > MaximumListed ? " and others" : "")}.";
}
