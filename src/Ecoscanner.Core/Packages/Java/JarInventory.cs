using System.Collections.Immutable;

namespace Ecoscanner.Packages.Java;

/// <summary>Makes an inventory of archives that were read.</summary>
internal sealed class JarInventory
{
    // A copy that lies in a thousand places is found at the first of them.
    private const int MaximumPlaces = 1000;

    private readonly Func<JarNode, Placement> placement;
    private readonly List<(Component Component, List<string> Places)> components = [];
    private readonly Dictionary<(PackageUrl, string?, Placement, string?), int> known = [];
    private readonly List<SortedSet<int>> brings = [];
    private readonly SortedSet<int> roots = [];
    private readonly List<InventoryGap> gaps;
    private readonly JarNode? app;

    private JarInventory(JarNode? app, Func<JarNode, Placement> placement, IReadOnlyList<InventoryGap> gaps)
    {
        this.app = app;
        this.placement = placement;
        this.gaps = [.. gaps];
    }

    /// <summary>All libraries of an archive, with their places.</summary>
    /// <param name="tree">The archive.</param>
    /// <param name="app">The archive with the app's own classes, which no library explains; the outermost one where null.</param>
    /// <param name="isApp">Whether a library of an archive is the app itself, and none that it brings.</param>
    /// <param name="placement">How an archive is part of what is shipped.</param>
    /// <param name="others">Libraries that do not stand in it.</param>
    public static Inventory Of(
        JarTree tree,
        JarNode? app,
        Func<JarNode, JarLibrary, bool> isApp,
        Func<JarNode, Placement> placement,
        IReadOnlyList<Component> others
    )
    {
        var inventory = new JarInventory(app ?? tree.Root, placement, tree.Gaps);
        if (tree.Root is { } root)
        {
            inventory.Add(root, null, isApp);
        }

        foreach (var other in others)
        {
            inventory.Add(other, null);
        }

        return new Inventory(
            [.. inventory.components.Select(item => item.Component with { Places = item.Places })],
            new DependencyGraph([.. inventory.roots], [.. inventory.brings.Select(brought => brought.ToImmutableArray())]),
            inventory.gaps
        );
    }

    // As deep as archives are read, which has its limit.
    private void Add(JarNode node, int? parent, Func<JarNode, JarLibrary, bool> isApp)
    {
        var holder = parent;
        foreach (var library in node.Libraries.Where(library => !isApp(node, library)))
        {
            var added = Add(Component(node, library), holder);
            holder = library.IsOwn ? added : holder;
        }

        foreach (var component in node.Inspected)
        {
            Add(component with { Placement = placement(node) }, holder);
        }

        // A web application in an EAR is the app's own.
        var isLibrary = node != app && node.Facts.Roots.Classes > 0 && !node.Name.EndsWith(".war", StringComparison.OrdinalIgnoreCase);
        if (isLibrary && node.Own is null && node.Inspected.Count == 0)
        {
            // It was read: were it one that is known, its packages would tell.
            gaps.Add(
                new InventoryGap(node.Place, "which library it is, neither Maven's files nor its manifest, name and packages tell") { About = node.Place }
            );
        }

        foreach (var child in node.Children)
        {
            Add(child, holder, isApp);
        }
    }

    private Component Component(JarNode node, JarLibrary library) =>
        new()
        {
            Package = library.Package,
            Placement = placement(node),
            Confidence = library.Confidence,
            Places = [node.Place],
            Clues = library.Clues,
            RelocatedTo = library.RelocatedTo,
            Removed = library.Removed,
            Sha256 = library.IsOwn ? node.Sha256 : null,
        };

    private int Add(Component component, int? parent)
    {
        var key = (component.Package, component.Sha256, component.Placement, component.RelocatedTo);
        if (!known.TryGetValue(key, out var index))
        {
            index = components.Count;
            known.Add(key, index);
            components.Add((component, [.. component.Places]));
            brings.Add([]);
        }
        else if (components[index].Places.Count < MaximumPlaces)
        {
            components[index].Places.AddRange(component.Places.Except(components[index].Places, StringComparer.Ordinal));
        }

        if (parent is not { } holder)
        {
            roots.Add(index);
        }
        else if (holder != index)
        {
            brings[holder].Add(index);
        }

        return index;
    }
}
