using Ecoscanner.Packages;
using Ecoscanner.Packages.Java;

namespace Ecoscanner.Apps.DataCenter;

/// <summary>Finds the libraries of an app for Data Center, or of any jar, war, ear or ZIP, from the artifact alone.</summary>
public static class DataCenterInventory
{
    /// <summary>Reads a file. What of it cannot be read is a gap; so is the whole, where it is no archive.</summary>
    public static Inventory Of(string path, ArchiveReading reading, CancellationToken cancellation) => Read(path, reading, cancellation).Inventory;

    /// <summary>Reads a file, and finds the plugin in it.</summary>
    internal static ReadArchive Read(string path, ArchiveReading reading, CancellationToken cancellation)
    {
        var tree = JarTreeReader.Read(path, reading, cancellation);
        if (tree.Root is not { } root)
        {
            return new ReadArchive(tree, null, JarInventory.Of(tree, [], _ => Placement.Bundled, []), []);
        }

        var plugin = PluginOf(root);
        var placements = new Placements(root, plugin);
        var host = new HostPackages(placements.Bundles);
        var gaps = tree.Gaps.ToList();
        if (plugin?.Problem is { } problem)
        {
            gaps.Add(new InventoryGap(plugin.Node.Place, problem));
        }

        // What is scanned is no library of itself; a plain jar may be a library that somebody wants to know about.
        JarNode[] apps =
            plugin is not null ? [root, plugin.Node]
            : root.Name.EndsWith(".jar", StringComparison.OrdinalIgnoreCase) ? []
            : [root];
        var inventory = JarInventory.Of(tree with { Gaps = gaps }, apps, placements.Of, host.Components());
        return new ReadArchive(tree, plugin, inventory, host.Names);
    }

    /// <summary>The plugin that an archive is, or brings with what it depends on: the one that no folder holds.</summary>
    private static PluginJar? PluginOf(JarNode root) =>
        PluginJar.Of(root)
        ?? root.Children.OrderBy(child => child.Name.Count(letter => letter == '/'))
            .Select(PluginJar.Of)
            .OfType<PluginJar>()
            .FirstOrDefault(plugin =>
                root.Name.EndsWith(".obr", StringComparison.OrdinalIgnoreCase)
                || root.Descriptors.ContainsKey("obr.xml")
                || !plugin.Node.Name.Contains('/', StringComparison.Ordinal)
            );
}

/// <summary>An archive, the plugin in it and its libraries.</summary>
/// <param name="Plugin">Null where it is no plugin and has none.</param>
/// <param name="HostPackages">As in <see cref="DataCenterApp.HostPackages"/>.</param>
internal sealed record ReadArchive(JarTree Tree, PluginJar? Plugin, Inventory Inventory, IReadOnlyList<string> HostPackages);
