namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Finds what TypeScript does not: apps are scanned without node_modules, before they are built, and with the customs of their bundlers.</summary>
internal sealed class Fallbacks(ModuleLookup moduleLookup, PackageManifests manifests, TypeScriptConfigurations configurations, Workspaces workspaces)
{
    private const LookupExtensions Runtime = LookupExtensions.Implementation | LookupExtensions.Json;
    private const LookupExtensions Loose = Runtime | LookupExtensions.Loose | LookupExtensions.Asset;

    // Folders that builds write to, where no configuration says so.
    private static readonly string[] OutputFolders = ["dist", "build", "lib", "out", "output", "es", "esm", "cjs"];
    private static readonly string[] SourceFolders = ["src", "source", ""];

    // `dist/esm/a.js` is built from `src/a.ts`: levels of an output that may have no counterpart.
    private const int MaximumOutputLevels = 3;

    /// <summary>The file and the rule that found it; null where there is none.</summary>
    /// <param name="begin">Starts an attempt that accepts these files.</param>
    public (string? Path, ResolvedBy By) Find(string specifier, string directory, Func<LookupExtensions, Lookup> begin)
    {
        var plain = WithoutLoader(specifier);
        var lookup = begin(Loose);
        if (moduleLookup.Find(lookup, specifier, directory) is { } loose)
        {
            return (loose, lookup.By);
        }

        if (plain != specifier && moduleLookup.Find(lookup, plain, directory) is { } unloaded)
        {
            return (unloaded, lookup.By);
        }

        if (InWorkspace(plain, directory, lookup) is { Path: not null } workspace)
        {
            return workspace;
        }

        if (SourceOfOutput(lookup) is { } source)
        {
            return (source, ResolvedBy.SourceOfOutput);
        }

        if (ByConvention(plain, directory, lookup) is { } custom)
        {
            return (custom, ResolvedBy.Convention);
        }

        var types = begin(LookupExtensions.Typed);
        return moduleLookup.Find(types, plain, directory) is { } declaration && !IsTypesPackage(declaration) ? (declaration, types.By) : (null, default);
    }

    private (string? Path, ResolvedBy By) InWorkspace(string specifier, string directory, Lookup lookup)
    {
        if (PackageName.Of(lookup.Trail.Redirect ?? specifier) is not { } name || workspaces.Find(name.Name, directory) is not { } package)
        {
            return default;
        }

        if (moduleLookup.InPackage(lookup, package, name.Subpath) is { } found)
        {
            return (found, ResolvedBy.Workspace);
        }

        var source =
            SourceOfOutput(lookup)
            ?? (
                name.Subpath.Length == 0
                    ? SourceFolders
                        .Select(folder => moduleLookup.Relative(lookup, ModulePath.Join(package, folder).TrimEnd('/'), "./index"))
                        .FirstOrDefault(path => path is not null)
                    : null
            );
        return (source, ResolvedBy.SourceOfOutput);
    }

    /// <summary>The source of the first built file that a package.json outside node_modules names.</summary>
    private string? SourceOfOutput(Lookup lookup) =>
        lookup
            .Trail.Outputs.Where(output => !ModulePath.IsInPackages(output))
            .ToList()
            .Select(output => SourceOf(lookup, output))
            .FirstOrDefault(source => source is not null);

    private string? SourceOf(Lookup lookup, string output)
    {
        if (manifests.Above(ModulePath.DirectoryOf(output)) is not { Directory: var package } || ModulePath.IsDeclaration(output))
        {
            return null;
        }

        var configuration = configurations.For(ModulePath.Join(package, "package.json"));
        if (configuration?.OutDir is { Length: > 0 } outDir && ModulePath.IsBelow(output, outDir))
        {
            var rest = output[(outDir.Length + 1)..];
            var mirrored = configuration.RootDir is { } rootDir ? moduleLookup.Relative(lookup, rootDir, "./" + rest) : null;
            return mirrored ?? InSources(rest);
        }

        var segments = (package.Length == 0 ? output : output[(package.Length + 1)..]).Split('/');
        return !OutputFolders.Contains(segments[0], StringComparer.Ordinal)
            ? null
            : Enumerable
                .Range(1, Math.Min(MaximumOutputLevels, segments.Length - 1))
                .Select(levels => InSources(string.Join('/', segments[levels..])))
                .FirstOrDefault(source => source is not null);

        string? InSources(string rest) =>
            SourceFolders
                .Select(folder => moduleLookup.Relative(lookup, ModulePath.Join(package, folder).TrimEnd('/'), "./" + rest))
                .FirstOrDefault(source => source is not null);
    }

    /// <summary>What bundlers' templates set up: <c>@/x</c> and <c>~/x</c> for src/x, <c>src/x</c> and <c>/x</c> from the package's directory.</summary>
    private string? ByConvention(string specifier, string directory, Lookup lookup)
    {
        var package = manifests.Above(directory)?.Directory ?? "";
        return specifier switch
        {
            ['@' or '~', '/', .. var rest] => moduleLookup.Relative(lookup, ModulePath.Join(package, "src"), "./" + rest)
                ?? moduleLookup.Relative(lookup, package, "./" + rest),
            ['/', .. var rest] => moduleLookup.Relative(lookup, package, "./" + rest)
                ?? moduleLookup.Relative(lookup, ModulePath.Join(package, "public"), "./" + rest),
            _ when specifier.StartsWith("src/", StringComparison.Ordinal) => moduleLookup.Relative(lookup, package, "./" + specifier),
            _ => null,
        };
    }

    /// <summary>A specifier without a bundler's loaders in front and query behind: <c>raw-loader!./a.txt</c>, <c>./a.svg?url</c>.</summary>
    private static string WithoutLoader(string specifier)
    {
        var name = specifier[(specifier.LastIndexOf('!') + 1)..];
        var query = name.IndexOf('?', StringComparison.Ordinal);
        return query > 0 ? name[..query] : name;
    }

    // That types were written for a package says nothing about what it does.
    private static bool IsTypesPackage(string path) => path.Contains("node_modules/@types/", StringComparison.Ordinal);
}
