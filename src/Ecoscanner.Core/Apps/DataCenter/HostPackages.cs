using System.Collections.Frozen;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Java;

namespace Ecoscanner.Apps.DataCenter;

/// <summary>What bundles import and do not hold: their host brings it, whatever a pom says.</summary>
internal sealed class HostPackages
{
    // A manifest of the app says it, and is no library.
    private const string ManifestPlace = "META-INF/MANIFEST.MF";

    private static readonly Lazy<FrozenDictionary<string, string>> Libraries = new(Load);

    private readonly SortedDictionary<string, (string Place, string Header)> packages = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (string Place, string Header)> required = new(StringComparer.Ordinal);

    public HostPackages(IReadOnlyList<(JarNode Node, IReadOnlyDictionary<string, string>? Instructions)> bundles)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (node, _) in bundles)
        {
            Hold(node, held);
            names.Add(node.Facts.Manifest.SymbolicName ?? "");
        }

        foreach (var (node, instructions) in bundles)
        {
            var (imported, bundlesRequired) = PluginJar.Imports(node, instructions);
            Take(packages, imported.Where(clause => !held.Contains(clause.Path)), node, "Import-Package");
            Take(required, bundlesRequired.Where(clause => !names.Contains(clause.Path)), node, "Require-Bundle");
        }
    }

    public IReadOnlyList<string> Names => [.. packages.Keys];

    /// <summary>The libraries that these packages are known to come from; none has a version, as the host chooses it.</summary>
    public IReadOnlyList<Component> Components() =>
        [
            .. packages
                .Concat(required)
                .Select(wanted => (Library: Bringing(wanted.Key), wanted.Value.Place, Says: $"{wanted.Value.Header}: {wanted.Key}"))
                .Where(wanted => wanted.Library is not null)
                .GroupBy(wanted => wanted.Library!, StringComparer.Ordinal)
                .Select(library => new Component
                {
                    Package = new PackageUrl(Ecosystem.Maven, library.Key, null),
                    Placement = Placement.HostProvided,
                    Confidence = Confidence.Medium,
                    Places = [.. library.Select(wanted => wanted.Place).Distinct(StringComparer.Ordinal)],
                    Clues = [.. library.Select(wanted => new Clue(ClueKind.Manifest, wanted.Says))],
                }),
        ];

    /// <summary>The library of the longest known package above this one; bundles are called as their packages are. Null where none is known.</summary>
    private static string? Bringing(string package)
    {
        for (var root = package; root.Length > 0; root = root.LastIndexOf('.') is > 0 and var dot ? root[..dot] : "")
        {
            if (Libraries.Value.TryGetValue(root, out var library))
            {
                return library;
            }
        }

        return null;
    }

    private static FrozenDictionary<string, string> Load()
    {
        using var reader = new StreamReader(typeof(HostPackages).Assembly.GetManifestResourceStream("host-packages.tsv")!);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split('\t'))
            .ToFrozenDictionary(cells => cells[0], cells => cells[1], StringComparer.Ordinal);
    }

    private static void Take(SortedDictionary<string, (string, string)> taken, IEnumerable<OsgiClause> clauses, JarNode node, string header)
    {
        foreach (var clause in clauses)
        {
            taken.TryAdd(clause.Path, ($"{node.Place}!/{ManifestPlace}", header));
        }
    }

    // As deep as archives are read, which has its limit.
    private static void Hold(JarNode node, HashSet<string> held)
    {
        held.UnionWith(node.Facts.Roots.Folders.Keys.Select(folder => folder.Replace('/', '.')));
        foreach (var child in node.Children)
        {
            Hold(child, held);
        }
    }
}
