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
            return new ReadArchive(tree, null, JarInventory.Of(tree, null, (_, _) => false, _ => Placement.Bundled, []), []);
        }

        var plugin = PluginOf(root);
        var placements = new Placements(root, plugin);
        var host = new HostPackages(placements.Bundles);
        var gaps = tree.Gaps.ToList();
        if (plugin?.Problem is { } problem)
        {
            gaps.Add(new InventoryGap(plugin.Node.Place, problem));
        }

        var inventory = JarInventory.Of(
            tree with
            {
                Gaps = gaps,
            },
            plugin?.Node,
            (node, library) => IsApp(root, plugin, node, library),
            placements.Of,
            host.Components()
        );
        return new ReadArchive(tree, plugin, inventory, host.Names);
    }

    /// <summary>Whether a library is the app itself: its plugin by the key that Atlassian's tools make of coordinates, or what the whole archive is called.</summary>
    private static bool IsApp(JarNode root, PluginJar? plugin, JarNode node, JarLibrary library)
    {
        var isPlugin = plugin is not null && node == plugin.Node;
        if (!isPlugin && (node != root || (plugin is null && root.Name.EndsWith(".jar", StringComparison.OrdinalIgnoreCase))))
        {
            // A plain jar may be a library that somebody wants to know about.
            return false;
        }

        var name = library.Package.Name.Split(':');
        if (
            isPlugin
            && plugin!.Key is { } key
            && (
                key == $"{name[0]}.{name[^1]}"
                || key == name[^1]
                || (library.Package.Version == plugin.Version && key.StartsWith(name[0], StringComparison.Ordinal))
            )
        )
        {
            return true;
        }

        // The classes of a library may be most of an app that took them in.
        return library.IsOwn && !KnownArtifacts.Named(name[^1]).Any(known => known.Group == name[0]);
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
