using Ecoscanner.Packages;
using Ecoscanner.Packages.Java;

namespace Ecoscanner.Apps.DataCenter;

/// <summary>How each archive is part of what is shipped: whether anything loads it.</summary>
internal sealed class Placements
{
    private readonly HashSet<JarNode> unused = new(ReferenceEqualityComparer.Instance);
    private readonly List<(JarNode Node, IReadOnlyDictionary<string, string>? Instructions)> bundles = [];

    /// <param name="root">The outermost archive.</param>
    /// <param name="plugin">The plugin in it; null where it is none.</param>
    public Placements(JarNode root, PluginJar? plugin) => Visit(root, plugin, isUnused: false, isBundle: true);

    /// <summary>The archives that run as bundles, with the headers that the host adds to them.</summary>
    public IReadOnlyList<(JarNode Node, IReadOnlyDictionary<string, string>? Instructions)> Bundles => bundles;

    public Placement Of(JarNode node) => unused.Contains(node) ? Placement.Unused : Placement.Bundled;

    // As deep as archives are read, which has its limit.
    private void Visit(JarNode node, PluginJar? plugin, bool isUnused, bool isBundle)
    {
        if (isUnused)
        {
            unused.Add(node);
        }

        var isPlugin = node == plugin?.Node;
        var instructions = isPlugin ? plugin?.Descriptor?.Instructions : null;
        // An OBR is a box of bundles; a library that happens to be a bundle as well is loaded like any other.
        var isBox = isBundle && plugin is not null && !isPlugin && node.Children.Contains(plugin.Node);
        var runsAsBundle = isBundle && !isBox && plugin is not null;
        if (runsAsBundle && !isUnused)
        {
            bundles.Add((node, instructions));
        }

        var isLoaded = runsAsBundle || node.Facts.Manifest.List("Bundle-ClassPath") is not null ? PluginJar.ClassPath(node, instructions) : _ => true;
        foreach (var child in node.Children)
        {
            Visit(child, plugin, isUnused || !isLoaded(child.Name), isBox);
        }
    }
}
