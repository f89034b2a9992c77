namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Finds the file for a name without its extension, with the extension of what will be built from it, or for a directory.</summary>
/// <remarks>The order is that of TypeScript's <c>nodeLoadModuleByRelativeName</c> and what it calls.</remarks>
internal sealed class FileLookup(IModuleFiles files, PackageManifests manifests)
{
    private static readonly string[] LooseExtensions = [".mts", ".mjs", ".cts", ".cjs", ".json"];

    /// <summary>A file of that name, or else what the directory of that name stands for.</summary>
    /// <param name="isDirectory">The name can only be a directory's: it ends with a slash.</param>
    public string? FileOrDirectory(Lookup lookup, LookupExtensions extensions, string candidate, bool isDirectory, bool readsManifest = true) =>
        (isDirectory || candidate.Length == 0 ? null : File(lookup, extensions, candidate))
        ?? (lookup.IsModule ? null : Directory(lookup, extensions, candidate, readsManifest ? manifests.In(candidate) : null));

    /// <summary>A file of that name, with the extension replaced or added.</summary>
    public string? File(Lookup lookup, LookupExtensions extensions, string candidate) =>
        WithReplacedExtension(lookup, extensions, candidate) ?? (lookup.IsModule ? null : WithExtension(lookup, extensions, candidate, ""));

    /// <summary>The entry of a directory: what its package.json names, or else its index.</summary>
    public string? Directory(Lookup lookup, LookupExtensions extensions, string candidate, PackageManifest? manifest)
    {
        foreach (var field in manifest?.Directory == candidate ? Fields(lookup, extensions, manifest) : [])
        {
            if (FromVersionedTypes(lookup, extensions, manifest!, field) is { } versioned)
            {
                return versioned;
            }

            if (FromField(lookup, extensions, manifest!, field) is { } found)
            {
                return found;
            }
        }

        return lookup.IsModule ? null : File(lookup, extensions, ModulePath.Join(candidate, "index"));
    }

    /// <summary>A file that a package.json names in full.</summary>
    public string? Named(Lookup lookup, LookupExtensions extensions, string candidate)
    {
        lookup.Trail.Names(candidate);
        return
            // A declaration, too, where package.json leads scripts to one: so TypeScript does it.
            (extensions.HasFlag(LookupExtensions.TypeScript) && (ModulePath.IsTypeScript(candidate) || ModulePath.IsDeclaration(candidate)))
            || (extensions.HasFlag(LookupExtensions.Declaration) && ModulePath.IsDeclaration(candidate))
            ? Existing(lookup, candidate)
            : WithReplacedExtension(lookup, extensions, candidate);
    }

    /// <summary>The file itself, with one of the configuration's suffixes.</summary>
    public string? Existing(Lookup lookup, string path)
    {
        if (lookup.Configuration?.ModuleSuffixes is not { Count: > 0 } suffixes)
        {
            return ExistingExactly(lookup, path);
        }

        var extension = ModulePath.SourceExtension(path) ?? "";
        return suffixes.Select(suffix => ExistingExactly(lookup, path[..^extension.Length] + suffix + extension)).FirstOrDefault(found => found is not null);
    }

    private string? ExistingExactly(Lookup lookup, string path)
    {
        if (!lookup.Trail.Probe())
        {
            return null;
        }

        if (files.KindOf(path) == FileKind.File)
        {
            return path;
        }

        lookup.Trail.Missed(path);
        return null;
    }

    private static IEnumerable<string> Fields(Lookup lookup, LookupExtensions extensions, PackageManifest manifest)
    {
        if (extensions.HasFlag(LookupExtensions.Declaration) && manifest.Types is { } types)
        {
            return [types];
        }

        if (lookup.Accepts(LookupExtensions.Loose))
        {
            // Types only where they are source, which monorepos do.
            var source = manifest.Types is { } typed && ModulePath.IsTypeScript(typed) ? typed : null;
            return new[] { manifest.Main, manifest.Source, manifest.Module, manifest.Browser, source }.OfType<string>();
        }

        return extensions == LookupExtensions.Json || manifest.Main is not { } main ? [] : [main];
    }

    private string? FromVersionedTypes(Lookup lookup, LookupExtensions extensions, PackageManifest manifest, string field) =>
        extensions.HasFlag(LookupExtensions.Declaration)
        && PathMapping.For(manifest.TypesVersions, field.StartsWith("./", StringComparison.Ordinal) ? field[2..] : field) is { } mapping
            ? mapping
                .Places.Select(place =>
                    FromField(lookup, extensions, manifest, mapping.Substitute(place, field.StartsWith("./", StringComparison.Ordinal) ? field[2..] : field))
                )
                .FirstOrDefault(found => found is not null)
            : null;

    private string? FromField(Lookup lookup, LookupExtensions extensions, PackageManifest manifest, string field)
    {
        if (ModulePath.Combine(manifest.Directory, field) is not { } candidate)
        {
            return null;
        }

        var isDirectory = field.EndsWith('/');
        if (!isDirectory && Named(lookup, extensions, candidate) is { } named)
        {
            return named;
        }

        // Files of a package without "type": "module" follow the older rules, whoever imports them.
        var isModule = lookup.IsModule;
        lookup.IsModule = isModule && manifest.IsModule;
        var expanded = extensions == LookupExtensions.Declaration ? LookupExtensions.Typed : extensions;
        var found = FileOrDirectory(lookup, expanded, candidate, isDirectory, readsManifest: false);
        lookup.IsModule = isModule;
        return found;
    }

    private string? WithReplacedExtension(Lookup lookup, LookupExtensions extensions, string candidate)
    {
        var name = ModulePath.NameOf(candidate);
        if (!name.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        var extension = ModulePath.SourceExtension(candidate) ?? name[name.LastIndexOf('.')..];
        return WithExtension(lookup, extensions, candidate[..^extension.Length], extension)
            ?? (extensions.HasFlag(LookupExtensions.Asset) && ModulePath.SourceExtension(candidate) is null ? Existing(lookup, candidate) : null);
    }

    /// <summary>The file with the extension that stands for another: a.ts for a.js, which is what it will be once it is built.</summary>
    private string? WithExtension(Lookup lookup, LookupExtensions extensions, string stem, string original)
    {
        return original switch
        {
            ".mjs" or ".mts" or ".d.mts" => First(".mts", ".d.mts", ".mjs"),
            ".cjs" or ".cts" or ".d.cts" => First(".cts", ".d.cts", ".cjs"),
            ".json" => First(".d.json.ts", ".json"),
            ".tsx" or ".jsx" => First(".tsx", ".ts", ".d.ts", ".jsx", ".js"),
            ".ts" or ".d.ts" or ".js" => First(".ts", ".tsx", ".d.ts", ".js", ".jsx"),
            "" => First(".ts", ".tsx", ".d.ts", ".js", ".jsx") ?? (lookup.Accepts(LookupExtensions.Loose) ? First(LooseExtensions) : null),
            _ => ModulePath.IsDeclaration(stem + original) ? null : First($".d{original}.ts"),
        };

        string? First(params ReadOnlySpan<string> candidates)
        {
            foreach (var extension in candidates)
            {
                if ((extensions & Family(extension)) != LookupExtensions.None && Existing(lookup, stem + extension) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
    }

    private static LookupExtensions Family(string extension) =>
        extension switch
        {
            ".ts" or ".tsx" or ".mts" or ".cts" => LookupExtensions.TypeScript,
            ".js" or ".jsx" or ".mjs" or ".cjs" => LookupExtensions.JavaScript,
            ".json" => LookupExtensions.Json,
            _ => LookupExtensions.Declaration,
        };
}
