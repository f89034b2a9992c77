using System.Text;
using YamlDotNet.Core;

namespace Ecoscanner.Packages.Node;

/// <summary>Reads pnpm-lock.yaml of lockfile versions 5 to 9, which pnpm 3 to 12 write (pnpm/spec, lockfile).</summary>
internal static class PnpmLock
{
    private const string OwnFolder = ".";
    private const string LinkPrefix = "link:";
    private const int MaximumVersion = 9;

    public static void Read(NodeLockfile file, byte[] bytes)
    {
        var content = new Content();
        try
        {
            using var text = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
            var yaml = new YamlWalk(text);
            // Where there are two documents, the first is what pnpm itself needs.
            yaml.Documents(() =>
            {
                content = new Content();
                Read(yaml, content);
            });
        }
        catch (YamlException e)
        {
            var line = e.Start.Line > 0 ? $" from line {e.Start.Line} on" : "";
            file.Builder.Gap(file.Path, $"it is no YAML that pnpm writes{line}, and what follows was left out; run pnpm install again");
        }

        file.CheckVersion(content.Version, MaximumVersion);
        Put(file, content);
    }

    private static void Read(YamlWalk yaml, Content content) =>
        yaml.Map(key =>
        {
            switch (key)
            {
                case "importers":
                    yaml.Map(folder =>
                    {
                        var importer = content.Importer(folder);
                        yaml.Map(list => ReadImporter(yaml, importer, list));
                    });
                    break;
                case "packages":
                    yaml.Map(path =>
                    {
                        var package = content.Package(path);
                        yaml.Map(property => ReadPackage(yaml, package, property));
                    });
                    break;
                case "snapshots":
                    yaml.Map(path =>
                    {
                        var snapshot = new Package();
                        content.Snapshots.TryAdd(path, snapshot);
                        yaml.Map(property => ReadPackage(yaml, snapshot, property));
                    });
                    break;
                case "overrides":
                    // a, a@^1 or b>a
                    yaml.Map(name =>
                    {
                        content.Overridden.Add(Split(name.Split('>')[^1]).Name);
                        yaml.Skip();
                    });
                    break;
                case "lockfileVersion":
                    content.Version = yaml.Text();
                    break;
                case "specifiers" or "dependencies" or "devDependencies" or "optionalDependencies":
                    // One project alone has its lists at the top.
                    ReadImporter(yaml, content.Importer(OwnFolder), key);
                    break;
                default:
                    yaml.Skip();
                    break;
            }
        });

    private static void ReadImporter(YamlWalk yaml, Importer importer, string list)
    {
        if (list == "specifiers")
        {
            yaml.Map(name => importer.Wanted.TryAdd(name, yaml.Text() ?? ""));
        }
        else if (NeedOf(list) is { } need)
        {
            yaml.Map(name =>
            {
                if (!yaml.IsMap)
                {
                    importer.Locked.Add(new NodeDependency(name, yaml.Text() ?? "", need));
                    return;
                }

                var (version, specifier) = ("", "");
                yaml.Map(property =>
                {
                    var value = yaml.Text() ?? "";
                    version = property == "version" ? value : version;
                    specifier = property == "specifier" ? value : specifier;
                });
                importer.Locked.Add(new NodeDependency(name, version, need));
                importer.Wanted.TryAdd(name, specifier);
            });
        }
        else
        {
            yaml.Skip();
        }
    }

    private static void ReadPackage(YamlWalk yaml, Package package, string property)
    {
        switch (property)
        {
            case "dependencies" or "optionalDependencies":
                var need = NeedOf(property)!.Value;
                yaml.Map(name => package.Dependencies.Add(new NodeDependency(name, yaml.Text() ?? "", need)));
                break;
            case "name":
                package.Name = yaml.Text();
                break;
            case "version":
                package.Version = yaml.Text();
                break;
            case "bundledDependencies":
                package.Bundled = yaml.Texts();
                break;
            case "peerDependenciesMeta":
                yaml.Map(name =>
                    yaml.Map(key =>
                    {
                        if (yaml.Text() == "true" && key == "optional")
                        {
                            package.OptionalPeers.Add(name);
                        }
                    })
                );
                break;
            case "resolution":
                yaml.Map(key =>
                {
                    var value = yaml.Text();
                    package.Origin = key switch
                    {
                        "tarball" => value,
                        "repo" => $"git+{value}",
                        "directory" => $"file:{value}",
                        _ => package.Origin,
                    };
                });
                break;
            default:
                yaml.Skip();
                break;
        }
    }

    private static Need? NeedOf(string list) =>
        list switch
        {
            "dependencies" => Need.Required,
            "optionalDependencies" => Need.Optional,
            "devDependencies" => Need.Development,
            _ => null,
        };

    private static void Put(NodeLockfile file, Content content)
    {
        // From version 9 on, what is resolved stands in snapshots, and what it is in packages, without the peers in its key.
        var isSplit = content.Snapshots.Count > 0;
        var components = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, _) in isSplit ? content.Snapshots : content.Packages)
        {
            var about = content.About(key);
            if (Add(file, key, about) is { } component)
            {
                components.TryAdd(key, component);
            }

            foreach (var bundled in about.Bundled)
            {
                file.Builder.Gap(
                    file.Place(key),
                    $"it brings {NodeLockfile.Shown(bundled)} inside its own archive, and the lockfile does not tell which version"
                );
            }
        }

        foreach (var folder in content.Importers.Keys.Where(folder => folder != OwnFolder))
        {
            file.Members.Add(folder);
            var manifest = file.Manifest(folder);
            if (file.AddOwn(manifest?.Name, manifest?.Version, $"workspace:{folder}", folder) is { } component)
            {
                components.TryAdd(LinkPrefix + folder, component);
                file.Builder.Root(component);
            }
        }

        foreach (var (key, package) in isSplit ? content.Snapshots : content.Packages)
        {
            if (components.TryGetValue(key, out var component))
            {
                var optional = content.About(key).OptionalPeers;
                Link(file, components, component, "", package.Dependencies.Where(one => !optional.Contains(one.Name)), key);
            }
        }

        if (!content.Importers.ContainsKey(OwnFolder))
        {
            file.CompareAtLast();
        }

        foreach (var (folder, importer) in content.Importers)
        {
            Link(file, components, components.TryGetValue(LinkPrefix + folder, out var member) ? member : null, folder, importer.Locked, folder);
            file.Compare(
                folder == OwnFolder ? "" : folder,
                importer.Wanted.Select(one => new NodeDependency(one.Key, one.Value, Need.Required)),
                content.Overridden
            );
        }
    }

    private static int? Add(NodeLockfile file, string key, Package about)
    {
        var (name, version) = Split(key);
        var source = NodeSource.Of(about.Name ?? name, about.Origin);
        version = about.Version ?? version;
        return file.Add(source, version.AsSpan().IndexOfAny(':', '/') < 0 && version.Length > 0 ? version : null, key, source.Name);
    }

    private static void Link(
        NodeLockfile file,
        Dictionary<string, int> components,
        int? from,
        string folder,
        IEnumerable<NodeDependency> dependencies,
        string key
    )
    {
        foreach (var (name, locked, need, _) in dependencies)
        {
            if (Find(components, folder, name, locked) is not { } to)
            {
                // A link out of the workspaces leads to a folder that the lockfile says nothing of.
                var what = locked.StartsWith(LinkPrefix, StringComparison.Ordinal)
                    ? "it is a folder whose dependencies the lockfile does not have"
                    : "the lockfile has none";
                if (need is Need.Required)
                {
                    file.Builder.Gap(file.Place(NodeLockfile.Shown(name)), $"{NodeLockfile.Shown(key)} asks for it, and {what}; run pnpm install again");
                }
            }
            else if (from is { } component)
            {
                file.Builder.Bring(component, to, need);
            }
            else
            {
                file.Builder.Root(to, need);
            }
        }
    }

    private static int? Find(Dictionary<string, int> components, string folder, string name, string locked)
    {
        if (locked.StartsWith(LinkPrefix, StringComparison.Ordinal))
        {
            return Joined(folder, locked[LinkPrefix.Length..]) is { } target && components.TryGetValue(LinkPrefix + target, out var linked) ? linked : null;
        }

        // The whole key for aliases and files; else the version alone, whose key each version of lockfiles makes in its own way.
        return
            components.TryGetValue(locked, out var found)
            || components.TryGetValue($"{name}@{locked}", out found)
            || components.TryGetValue($"/{name}@{locked}", out found)
            || components.TryGetValue($"/{name}/{locked}", out found)
            ? found
            : null;
    }

    /// <summary>A path from a folder, without dots; null where it leads out.</summary>
    private static string? Joined(string folder, string path)
    {
        var parts = new List<string>();
        foreach (var part in $"{folder}/{path}".Split('/').Where(part => part is not ("" or OwnFolder)))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                return null;
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>Name and version of <c>/name/1.0.0_peers</c>, <c>/@scope/name@1.0.0(peers)</c> and <c>name@file:path</c>.</summary>
    private static (string Name, string Version) Split(string key)
    {
        var text = WithoutPeers(key);
        var isOld = text.StartsWith('/');
        text = text.TrimStart('/');
        var at = text.IndexOf('@', Math.Min(1, text.Length));
        if (
            at > 0
            && !(isOld && text.IndexOf('/', text.StartsWith('@') ? text.IndexOf('/', StringComparison.Ordinal) + 1 : 0) is > 0 and var before && before < at)
        )
        {
            return (text[..at], text[(at + 1)..]);
        }

        // Version 5 sets names apart by slashes, and peers by an underscore.
        var slash = text.IndexOf('/', text.StartsWith('@') ? text.IndexOf('/', StringComparison.Ordinal) + 1 : 0);
        return slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..].Split('_', '/')[0]);
    }

    private static string WithoutPeers(string key) => key.IndexOf('(', StringComparison.Ordinal) is > 0 and var peers ? key[..peers] : key;

    private sealed class Importer
    {
        public List<NodeDependency> Locked { get; } = [];

        public Dictionary<string, string> Wanted { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Package
    {
        public static readonly Package Unknown = new();

        public string? Name { get; set; }

        public string? Version { get; set; }

        public string? Origin { get; set; }

        public List<NodeDependency> Dependencies { get; } = [];

        public List<string> Bundled { get; set; } = [];

        public HashSet<string> OptionalPeers { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Content
    {
        public Dictionary<string, Importer> Importers { get; } = new(StringComparer.Ordinal);

        public string? Version { get; set; }

        /// <summary>What the lockfile says the app wants, is then not what package.json says.</summary>
        public HashSet<string> Overridden { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Package> Packages { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Package> Snapshots { get; } = new(StringComparer.Ordinal);

        public Importer Importer(string folder) => Importers.TryGetValue(folder, out var known) ? known : Importers[folder] = new Importer();

        public Package Package(string key) => Packages.TryGetValue(key, out var known) ? known : Packages[key] = new Package();

        public Package About(string key) => Packages.GetValueOrDefault(key) ?? Packages.GetValueOrDefault(WithoutPeers(key)) ?? PnpmLock.Package.Unknown;
    }
}
