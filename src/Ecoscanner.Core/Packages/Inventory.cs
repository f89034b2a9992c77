using System.Collections.Immutable;

namespace Ecoscanner.Packages;

/// <summary>
/// The libraries of an app and what depends on what. It can be stored and matched again without the app. A package stands in it more than once where its
/// copies bring different things, or where different files tell of it.
/// </summary>
/// <param name="Components">In the order of their first place.</param>
/// <param name="Gaps">What of the app was not looked into, and why.</param>
public sealed record Inventory(IReadOnlyList<Component> Components, DependencyGraph Graph, IReadOnlyList<InventoryGap> Gaps)
{
    public static readonly Inventory Empty = new([], DependencyGraph.None, []);

    /// <summary>One of the parts of an app.</summary>
    public static Inventory Joined(IReadOnlyList<Inventory> parts)
    {
        if (parts is [var only])
        {
            return only;
        }

        var all = parts.SelectMany((part, number) => part.Components.Select((component, at) => (component, number, at))).ToList();
        all.Sort(
            (one, other) =>
                (StringComparer.Ordinal.Compare(one.component.Places[0], other.component.Places[0]), one.number, one.at).CompareTo((0, other.number, other.at))
        );
        var positions = parts.Select(part => new int[part.Components.Count]).ToArray();
        for (var at = 0; at < all.Count; at++)
        {
            positions[all[at].number][all[at].at] = at;
        }

        var brings = new ImmutableArray<int>[all.Count];
        for (var at = 0; at < all.Count; at++)
        {
            var own = positions[all[at].number];
            brings[at] = [.. parts[all[at].number].Graph.Brings[all[at].at].Select(brought => own[brought])];
        }

        var roots = parts.SelectMany((part, number) => part.Graph.Roots.Select(root => positions[number][root]));
        return new Inventory(
            [.. all.Select(one => one.component)],
            new DependencyGraph([.. roots.Order()], [.. brings]),
            [.. parts.SelectMany(part => part.Gaps)]
        );
    }
}

/// <summary>A place that was not looked into, or not to its end.</summary>
/// <param name="Place">As in <see cref="Component.Places"/>.</param>
/// <param name="Reason">Why, a clause for a person.</param>
public sealed record InventoryGap(string Place, string Reason)
{
    /// <summary>What alone is not known because of it: a package by its URL without a version, or the place; null where it may be any part of the app.</summary>
    public string? About { get; init; }
}
