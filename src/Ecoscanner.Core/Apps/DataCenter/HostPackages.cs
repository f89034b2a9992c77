using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Java;

namespace Ecoscanner.Apps.DataCenter;

/// <summary>What bundles import and do not hold: their host brings it, whatever a pom says.</summary>
internal sealed class HostPackages
{
    // A manifest of the app says it, and is no library.
    private const string ManifestPlace = "META-INF/MANIFEST.MF";

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
                .Select(package => (Library: KnownArtifacts.Bringing(package.Key), package.Value.Place, Says: $"{package.Value.Header}: {package.Key}"))
                .Where(host => host.Library is not null)
                .Select(host => (Name: $"{host.Library!.Group}:{host.Library.Artifact}", host.Place, host.Says))
                .Concat(
                    required
                        .Select(bundle => (Name: Required(bundle.Key), bundle.Value.Place, Says: $"{bundle.Value.Header}: {bundle.Key}"))
                        .Where(host => host.Name is not null)!
                )
                .GroupBy(host => host.Name!, StringComparer.Ordinal)
                .Select(library => new Component
                {
                    Package = new PackageUrl(Ecosystem.Maven, library.Key, null),
                    Placement = Placement.HostProvided,
                    Confidence = Confidence.Medium,
                    Places = [.. library.Select(host => host.Place).Distinct(StringComparer.Ordinal)],
                    Clues = [.. library.Select(host => new Clue(ClueKind.Manifest, host.Says))],
                }),
        ];

    // A bundle is called as its packages are, where nobody thought otherwise.
    private static string? Required(string bundle) => KnownArtifacts.Bringing(bundle) is { } known ? $"{known.Group}:{known.Artifact}" : null;

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
