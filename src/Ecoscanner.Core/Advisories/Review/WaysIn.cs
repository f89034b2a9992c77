using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Review;

/// <summary>How components came into an app: the ways from what it asks for itself, and what all of them lead through.</summary>
internal sealed class WaysIn
{
    // Longer ways tell a person nothing more than their ends.
    private const int MostSteps = 12;

    private readonly Inventory inventory;
    private readonly HashSet<int> roots;
    private readonly int[] from;
    private readonly int[] fromOwn;
    private readonly PlatformDependency?[] forced;

    public WaysIn(Inventory inventory, IReadOnlyList<PlatformDependency> platform, DateOnly today)
    {
        this.inventory = inventory;
        roots = [.. inventory.Graph.Roots];
        forced = [.. inventory.Components.Select(component => platform.FirstOrDefault(dependency => dependency.Covers(component, today)))];
        from = Walk(static _ => true);
        fromOwn = Walk(at => forced[at] is null);
    }

    public bool IsDirect(int component) => roots.Contains(component);

    /// <summary>The shortest way to each, the shortest of all first.</summary>
    /// <returns>At most so many, and whether there are more.</returns>
    public (IReadOnlyList<string> Ways, bool HasMore) To(IReadOnlyList<int> components, int most)
    {
        // A way that is the partner's own is what they can mend.
        var ways = components
            .Where(at => from[at] != Unreached)
            .Select(at => Way(at, fromOwn[at] != Unreached ? fromOwn : from))
            .OrderBy(way => way.Count)
            .ToList();
        return ([.. ways.Take(most).Select(Shown)], ways.Count > most);
    }

    /// <summary>What the platform forces, where every way to every one of them leads through such; else null.</summary>
    public PlatformDependency? ForcedBy(IReadOnlyList<int> components)
    {
        PlatformDependency? first = null;
        foreach (var component in components)
        {
            // Without a way in that is known nobody but the app is known to bring it.
            if (fromOwn[component] != Unreached || from[component] == Unreached)
            {
                return null;
            }

            first ??= Way(component, from).Select(at => forced[at]).FirstOrDefault(dependency => dependency is not null);
        }

        return first;
    }

    private const int Unreached = -2;
    private const int Root = -1;

    /// <summary>Breadth first: what each component was first reached from. What may not be gone through is reached, and ends there.</summary>
    private int[] Walk(Func<int, bool> mayPass)
    {
        var reached = new int[inventory.Components.Count];
        Array.Fill(reached, Unreached);
        var work = new Queue<int>();
        foreach (var root in inventory.Graph.Roots)
        {
            if (reached[root] == Unreached)
            {
                reached[root] = Root;
                work.Enqueue(root);
            }
        }

        while (work.TryDequeue(out var at))
        {
            foreach (var next in mayPass(at) ? inventory.Graph.Brings[at] : [])
            {
                if (reached[next] == Unreached)
                {
                    reached[next] = at;
                    work.Enqueue(next);
                }
            }
        }

        return reached;
    }

    private static List<int> Way(int component, int[] reached)
    {
        var way = new List<int>();
        for (var at = component; at >= 0; at = reached[at])
        {
            way.Add(at);
        }

        way.Reverse();
        return way;
    }

    private string Shown(List<int> way)
    {
        var names = way.Select(at => inventory.Components[at].Package is var package ? $"{package.Name}@{package.Version ?? "?"}" : "").ToList();
        return string.Join(" > ", names.Count <= MostSteps ? names : [.. names[..(MostSteps / 2)], "…", .. names[^(MostSteps / 2)..]]);
    }
}
