using System.Text.Json;

namespace Ecoscanner.Packages.Node;

/// <summary>Reads bun.lock, the text that bun writes since 1.2 (bun docs, lockfile).</summary>
internal static class BunLock
{
    private const int MaximumVersion = 1;

    private const int MaximumDepth = 64;

    public static void Read(NodeLockfile file, byte[] bytes) =>
        file.Guard(() =>
        {
            var modules = new NodeModules(file.Builder, file.Path);
            try
            {
                var reader = JsonTokens.Reader(bytes, MaximumDepth);
                if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                {
                    throw new JsonException();
                }

                var workspaces = new Dictionary<string, Entry>(StringComparer.Ordinal);
                while (JsonTokens.Property(ref reader, out var name))
                {
                    switch (name)
                    {
                        case "workspaces" when JsonTokens.IsObject(ref reader):
                            ReadWorkspaces(file, modules, ref reader, workspaces);
                            break;
                        case "packages" when JsonTokens.IsObject(ref reader):
                            ReadPackages(file, modules, ref reader, workspaces);
                            break;
                        case "workspaces" or "packages":
                            break;
                        case "lockfileVersion":
                            file.CheckVersion(JsonTokens.Number(ref reader), MaximumVersion);
                            break;
                        default:
                            reader.Skip();
                            break;
                    }
                }
            }
            finally
            {
                file.CompareAtLast();
                modules.Resolve();
            }
        });

    private static void ReadWorkspaces(NodeLockfile file, NodeModules modules, ref Utf8JsonReader reader, Dictionary<string, Entry> workspaces)
    {
        while (JsonTokens.Property(ref reader, out var path))
        {
            var entry = Entry.Of(ref reader);
            file.Compare(path, entry.Dependencies.All(isTop: true));
            if (path.Length == 0)
            {
                modules.Ask(NodeModules.Root, entry.Dependencies.All(isTop: true));
                continue;
            }

            file.Members.Add(path);
            // Folders of its packages begin with its name.
            if (entry.Name is { } name && modules.Child(NodeModules.Root, name) is { } folder && !modules.Holds(folder))
            {
                workspaces[name] = entry;
                if (file.AddOwn(name, entry.Version, $"workspace:{path}", path) is { } component)
                {
                    modules.Put(folder, component);
                    modules.Ask(folder, entry.Dependencies.All(isTop: true));
                    file.Builder.Root(component);
                }
            }
        }
    }

    private static void ReadPackages(NodeLockfile file, NodeModules modules, ref Utf8JsonReader reader, Dictionary<string, Entry> workspaces)
    {
        while (JsonTokens.Property(ref reader, out var key))
        {
            if (reader.TokenType is not JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            string? identity = null;
            Entry? entry = null;
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.StartObject)
                {
                    entry = Entry.Of(ref reader);
                }
                else
                {
                    var text = JsonTokens.Text(ref reader);
                    identity ??= text;
                }
            }

            if (workspaces.ContainsKey(key))
            {
                continue;
            }

            if (Folder(modules, key) is not { } folder)
            {
                file.Builder.Gap(file.Place("packages"), $"a package lies below {NodeModules.MaximumNesting} others, and was left out");
            }
            else if (modules.Holds(folder))
            {
                file.Builder.Gap(file.Place(key), "it stands twice, and the first was taken");
            }
            else
            {
                Put(file, modules, folder, key, identity ?? "", entry);
            }
        }
    }

    private static void Put(NodeLockfile file, NodeModules modules, int folder, string key, string identity, Entry? entry)
    {
        // name@1.0.0, name@file:local, name@./a.tgz, name@github:owner/name#commit
        var at = identity.IndexOf('@', Math.Min(1, identity.Length));
        var name = at > 0 ? identity[..at] : identity;
        var version = at > 0 ? identity[(at + 1)..] : "";
        var isRegistry = version.Length > 0 && char.IsAsciiDigit(version[0]) && version.AsSpan().IndexOfAny(':', '/') < 0;
        var source = isRegistry ? new NodeSource(name, null) : NodeSource.Of(name, version.Length > 0 ? version : "nowhere");
        if (
            file.Add(source, isRegistry ? version : null, key, key[(key.LastIndexOf(name, StringComparison.Ordinal) is > 0 and var from ? from : 0)..]) is
            { } component
        )
        {
            modules.Put(folder, component);
            modules.Ask(folder, entry?.Dependencies.All(isTop: false) ?? []);
        }
    }

    /// <summary>Keys are names with those of the folders above before them, and a scope is part of a name: <c>a/@scope/b/c</c>.</summary>
    private static int? Folder(NodeModules modules, string key)
    {
        int? at = NodeModules.Root;
        for (var start = 0; start <= key.Length && at is not null; )
        {
            var end = key.IndexOf('/', start);
            if (end >= 0 && key[start] == '@')
            {
                end = key.IndexOf('/', end + 1);
            }

            at = modules.Child(at.Value, end < 0 ? key[start..] : key[start..end]);
            start = end < 0 ? key.Length + 1 : end + 1;
        }

        return at;
    }

    private sealed class Entry
    {
        public string? Name { get; private set; }

        public string? Version { get; private set; }

        public NodeDependencies Dependencies { get; } = new();

        public static Entry Of(ref Utf8JsonReader reader)
        {
            var entry = new Entry();
            if (!JsonTokens.IsObject(ref reader))
            {
                return entry;
            }

            while (JsonTokens.Property(ref reader, out var key))
            {
                switch (key)
                {
                    case "name":
                        entry.Name = JsonTokens.Text(ref reader);
                        break;
                    case "version":
                        entry.Version = JsonTokens.Text(ref reader);
                        break;
                    default:
                        if (!entry.Dependencies.Read(key, ref reader))
                        {
                            reader.Skip();
                        }

                        break;
                }
            }

            return entry;
        }
    }
}
