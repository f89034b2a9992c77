namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Finds the file that <c>extends</c> of a tsconfig.json names.</summary>
internal static class ConfigurationLookup
{
    // Resolving in the manner of Node, with these conditions.
    private static readonly string[] Conditions = ["require", "node", "default"];

    public static string? Find(IModuleFiles files, string directory, string name)
    {
        if (name.StartsWith("./", StringComparison.Ordinal) || name.StartsWith("../", StringComparison.Ordinal))
        {
            return ModulePath.Combine(directory, name) is { } path
                ? Existing(path) ?? (path.EndsWith(".json", StringComparison.Ordinal) ? null : Existing(path + ".json"))
                : null;
        }

        return name is "" or ['/', ..] || name.Length > ModuleResolver.MaximumSpecifierLength
            ? null
            : ModulePath
                .Upwards(directory)
                .Where(above => ModulePath.NameOf(above) != "node_modules")
                .Select(above => InPackages(ModulePath.Join(above, "node_modules")))
                .FirstOrDefault(found => found is not null);

        string? Existing(string? path) => path is not null && files.KindOf(path) == FileKind.File ? path : null;

        string? InPackages(string packages)
        {
            if (files.KindOf(packages) != FileKind.Directory || PackageName.Of(name) is not { } package || ModulePath.Combine(packages, name) is not { } path)
            {
                return null;
            }

            var manifest = PackageManifest.Read(files, ModulePath.Join(packages, package.Name));
            if (manifest?.Exports is { } exports)
            {
                var match = package.Subpath.Length == 0 ? exports.Main : exports.For("./" + package.Subpath)?.Target;
                var rest = package.Subpath.Length == 0 ? "" : exports.For("./" + package.Subpath)?.Rest ?? "";
                return match is not null && First(match) is { Length: < ModulePath.MaximumLength } target
                    ? Existing(ModulePath.Combine(manifest.Directory, target.Replace("*", rest, StringComparison.Ordinal)))
                    : null;
            }

            return Existing(path)
                ?? Existing(path + ".json")
                ?? (package.Subpath.Length == 0 && manifest?.TypeScriptConfiguration is { } field ? Existing(ModulePath.Combine(path, field)) : null)
                ?? Existing(ModulePath.Join(path, "tsconfig.json"));
        }
    }

    private static string? First(ExportTarget target) =>
        target switch
        {
            PathTarget path => path.Path,
            ConditionalTarget conditional => conditional
                .Conditions.Where(condition => Conditions.Contains(condition.Key, StringComparer.Ordinal))
                .Select(condition => First(condition.Value))
                .FirstOrDefault(found => found is not null),
            AlternativeTargets alternatives => alternatives.Alternatives.Select(First).FirstOrDefault(found => found is not null),
            _ => null,
        };
}
