namespace Ecoscanner.Packages;

/// <summary>The libraries of an app and what depends on what. It can be stored and matched again without the app.</summary>
/// <param name="Components">In the order of their first place.</param>
/// <param name="Gaps">What of the app was not looked into, and why.</param>
public sealed record Inventory(IReadOnlyList<Component> Components, DependencyGraph Graph, IReadOnlyList<InventoryGap> Gaps)
{
    public static readonly Inventory Empty = new([], DependencyGraph.None, []);
}

/// <summary>A place that was not looked into, or not to its end.</summary>
/// <param name="Place">As in <see cref="Component.Places"/>.</param>
/// <param name="Reason">Why, a clause for a person.</param>
public sealed record InventoryGap(string Place, string Reason);
