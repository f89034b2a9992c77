using System.Globalization;
using System.Text.Json;

namespace Ecoscanner.Packages.Node;

/// <summary>What readers of lockfiles share: the file, the manifests beside it, and where they put what they find.</summary>
/// <param name="path">The lockfile's path in the app.</param>
/// <param name="manifest">The manifest in a folder below the lockfile's, by its path with forward slashes, empty for its own; null where there is none.</param>
internal sealed class NodeLockfile(string path, Func<string, PackageManifest?> manifest)
{
    // Names of packages in gaps are cut there.
    private const int MaximumShown = 100;

    private bool isCompared;

    public string Path { get; } = path;

    /// <summary>Folders below the lockfile's own that have a package.json.</summary>
    public IReadOnlyList<string> FoldersWithManifest { get; init; } = [];

    public InventoryBuilder Builder { get; } = new();

    /// <summary>The folders whose dependencies it locks besides its own, as it names them.</summary>
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    public PackageManifest? Manifest(string folder) => manifest(folder);

    public string Place(string key) => $"{Path}#{key}";

    /// <summary>Adds a package.</summary>
    /// <param name="key">Where it stands in the lockfile.</param>
    /// <param name="asked">The name that it is asked for by, where that may be another.</param>
    public int? Add(NodeSource source, string? version, string key, string asked)
    {
        if (source.Folder is { } folder && Manifest(folder) is { } own)
        {
            // A folder of the app that is installed like a package.
            Members.Add(folder);
            version ??= own.Version;
        }

        var says = asked == source.Name ? $"{Path}: {source.Name} {version ?? "without a version"}" : $"{Path}: {asked} is {source.Name} {version}";
        if (source.Component(version, Place(key), says) is { } component)
        {
            return Builder.Add(component);
        }

        Builder.Gap(Place(Shown(key)), "its name or its version is none that a registry has");
        return null;
    }

    /// <summary>Adds a package of the app's own source.</summary>
    /// <param name="origin">Such as <c>workspace:packages/a</c>.</param>
    public int? AddOwn(string? name, string? version, string origin, string key) =>
        Add(
            new NodeSource(
                name is { Length: > 0 } ? name
                    : System.IO.Path.GetFileName(key) is { Length: > 0 } last ? last
                    : "app",
                origin
            ),
            version,
            key,
            name ?? ""
        );

    /// <summary>Runs a reader; what it throws at broken text becomes a gap, and what was read before it stays.</summary>
    public void Guard(Action read)
    {
        try
        {
            read();
        }
        catch (JsonException e)
        {
            Builder.Gap(Path, $"it is no JSON from line {e.LineNumber + 1} on, and what follows was left out; run the install of the package manager again");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a text.
            Builder.Gap(Path, "it has a text that is no Unicode, and what follows was left out; run the install of the package manager again");
        }
    }

    /// <summary>Tells where package.json and the lockfile want different things.</summary>
    /// <param name="locked">What the lockfile says that a folder's manifest wanted when it was made.</param>
    /// <param name="except">Names that the package manager was told to take another version of.</param>
    public void Compare(string folder, IEnumerable<NodeDependency> locked, IReadOnlySet<string>? except = null)
    {
        isCompared |= folder.Length == 0;
        if (Manifest(folder) is not { } current)
        {
            return;
        }

        var known = locked.GroupBy(one => one.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Wanted, StringComparer.Ordinal);
        var different = current
            .Dependencies.Where(one =>
                !one.IsPeer
                && except?.Contains(one.Name) != true
                && !(known.TryGetValue(one.Name, out var wanted) && (wanted == one.Wanted || IsPath(one.Wanted)))
            )
            .Select(one =>
                known.TryGetValue(one.Name, out var wanted) ? $"{one.Name} {one.Wanted} (locked for {wanted})" : $"{one.Name} {one.Wanted} (not locked)"
            )
            .ToList();
        foreach (var text in different)
        {
            var where = folder.Length == 0 ? "package.json" : $"{folder}/package.json";
            Builder.Gap(Path, $"{where} asks for {Shown(text)}, so it is not known what is shipped; run the install of the package manager again");
        }
    }

    /// <summary>Tells that the lockfile says nothing of the app itself, where it should.</summary>
    public void CompareAtLast()
    {
        if (!isCompared)
        {
            Compare("", []);
        }
    }

    /// <summary>Tells that the lockfile is of a version that this reader does not know.</summary>
    /// <param name="version">A number, perhaps with a minor one; null where it says none.</param>
    public void CheckVersion(string? version, int maximum)
    {
        if (!int.TryParse(version?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) || major > maximum)
        {
            Builder.Gap(Path, $"its version {Shown(version ?? "")} is none of those that are known, up to {maximum}, and it may say more than was read");
        }
    }

    // Managers write paths in their own way.
    private static bool IsPath(string wanted) => wanted.StartsWith("file:", StringComparison.Ordinal) || wanted.StartsWith("link:", StringComparison.Ordinal);

    public static string Shown(string text) => text.Length <= MaximumShown ? text : text[..MaximumShown] + "…";
}
