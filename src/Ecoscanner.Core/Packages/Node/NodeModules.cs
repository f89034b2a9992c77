namespace Ecoscanner.Packages.Node;

/// <summary>Where packages lie below <c>node_modules</c> folders, and which of them a name means in each: the nearest one up the folders.</summary>
internal sealed class NodeModules(InventoryBuilder builder, string lockfile)
{
    /// <summary>The app's own folder.</summary>
    public const int Root = 0;

    /// <summary>Real trees end before 20; a deeper one is made to hurt, and each name is looked for in every folder above.</summary>
    public const int MaximumNesting = 100;

    private const string Between = "/node_modules/";

    // A link leads to a folder, and never on.
    private const int MaximumLinks = 4;

    private readonly List<Folder> folders = [new Folder(Root, "", 0)];
    private readonly Dictionary<(int Parent, string Name), int> children = [];
    private readonly Dictionary<string, int> directories = new(StringComparer.Ordinal) { [""] = Root };

    /// <summary>The folder of a package below another one's.</summary>
    /// <returns>Null where it lies too deep.</returns>
    public int? Child(int parent, string name)
    {
        if (children.TryGetValue((parent, name), out var known))
        {
            return known;
        }

        var depth = folders[parent].Depth + 1;
        if (depth > MaximumNesting)
        {
            return null;
        }

        folders.Add(new Folder(parent, name, depth));
        return children[(parent, name)] = folders.Count - 1;
    }

    /// <summary>The folder of a path such as <c>packages/a/node_modules/b</c>.</summary>
    /// <returns>Null where it lies too deep.</returns>
    public int? At(string path)
    {
        var start = path.StartsWith(Between[1..], StringComparison.Ordinal) ? 0 : path.IndexOf(Between, StringComparison.Ordinal) + 1;
        if (start == 0 && !path.StartsWith(Between[1..], StringComparison.Ordinal))
        {
            return Directory(path);
        }

        int? at = Directory(start == 0 ? "" : path[..(start - 1)]);
        for (var from = start + Between.Length - 1; at is not null; )
        {
            var end = path.IndexOf(Between, from, StringComparison.Ordinal);
            at = Child(at.Value, end < 0 ? path[from..] : path[from..end]);
            if (end < 0)
            {
                break;
            }

            from = end + Between.Length;
        }

        return at;
    }

    public void Put(int folder, int component) => folders[folder].Component = component;

    /// <summary>Makes a folder stand for another.</summary>
    public void Link(int folder, string path) => folders[folder].Target = path;

    /// <summary>What the package in a folder asks for.</summary>
    public void Ask(int folder, IEnumerable<NodeDependency> dependencies) => folders[folder].Dependencies = [.. dependencies];

    /// <summary>Remembers how a package is needed by what the lockfile says, for <see cref="AskForTheUnasked"/>.</summary>
    public void Note(int folder, Need need) => folders[folder].Noted = need;

    /// <summary>Lets the app ask for each package of its own folder that no other one asks for.</summary>
    public void AskForTheUnasked()
    {
        var asked = folders.SelectMany(folder => folder.Dependencies ?? []).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        Ask(
            Root,
            folders
                .Skip(1)
                .Where(one => one.Parent == Root && one.Component is not null && !asked.Contains(one.Name))
                .Select(one => new NodeDependency(one.Name, "", one.Noted))
        );
    }

    /// <summary>The folder as npm writes it: <c>node_modules/a/node_modules/b</c>.</summary>
    public string PathOf(int folder)
    {
        var names = new Stack<string>();
        for (var at = folder; at != Root; at = folders[at].Parent)
        {
            names.Push(folders[at].Name);
        }

        return Between[1..] + string.Join(Between, names);
    }

    /// <summary>Whether something lies there.</summary>
    public bool Holds(int folder) => folders[folder] is { Component: not null } or { Target: not null };

    /// <summary>Finds what every name means, and tells the builder.</summary>
    public void Resolve()
    {
        foreach (var (path, at) in directories)
        {
            folders[at].Parent = Above(path);
        }

        for (var at = 0; at < folders.Count; at++)
        {
            var folder = folders[at];
            foreach (var dependency in folder.Dependencies ?? [])
            {
                if (at != Root && folder.Component is null)
                {
                    continue;
                }

                if (Find(at, dependency.Name) is not { } target)
                {
                    Miss(folder, dependency);
                }
                else if (folder.Component is { } component)
                {
                    builder.Bring(component, target, dependency.Need);
                }
                else
                {
                    builder.Root(target, dependency.Need);
                }
            }
        }
    }

    private int? Find(int from, string name)
    {
        for (var (at, steps) = (from, 0); steps <= MaximumNesting + 1; at = folders[at].Parent, steps++)
        {
            if (children.TryGetValue((at, name), out var found) && Component(found) is { } component)
            {
                return component;
            }

            if (at == Root)
            {
                break;
            }
        }

        return null;
    }

    private int? Component(int folder)
    {
        for (var links = 0; links < MaximumLinks; links++)
        {
            if (folders[folder].Target is not { } target)
            {
                return folders[folder].Component;
            }

            if (!directories.TryGetValue(target, out folder))
            {
                return null;
            }
        }

        return null;
    }

    private void Miss(Folder folder, NodeDependency dependency)
    {
        // A peer is somebody else's to bring, and may be left out by the manager's settings.
        var isAsked = dependency.Need is Need.Required || (folder == folders[Root] && dependency.Need is Need.Development);
        if (isAsked && !dependency.IsPeer)
        {
            var whose = folder.Component is { } component ? builder[component].Package.Name : "package.json";
            builder.Gap($"{lockfile}#{dependency.Name}", $"{whose} asks for it, and the lockfile has none; run the install of the package manager again");
        }
    }

    private int Directory(string path)
    {
        if (!directories.TryGetValue(path, out var known))
        {
            folders.Add(new Folder(Root, path, 0));
            directories[path] = known = folders.Count - 1;
        }

        return known;
    }

    private int Above(string path)
    {
        for (var cut = path.LastIndexOf('/'); cut > 0; cut = path.LastIndexOf('/', cut - 1))
        {
            if (directories.TryGetValue(path[..cut], out var above))
            {
                return above;
            }
        }

        return Root;
    }

    private sealed class Folder(int parent, string name, int depth)
    {
        public int Parent { get; set; } = parent;

        public string Name { get; } = name;

        public int Depth { get; } = depth;

        public int? Component { get; set; }

        public string? Target { get; set; }

        public Need Noted { get; set; }

        public NodeDependency[]? Dependencies { get; set; }
    }
}
