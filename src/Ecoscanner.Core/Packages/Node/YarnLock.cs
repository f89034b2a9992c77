namespace Ecoscanner.Packages.Node;

/// <summary>
/// Reads yarn.lock of yarn 1 and of yarn 2 and later (berry). Peers have no edges in it: whoever brings a peer depends on it as well. What is for development
/// only package.json tells.
/// </summary>
internal static class YarnLock
{
    // Two or three releases of one name are common; where a range's own key is missing, each of them may be meant.
    private const int MaximumCandidates = 16;

    private const string Workspace = "workspace:";

    public static void Read(NodeLockfile file, byte[] bytes)
    {
        var entries = new List<(SymlEntry Entry, int Component)>();
        var byKey = new Dictionary<string, int>(StringComparer.Ordinal);
        var byName = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var workspaces = new Dictionary<string, int?>(StringComparer.Ordinal);
        var isBerry = false;
        foreach (var entry in SymlReader.Read(bytes, line => file.Builder.Gap($"{file.Path}:{line}", "this line is none of a yarn.lock, and was left out")))
        {
            if (entry.Keys is ["__metadata"])
            {
                isBerry = true;
                continue;
            }

            if (WorkspaceOf(entry) is ({ } name, { } folder))
            {
                workspaces[folder] = folder == "." ? null : AddWorkspace(file, name, folder);
                Register(entry, workspaces[folder]);
                entries.Add((entry, workspaces[folder] ?? -1));
            }
            else if (entry.Keys.Count > 0 && Add(file, entry) is { } component)
            {
                Register(entry, component);
                entries.Add((entry, component));
            }
        }

        if (!isBerry)
        {
            AddFirstWorkspaces(file, workspaces, byKey, byName);
        }

        var roots = new Resolver(file, byKey, byName);
        foreach (var (entry, component) in entries)
        {
            if (WorkspaceOf(entry) is (_, { } folder))
            {
                // A workspace's entry does not tell development apart.
                AskWorkspace(roots, folder, component < 0 ? null : component, file.Manifest(folder == "." ? "" : folder)?.Dependencies ?? [.. Own(entry)]);
                continue;
            }

            foreach (var dependency in Own(entry))
            {
                roots.Ask(component, dependency);
            }
        }

        if (isBerry)
        {
            return;
        }

        if (file.Manifest("") is not { } manifest)
        {
            file.Builder.Gap(file.Path, "there is no package.json beside it, so what the app asks for itself and what is for development is not known; add it");
            return;
        }

        AskWorkspace(roots, ".", null, manifest.Dependencies);
        foreach (var (folder, component) in workspaces)
        {
            AskWorkspace(roots, folder, component, file.Manifest(folder)?.Dependencies ?? []);
        }

        void Register(SymlEntry entry, int? component)
        {
            foreach (var key in entry.Keys)
            {
                if (component is not { } at)
                {
                    continue;
                }

                byKey.TryAdd(key, at);
                // holder@file:./a.tgz::locator=…: who asks for it is no part of what is asked for.
                byKey.TryAdd(key.Split("::")[0], at);
                var name = NameOf(key);
                if (!byName.TryGetValue(name, out var same))
                {
                    byName[name] = same = [];
                }

                if (same.Count < MaximumCandidates && !same.Contains(at))
                {
                    same.Add(at);
                }
            }
        }
    }

    private static void AskWorkspace(Resolver resolver, string folder, int? component, IReadOnlyList<NodeDependency> dependencies)
    {
        foreach (var dependency in dependencies)
        {
            resolver.Ask(component, dependency, folder);
        }
    }

    /// <summary>The name and the folder of a workspace's entry in a later yarn.lock.</summary>
    private static (string? Name, string? Folder) WorkspaceOf(SymlEntry entry)
    {
        if (!entry.Properties.TryGetValue("resolution", out var resolution))
        {
            return (null, null);
        }

        var name = NameOf(resolution);
        var source = resolution.Length > name.Length ? resolution[(name.Length + 1)..] : "";
        return source.StartsWith(Workspace, StringComparison.Ordinal) ? (name, source[Workspace.Length..]) : (null, null);
    }

    private static int? AddWorkspace(NodeLockfile file, string name, string folder)
    {
        file.Members.Add(folder);
        var component = file.AddOwn(name, file.Manifest(folder)?.Version, Workspace + folder, folder);
        if (component is { } at)
        {
            file.Builder.Root(at);
        }

        return component;
    }

    // yarn 1 leaves workspaces out of its lockfile.
    private static void AddFirstWorkspaces(
        NodeLockfile file,
        Dictionary<string, int?> workspaces,
        Dictionary<string, int> byKey,
        Dictionary<string, List<int>> byName
    )
    {
        foreach (
            var folder in file.Manifest("") is { Workspaces: { Count: > 0 } patterns }
                ? file.FoldersWithManifest.Where(one => Workspaces.Match(patterns, one))
                : []
        )
        {
            if (file.Manifest(folder) is { Name: { } name } && AddWorkspace(file, name, folder) is { } component)
            {
                workspaces[folder] = component;
                byKey.TryAdd($"{name}@{Workspace}", component);
                byName.TryAdd(name, [component]);
            }
        }
    }

    private static int? Add(NodeLockfile file, SymlEntry entry)
    {
        var (asked, wanted) = Split(entry.Keys[0]);
        entry.Properties.TryGetValue("version", out var version);
        NodeSource source;
        if (entry.Properties.TryGetValue("resolution", out var resolution))
        {
            var (name, from) = Split(resolution);
            // A patch changes the registry's package; what it mends is not known.
            var isRegistry = from.StartsWith("npm:", StringComparison.Ordinal) || from.StartsWith($"patch:{name}@npm", StringComparison.Ordinal);
            source = NodeSource.Of(name, isRegistry ? null : from);
        }
        else
        {
            entry.Properties.TryGetValue("resolved", out var resolved);
            var name = NodeSource.Alias(wanted)?.Name ?? asked;
            var isLocal = resolved is null && (wanted.StartsWith("file:", StringComparison.Ordinal) || wanted.StartsWith("link:", StringComparison.Ordinal));
            source = NodeSource.Of(name, isLocal ? wanted : resolved);
        }

        return file.Add(source, version, resolution ?? $"{asked}@{version}", asked);
    }

    private static IEnumerable<NodeDependency> Own(SymlEntry entry) =>
        Own(entry, "dependencies", Need.Required).Concat(Own(entry, "optionalDependencies", Need.Optional));

    private static IEnumerable<NodeDependency> Own(SymlEntry entry, string section, Need need) =>
        entry.Sections.TryGetValue(section, out var pairs)
            ? pairs.Select(pair => new NodeDependency(pair.Name, pair.Value, entry.Optional.Contains(pair.Name) ? Need.Optional : need))
            : [];

    private static string NameOf(string key) => Split(key).Name;

    private static (string Name, string From) Split(string key)
    {
        var at = key.IndexOf('@', Math.Min(1, key.Length));
        return at < 0 ? (key, "") : (key[..at], key[(at + 1)..]);
    }

    /// <summary>Finds what a name and a range mean.</summary>
    private sealed class Resolver(NodeLockfile file, Dictionary<string, int> byKey, Dictionary<string, List<int>> byName)
    {
        private readonly IReadOnlyDictionary<string, string> resolutions =
            file.Manifest("")?.Resolutions ?? new Dictionary<string, string>(StringComparer.Ordinal);

        /// <param name="workspace">The folder of the workspace that asks; null where a package does.</param>
        public void Ask(int? from, NodeDependency dependency, string? workspace = null)
        {
            var name = dependency.Name;
            if (Find(name, dependency.Wanted) is { } found)
            {
                Link(from, found, dependency.Need);
                return;
            }

            if (dependency.IsPeer)
            {
                return;
            }

            // A range without a key of its own was replaced by a resolution, or means another workspace; else what is locked now is the best guess.
            var candidates = byName.GetValueOrDefault(name, []);
            foreach (var candidate in candidates)
            {
                Link(from, candidate, dependency.Need);
            }

            var isReplaced =
                resolutions.ContainsKey(name) || candidates.Exists(one => file.Builder[one].Origin?.StartsWith(Workspace, StringComparison.Ordinal) == true);
            if (workspace is not null && !isReplaced)
            {
                var where = workspace == "." ? "package.json" : $"{workspace}/package.json";
                file.Builder.Gap(
                    file.Path,
                    $"{where} asks for {name} {dependency.Wanted} (not locked), so it is not known what is shipped; run yarn install again"
                );
            }
            else if (candidates.Count == 0 && from is { } package && dependency.Need is Need.Required)
            {
                file.Builder.Gap(file.Place(name), $"{file.Builder[package].Package.Name} asks for it, and the lockfile has none; run yarn install again");
            }
        }

        private int? Find(string name, string wanted) =>
            Locked(name, wanted) ?? (resolutions.TryGetValue(name, out var replaced) ? Locked(name, replaced) : null);

        // Later versions write npm: before a range in keys, and some in what asks for them.
        private int? Locked(string name, string wanted) =>
            byKey.TryGetValue($"{name}@{wanted}", out var found) || byKey.TryGetValue($"{name}@npm:{wanted}", out found) ? found : null;

        private void Link(int? from, int to, Need need)
        {
            if (from is { } component)
            {
                file.Builder.Bring(component, to, need);
            }
            else
            {
                file.Builder.Root(to, need);
            }
        }
    }
}
