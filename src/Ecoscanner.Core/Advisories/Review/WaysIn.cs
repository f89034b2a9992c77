using System.Collections.Immutable;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Review;

/// <summary>How components came into an app, and what the platform forces on the way.</summary>
internal sealed class WaysIn
{
    // Longer ways tell a person nothing more than their ends.
    private const int MostSteps = 12;

    private readonly Inventory inventory;
    private readonly DependencyPaths paths;
    private readonly PlatformDependency?[] forced;
    private readonly bool[] isOwn;

    public WaysIn(Inventory inventory, IReadOnlyList<PlatformDependency> platform, DateOnly today)
    {
        this.inventory = inventory;
        paths = new DependencyPaths(inventory);
        forced = [.. inventory.Components.Select(component => platform.FirstOrDefault(dependency => dependency.Covers(component, today)))];
        isOwn = paths.OpenTo(at => forced[at] is not null);
    }

    public bool IsDirect(int component) => paths.Depth(component) == 1;

    /// <summary>The shortest ways, the shortest of all first.</summary>
    /// <returns>At most so many, and whether there are more.</returns>
    public (IReadOnlyList<string> Ways, bool HasMore) To(IReadOnlyList<int> components, int most)
    {
        var ways = components.SelectMany(at => paths.Shortest(at, most + 1)).OrderBy(way => way.Length).Take(most + 1).ToList();
        return ([.. ways.Take(most).Select(Shown)], ways.Count > most);
    }

    /// <summary>What the platform forces, where every way to every one of them leads through such; else null.</summary>
    public PlatformDependency? ForcedBy(IReadOnlyList<int> components) =>
        components.All(at => !isOwn[at] && paths.Depth(at) is not null)
            ? paths.Shortest(components[0], 1)[0].Select(at => forced[at]).FirstOrDefault(dependency => dependency is not null)
            : null;

    private string Shown(ImmutableArray<int> way)
    {
        var names = way.Select(at => inventory.Components[at].Package is var package ? $"{package.Name}@{package.Version ?? "?"}" : "").ToList();
        return string.Join(" > ", names.Count <= MostSteps ? names : [.. names[..(MostSteps / 2)], "…", .. names[^(MostSteps / 2)..]]);
    }
}
