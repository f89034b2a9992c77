namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Follows <c>exports</c> and <c>imports</c> of a package.json to a file.</summary>
/// <remarks>The order is that of TypeScript's <c>loadModuleFromTargetExportOrImport</c>.</remarks>
internal sealed class ExportLookup(FileLookup fileLookup)
{
    private const string VersionedTypesPrefix = "types@";

    /// <summary>The file for a subpath of the package; empty for the package itself.</summary>
    public string? Export(Lookup lookup, LookupExtensions extensions, PackageManifest manifest, string subpath)
    {
        if (subpath.Length == 0)
        {
            return manifest.Exports!.Main is { } main
                ? Follow(new Step(lookup, extensions, manifest, new ExportMap.Match(".", main, "", IsPattern: false), null), main)
                : null;
        }

        return manifest.Exports!.For($"./{subpath}") is { } match ? Follow(new Step(lookup, extensions, manifest, match, null), match.Target) : null;
    }

    /// <summary>The file for a specifier such as <c>#x</c>.</summary>
    /// <param name="elsewhere">Resolves the name of another package, seen from this one.</param>
    public string? Import(Lookup lookup, LookupExtensions extensions, PackageManifest manifest, string specifier, Func<string, string?> elsewhere) =>
        manifest.Imports?.For(specifier) is { } match ? Follow(new Step(lookup, extensions, manifest, match, elsewhere), match.Target) : null;

    /// <summary>A target that names no file of the tree gives way to the next, also where Node would stop: so TypeScript does it.</summary>
    private string? Follow(Step step, ExportTarget target) =>
        target switch
        {
            // Tables may branch without end and name no file at all; each step counts.
            _ when !step.Lookup.Trail.Probe() => null,
            PathTarget path => Path(step, path.Path),
            ConditionalTarget conditional => conditional
                .Conditions.TakeWhile(_ => !step.Lookup.Trail.IsExhausted)
                .Where(condition => Holds(step.Lookup, condition.Key))
                .Select(condition => Follow(step, condition.Value))
                .FirstOrDefault(found => found is not null),
            AlternativeTargets alternatives => alternatives
                .Alternatives.TakeWhile(_ => !step.Lookup.Trail.IsExhausted)
                .Select(alternative => Follow(step, alternative))
                .FirstOrDefault(found => found is not null),
            _ => null,
        };

    private string? Path(Step step, string target)
    {
        var (match, lookup) = (step.Match, step.Lookup);
        if (!match.IsPattern && match.Rest.Length > 0 && !target.EndsWith('/'))
        {
            return null;
        }

        // A star may stand in a target as often as a stranger likes.
        if (target.Length + ((long)target.Count(character => character == '*') * match.Rest.Length) > ModulePath.MaximumLength)
        {
            return null;
        }

        var named = match.IsPattern ? target.Replace("*", match.Rest, StringComparison.Ordinal) : target + match.Rest;

        if (!target.StartsWith("./", StringComparison.Ordinal))
        {
            return
                step.Elsewhere is { } elsewhere
                && !target.StartsWith("../", StringComparison.Ordinal)
                && !target.StartsWith('/')
                && lookup.Trail.RedirectTo(named)
                ? elsewhere(named)
                : null;
        }

        return
            Array.Exists(target[2..].Split('/'), IsForbidden)
            || Array.Exists(match.Rest.Split('/'), IsForbidden)
            || ModulePath.Combine(step.Manifest.Directory, named) is not { } path
            ? null
            : fileLookup.Named(lookup, step.Extensions, path);
    }

    private static bool IsForbidden(string segment) => segment is "." or ".." or "node_modules";

    private static bool Holds(Lookup lookup, string condition) =>
        condition == "default"
        || lookup.Conditions.Contains(condition, StringComparer.Ordinal)
        || (
            condition.StartsWith(VersionedTypesPrefix, StringComparison.Ordinal)
            && lookup.Conditions.Contains("types", StringComparer.Ordinal)
            && VersionedTypes.Holds(condition[VersionedTypesPrefix.Length..])
        );

    private sealed record Step(Lookup Lookup, LookupExtensions Extensions, PackageManifest Manifest, ExportMap.Match Match, Func<string, string?>? Elsewhere);
}
