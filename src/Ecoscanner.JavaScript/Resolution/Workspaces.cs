namespace Ecoscanner.JavaScript.Resolution;

/// <summary>The packages of a monorepo by name, from <c>workspaces</c> of package.json, pnpm-workspace.yaml and lerna.json.</summary>
internal sealed class Workspaces(IModuleFiles files, PackageManifests manifests)
{
    // Directories looked into for all monorepos of a tree: each directory can claim to be one.
    private const int MaximumDirectories = 100_000;

    // Levels that `**` stands for.
    private const int MaximumDepth = 8;

    // Patterns of one monorepo.
    private const int MaximumPatterns = 200;

    private readonly Dictionary<string, Dictionary<string, string>> packages = new(StringComparer.Ordinal);
    private int budget = MaximumDirectories;

    /// <summary>The directory of a package, seen from another directory; null where no monorepo above has one of that name.</summary>
    public string? Find(string name, string directory) =>
        ModulePath.Upwards(directory).Select(root => In(root).GetValueOrDefault(name)).FirstOrDefault(found => found is not null);

    private Dictionary<string, string> In(string root)
    {
        if (packages.TryGetValue(root, out var known))
        {
            return known;
        }

        var patterns = Patterns(root).Take(MaximumPatterns).Select(pattern => pattern.Trim().TrimEnd('/')).ToList();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pattern in patterns)
        {
            var isExclusion = pattern.StartsWith('!');
            var segments = pattern.TrimStart('!').Split('/').Where(segment => segment is not ("" or ".")).ToArray();
            var matched = new HashSet<string>(StringComparer.Ordinal);
            if (segments.Length > 0 && !segments.Contains("..", StringComparer.Ordinal))
            {
                Expand(root, segments, 0, matched);
            }

            if (isExclusion)
            {
                found.ExceptWith(matched);
            }
            else
            {
                found.UnionWith(matched);
            }
        }

        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var package in found)
        {
            if (manifests.In(package)?.Name is { Length: > 0 } name)
            {
                named.TryAdd(name, package);
            }
        }

        return packages[root] = named;
    }

    private IEnumerable<string> Patterns(string root)
    {
        foreach (var pattern in manifests.In(root)?.Workspaces ?? [])
        {
            yield return pattern;
        }

        var lerna = ModulePath.Join(root, "lerna.json");
        if (files.KindOf(lerna) == FileKind.File)
        {
            using var document = JsonFile.Read(files, lerna, out _);
            foreach (var pattern in document?.RootElement.Texts("packages") ?? [])
            {
                yield return pattern;
            }
        }

        foreach (var pattern in PnpmPatterns(ModulePath.Join(root, "pnpm-workspace.yaml")))
        {
            yield return pattern;
        }
    }

    /// <summary>The list below <c>packages:</c>, which is all that the file's YAML has in practice.</summary>
    private IEnumerable<string> PnpmPatterns(string path) =>
        files.KindOf(path) == FileKind.File
            ? files
                .Read(path, JsonFile.MaximumBytes)
                .Text.Split('\n')
                .SkipWhile(line => !line.StartsWith("packages:", StringComparison.Ordinal))
                .Skip(1)
                .Select(line => line.Trim())
                .Where(line => line.Length > 0 && !line.StartsWith('#'))
                .TakeWhile(line => line.StartsWith('-'))
                .Select(line => line[1..].Split(" #")[0].Trim().Trim('\'', '"'))
            : [];

    private void Expand(string directory, string[] segments, int at, HashSet<string> matched, int depth = 0)
    {
        if (budget-- <= 0 || depth > MaximumDepth + segments.Length || files.KindOf(directory) != FileKind.Directory)
        {
            return;
        }

        if (at == segments.Length)
        {
            matched.Add(directory);
            return;
        }

        var segment = segments[at];
        if (!segment.Contains('*', StringComparison.Ordinal))
        {
            Expand(ModulePath.Join(directory, segment), segments, at + 1, matched, depth + 1);
            return;
        }

        if (segment == "**")
        {
            Expand(directory, segments, at + 1, matched, depth + 1);
        }

        foreach (var name in files.Entries(directory))
        {
            if (name is "node_modules" || name.StartsWith('.') || !Matches(segment, name))
            {
                continue;
            }

            Expand(ModulePath.Join(directory, name), segments, segment == "**" ? at : at + 1, matched, depth + 1);
        }
    }

    private static bool Matches(string pattern, string name) =>
        pattern == "**" || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
