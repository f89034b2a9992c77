using System.Text.Json;

namespace Ecoscanner.Packages.Node;

/// <summary>Reads package-lock.json and npm-shrinkwrap.json of lockfile versions 1 to 3 (npm docs, package-lock-json).</summary>
internal static class PackageLock
{
    private const int MaximumVersion = 3;

    // Version 1 nests packages in packages, two levels for each.
    private const int MaximumDepth = 2 * NodeModules.MaximumNesting + 16;

    public static void Read(NodeLockfile file, byte[] bytes) =>
        file.Guard(() =>
        {
            // Version 2 holds the same twice, and only the newer form tells all.
            var hasPackages = HasPackages(bytes);
            var modules = new NodeModules(file.Builder, file.Path);
            try
            {
                var reader = JsonTokens.Reader(bytes, MaximumDepth);
                if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                {
                    throw new JsonException();
                }

                while (JsonTokens.Property(ref reader, out var name))
                {
                    if (name == "packages" && hasPackages)
                    {
                        ReadPackages(file, modules, ref reader);
                    }
                    else if (name == "dependencies" && !hasPackages)
                    {
                        ReadNested(file, modules, ref reader, NodeModules.Root);
                    }
                    else if (name == "lockfileVersion")
                    {
                        file.CheckVersion(JsonTokens.Number(ref reader), MaximumVersion);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            finally
            {
                if (hasPackages)
                {
                    file.CompareAtLast();
                }
                else
                {
                    AskFirstVersion(file, modules);
                }

                modules.Resolve();
            }
        });

    private static bool HasPackages(byte[] bytes)
    {
        var reader = JsonTokens.Reader(bytes, MaximumDepth);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (JsonTokens.Property(ref reader, out var name))
        {
            if (name == "packages")
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static void ReadPackages(NodeLockfile file, NodeModules modules, ref Utf8JsonReader reader)
    {
        if (!JsonTokens.IsObject(ref reader))
        {
            return;
        }

        while (JsonTokens.Property(ref reader, out var path))
        {
            var entry = new Entry();
            if (JsonTokens.IsObject(ref reader))
            {
                while (JsonTokens.Property(ref reader, out var name))
                {
                    entry.Read(name, ref reader);
                }
            }

            if (modules.At(path) is not { } folder)
            {
                file.Builder.Gap(file.Place("node_modules"), $"a package lies below {NodeModules.MaximumNesting} others, and was left out");
            }
            else if (modules.Holds(folder))
            {
                file.Builder.Gap(file.Place(path), "it stands twice, and the first was taken");
            }
            else
            {
                Put(file, modules, folder, path, entry);
            }
        }
    }

    private static void Put(NodeLockfile file, NodeModules modules, int folder, string path, Entry entry)
    {
        if (folder == NodeModules.Root)
        {
            file.Compare("", entry.Dependencies.All(isTop: true));
            modules.Ask(folder, entry.Dependencies.All(isTop: true));
        }
        else if (entry.IsLink)
        {
            modules.Link(folder, entry.Resolved ?? "");
        }
        else if (LastName(path) is { } name)
        {
            if (file.Add(NodeSource.Of(entry.Name ?? name, entry.Resolved), entry.Version, path, name) is { } component)
            {
                modules.Put(folder, component);
                modules.Ask(folder, entry.Dependencies.All(isTop: false));
            }
        }
        else
        {
            // A workspace, or a folder that is linked to.
            file.Members.Add(path);
            var manifest = file.Manifest(path);
            var isWorkspace = file.Manifest("") is not { } root || Workspaces.Match(root.Workspaces, path);
            var own = entry.Name ?? manifest?.Name ?? Path.GetFileName(path);
            if (file.AddOwn(own, entry.Version ?? manifest?.Version, $"{(isWorkspace ? "workspace" : "file")}:{path}", path) is { } component)
            {
                modules.Put(folder, component);
                modules.Ask(folder, entry.Dependencies.All(isTop: true));
                if (isWorkspace)
                {
                    file.Builder.Root(component);
                    file.Compare(path, entry.Dependencies.All(isTop: true));
                }
            }
        }
    }

    /// <summary>The name of the package in a folder of packages; null for another folder.</summary>
    private static string? LastName(string path)
    {
        const string Folder = "node_modules/";
        var at = path.LastIndexOf(Folder, StringComparison.Ordinal);
        return at == 0 || (at > 0 && path[at - 1] == '/') ? path[(at + Folder.Length)..] : null;
    }

    // The reader's depth ends it.
    private static void ReadNested(NodeLockfile file, NodeModules modules, ref Utf8JsonReader reader, int parent)
    {
        if (!JsonTokens.IsObject(ref reader))
        {
            return;
        }

        while (JsonTokens.Property(ref reader, out var name))
        {
            if (!JsonTokens.IsObject(ref reader) || modules.Child(parent, name) is not { } folder)
            {
                continue;
            }

            var entry = new Entry();
            while (JsonTokens.Property(ref reader, out var key))
            {
                if (key == "dependencies")
                {
                    ReadNested(file, modules, ref reader, folder);
                }
                else
                {
                    entry.Read(key, ref reader);
                }
            }

            PutFirstVersion(file, modules, folder, name, entry);
        }
    }

    private static void PutFirstVersion(NodeLockfile file, NodeModules modules, int folder, string name, Entry entry)
    {
        // Where it is no version of the registry's, this version says where the package comes from.
        var (source, version) =
            entry.Version is not { } text ? (new NodeSource(name, entry.Resolved), null)
            : NodeSource.Alias(text) is { } alias ? (NodeSource.Of(alias.Name, entry.Resolved), alias.Wanted)
            : text.Contains(':', StringComparison.Ordinal) ? (NodeSource.Of(name, text), (string?)null)
            : (NodeSource.Of(name, entry.Resolved), text);
        if (modules.Holds(folder))
        {
            file.Builder.Gap(file.Place(modules.PathOf(folder)), "it stands twice, and the first was taken");
        }
        else if (file.Add(source, version, modules.PathOf(folder), name) is { } component)
        {
            modules.Put(folder, component);
            modules.Ask(folder, entry.Requires);
            modules.Note(
                folder,
                entry.IsDevelopment ? Need.Development
                    : entry.IsOptional ? Need.Optional
                    : Need.Required
            );
        }
    }

    private static void AskFirstVersion(NodeLockfile file, NodeModules modules)
    {
        if (file.Manifest("") is { } manifest)
        {
            modules.Ask(NodeModules.Root, manifest.Dependencies);
            return;
        }

        // Version 1 leaves what the app asks for to package.json.
        file.Builder.Gap(file.Path, "there is no package.json beside it, so what the app asks for itself is guessed; add it");
        modules.AskForTheUnasked();
    }

    /// <summary>A package's properties, in all versions.</summary>
    private sealed class Entry
    {
        public string? Name { get; private set; }

        public string? Version { get; private set; }

        public string? Resolved { get; private set; }

        public bool IsLink { get; private set; }

        public bool IsDevelopment { get; private set; }

        public bool IsOptional { get; private set; }

        public List<NodeDependency> Requires { get; } = [];

        public NodeDependencies Dependencies { get; } = new();

        public void Read(string key, ref Utf8JsonReader reader)
        {
            switch (key)
            {
                case "name":
                    Name = JsonTokens.Text(ref reader);
                    break;
                case "version":
                    Version = JsonTokens.Text(ref reader);
                    break;
                case "resolved":
                    Resolved = JsonTokens.Text(ref reader);
                    break;
                case "link":
                    IsLink = JsonTokens.Flag(ref reader);
                    break;
                case "dev":
                    IsDevelopment = JsonTokens.Flag(ref reader);
                    break;
                case "optional":
                    IsOptional = JsonTokens.Flag(ref reader);
                    break;
                case "requires":
                    // The newest versions of 1 write true where the lockfile as a whole does.
                    JsonTokens.Dependencies(ref reader, Need.Required, Requires);
                    break;
                default:
                    if (!Dependencies.Read(key, ref reader))
                    {
                        reader.Skip();
                    }

                    break;
            }
        }
    }
}
