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

    private readonly JarNode? outermost;

    private JarInventory(JarNode? outermost, Func<JarNode, Placement> placement, IReadOnlyList<InventoryGap> gaps)
    {
        this.outermost = outermost;
        this.placement = placement;
        this.gaps = [.. gaps];
    }

    /// <summary>All libraries of an archive, with their places.</summary>
    /// <param name="tree">The archive.</param>
    /// <param name="apps">Archives that are the app itself: never a library of it.</param>
    /// <param name="placement">How an archive is part of what is shipped.</param>
    /// <param name="others">Libraries that do not stand in it.</param>
    public static Inventory Of(JarTree tree, IReadOnlyCollection<JarNode> apps, Func<JarNode, Placement> placement, IReadOnlyList<Component> others)
    {
        var inventory = new JarInventory(tree.Root, placement, tree.Gaps);
        if (tree.Root is { } root)
        {
            inventory.Add(root, null, apps);
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
    private void Add(JarNode node, int? parent, IReadOnlyCollection<JarNode> apps)
    {
        var isApp = apps.Contains(node);
        var holder = parent;
        foreach (var library in node.Libraries.Where(library => !(isApp && library.IsOwn)))
        {
            var added = Add(Component(node, library), holder);
            holder = library.IsOwn ? added : holder;
        }

        foreach (var component in node.Inspected)
        {
            Add(component with { Placement = placement(node) }, holder);
        }

        if (!isApp && node != outermost && node.Libraries.Count + node.Inspected.Count == 0 && node.Facts.Roots.Classes > 0)
        {
            gaps.Add(new InventoryGap(node.Place, "which library it is, neither Maven's files nor its manifest, name and packages tell"));
        }

        foreach (var child in node.Children)
        {
            Add(child, holder, apps);
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
