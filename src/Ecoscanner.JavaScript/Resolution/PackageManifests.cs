namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Reads and remembers the package.json files of a tree. Not for several threads at once.</summary>
public sealed class PackageManifests(IModuleFiles files)
{
    // They are forgotten past this, so that memory stays bounded.
    private const int MaximumRemembered = 50_000;

    private readonly Dictionary<string, PackageManifest?> manifests = new(StringComparer.Ordinal);

    /// <summary>The package.json in a directory; null where there is none.</summary>
    public PackageManifest? In(string directory)
    {
        if (manifests.TryGetValue(directory, out var known))
        {
            return known;
        }

        if (manifests.Count >= MaximumRemembered)
        {
            manifests.Clear();
        }

        return manifests[directory] = PackageManifest.Read(files, directory);
    }

    /// <summary>The nearest package.json of a directory or one above: the package that its files belong to.</summary>
    public PackageManifest? Above(string directory) => ModulePath.Upwards(directory).Select(In).FirstOrDefault(manifest => manifest is not null);

    /// <summary>Whether Node takes a file for an ECMAScript module.</summary>
    public bool IsModule(string file) =>
        ModulePath.SourceExtension(file) switch
        {
            ".mts" or ".mjs" or ".d.mts" => true,
            ".cts" or ".cjs" or ".d.cts" => false,
            _ => Above(ModulePath.DirectoryOf(file))?.IsModule == true,
        };
}
