using System.Text.Json;

namespace Ecoscanner.Packages.Node;

/// <summary>
/// Finds the lockfiles of an app: at its root, and where parts of it are installed for themselves, as the static resources of Forge apps are. It decides which
/// of several in a folder counts, and tells of what has none.
/// </summary>
public static class LockfileFolder
{
    /// <summary>The largest lockfiles of public monorepos have 10 MB.</summary>
    public const int MaximumLockfileBytes = 200 * 1024 * 1024;

    /// <summary>YAML is read twenty times slower than JSON; 64 MB are 150,000 packages.</summary>
    public const int MaximumYamlBytes = 64 * 1024 * 1024;

    // Those of large public apps have 20 KB.
    private const int MaximumManifestBytes = 1024 * 1024;

    // Apps with many static resources have some dozens.
    private const int MaximumProjects = 500;

    private const string ManifestName = "package.json";

    // Where several lie in a folder and package.json does not name the package manager: npm comes with Node, and a shrinkwrap goes before its lockfile.
    private static readonly Kind[] Kinds =
    [
        new("npm-shrinkwrap.json", "npm", MaximumLockfileBytes, PackageLock.Read),
        new("package-lock.json", "npm", MaximumLockfileBytes, PackageLock.Read),
        new("yarn.lock", "yarn", MaximumLockfileBytes, YarnLock.Read),
        new("pnpm-lock.yaml", "pnpm", MaximumYamlBytes, PnpmLock.Read),
        new("bun.lock", "bun", MaximumLockfileBytes, BunLock.Read),
        new("bun.lockb", "bun", 0, null),
    ];

    /// <summary>Whether it reads a file of this path.</summary>
    public static bool Reads(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name == ManifestName || Array.Exists(Kinds, kind => kind.Name == name);
    }

    /// <summary>Reads all of them.</summary>
    public static Inventory Read(AppFiles files, CancellationToken cancellation)
    {
        var folders = files
            .Paths.Where(Reads)
            .GroupBy(Folder, StringComparer.Ordinal)
            .OrderBy(folder => folder.Key.Length == 0 ? 0 : folder.Key.Count(letter => letter == '/') + 1)
            .ThenBy(folder => folder.Key, StringComparer.Ordinal)
            .ToList();
        var manifests = new Manifests(
            files,
            [.. folders.Where(folder => folder.Contains(Joined(folder.Key, ManifestName), StringComparer.Ordinal)).Select(folder => folder.Key)]
        );
        var parts = new List<Inventory>();
        var gaps = new List<InventoryGap>();
        var covered = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders.Take(MaximumProjects))
        {
            cancellation.ThrowIfCancellationRequested();
            var names = folder.Select(path => path[(path.LastIndexOf('/') + 1)..]).ToHashSet(StringComparer.Ordinal);
            if (covered.TryGetValue(folder.Key, out var by))
            {
                gaps.AddRange(
                    names
                        .Where(name => name != ManifestName)
                        .Select(name => new InventoryGap(Joined(folder.Key, name), $"it was not read, since {by} locks this workspace; remove it"))
                );
            }
            else if (Chosen(names, manifests.Of(folder.Key)) is not { } kind)
            {
                if (manifests.Of(folder.Key) is { Dependencies.Count: > 0 } manifest)
                {
                    parts.Add(Unlocked(Joined(folder.Key, ManifestName), manifest));
                }
            }
            else
            {
                gaps.AddRange(Others(folder.Key, names, kind));
                var file = Read(files, manifests, folder.Key, kind, gaps);
                if (file is not null)
                {
                    parts.Add(file.Builder.Build());
                    foreach (var member in file.Members)
                    {
                        covered.TryAdd(Joined(folder.Key, member), file.Path);
                    }
                }
            }
        }

        if (folders.Count > MaximumProjects)
        {
            gaps.Add(
                new InventoryGap(
                    folders[MaximumProjects].Key,
                    $"there are more than {MaximumProjects} folders with a {ManifestName}, and the rest was left out"
                )
            );
        }

        var joined = Inventory.Joined(parts);
        return joined with { Gaps = [.. files.Gaps, .. manifests.Gaps, .. gaps, .. joined.Gaps] };
    }

    private static NodeLockfile? Read(AppFiles files, Manifests manifests, string folder, Kind kind, List<InventoryGap> gaps)
    {
        var path = Joined(folder, kind.Name);
        if (kind.Read is null)
        {
            gaps.Add(new InventoryGap(path, "it is binary, and only bun reads it; run bun install --save-text-lockfile --lockfile-only and remove it"));
            return null;
        }

        var file = new NodeLockfile(path, member => member.Contains("..", StringComparison.Ordinal) ? null : manifests.Of(Joined(folder, member)))
        {
            FoldersWithManifest = manifests.Below(folder),
        };
        try
        {
            var bytes = files.Read(path, kind.MaximumBytes) ?? [];
            if (bytes.Length > kind.MaximumBytes)
            {
                gaps.Add(new InventoryGap(path, $"it has more than {kind.MaximumBytes / 1024 / 1024} MB, and was not read"));
                return null;
            }

            kind.Read(file, bytes);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            gaps.Add(new InventoryGap(path, $"it was not read: {e.Message.TrimEnd('.')}"));
            return null;
        }
    }

    private static Kind? Chosen(HashSet<string> names, PackageManifest? manifest)
    {
        var manager = manifest?.PackageManager?.Split('@')[0];
        return Array.Find(Kinds, kind => kind.Manager == manager && names.Contains(kind.Name)) ?? Array.Find(Kinds, kind => names.Contains(kind.Name));
    }

    private static IEnumerable<InventoryGap> Others(string folder, HashSet<string> names, Kind chosen) =>
        from kind in Kinds
        where kind != chosen && names.Contains(kind.Name) && !(kind.Manager == chosen.Manager && chosen.Read is not null && kind.Read is null)
        select new InventoryGap(
            Joined(folder, kind.Name),
            $"it was not read, since {chosen.Name} lies beside it and counts; remove one of them, or name the package manager in {ManifestName}"
        );

    /// <summary>What package.json alone tells: the names, and those versions that it leaves no choice in.</summary>
    private static Inventory Unlocked(string path, PackageManifest manifest)
    {
        var builder = new InventoryBuilder();
        builder.Gap(path, "there is no lockfile beside it, so what is shipped is not known; run npm install --package-lock-only");
        foreach (var dependency in manifest.Dependencies)
        {
            var (name, wanted) = NodeSource.Alias(dependency.Wanted) is { } alias ? alias : (dependency.Name, dependency.Wanted);
            var version = IsVersion(wanted) ? wanted : null;
            var isElsewhere = wanted.Contains(':', StringComparison.Ordinal) || wanted.Contains('/', StringComparison.Ordinal);
            var source = new NodeSource(name, isElsewhere && !wanted.StartsWith("npm:", StringComparison.Ordinal) ? wanted : null);
            if (source.Component(version, $"{path}#{dependency.Name}", $"{path}: {name} {wanted}") is { } component && builder.Add(component) is { } at)
            {
                builder.Root(at, dependency.Need);
            }
        }

        return builder.Build();
    }

    /// <summary>1.2.3 and what may follow it; anything else is a range or a tag.</summary>
    private static bool IsVersion(string text)
    {
        var numbers = text.Split('-', '+')[0].Split('.');
        return numbers.Length == 3 && numbers.All(number => number.Length is > 0 and < 16 && number.All(char.IsAsciiDigit)) && !text.Any(char.IsWhiteSpace);
    }

    private static string Folder(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    private static string Joined(string folder, string name) =>
        folder.Length == 0 ? name
        : name.Length == 0 ? folder
        : $"{folder}/{name}";

    private sealed record Kind(string Name, string Manager, int MaximumBytes, Action<NodeLockfile, byte[]>? Read);

    /// <summary>The manifests, each read once.</summary>
    private sealed class Manifests(AppFiles files, IReadOnlyList<string> folders)
    {
        private readonly HashSet<string> known = new(folders, StringComparer.Ordinal);
        private readonly Dictionary<string, PackageManifest?> read = new(StringComparer.Ordinal);

        public List<InventoryGap> Gaps { get; } = [];

        public PackageManifest? Of(string folder)
        {
            if (known.Contains(folder) && !read.ContainsKey(folder))
            {
                read[folder] = Read(Joined(folder, ManifestName));
            }

            return read.GetValueOrDefault(folder);
        }

        /// <summary>Folders below another one, by their paths below it.</summary>
        public IReadOnlyList<string> Below(string folder) =>
            folder.Length == 0
                ? [.. folders.Where(one => one.Length > 0)]
                : [.. folders.Where(one => one.StartsWith(folder + "/", StringComparison.Ordinal)).Select(one => one[(folder.Length + 1)..])];

        private PackageManifest? Read(string path)
        {
            try
            {
                var bytes = files.Read(path, MaximumManifestBytes) ?? [];
                if (bytes.Length <= MaximumManifestBytes)
                {
                    return PackageManifest.Read(bytes);
                }

                Gaps.Add(new InventoryGap(path, $"it has more than {MaximumManifestBytes / 1024} KB, and was not read"));
            }
            catch (JsonException e)
            {
                Gaps.Add(new InventoryGap(path, $"it is no JSON from line {e.LineNumber + 1} on, so what it asks for is not known"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Gaps.Add(new InventoryGap(path, $"it was not read: {e.Message.TrimEnd('.')}"));
            }

            return null;
        }
    }
}
