using System.Collections.Immutable;

namespace Ecoscanner.Packages;

/// <summary>How the app comes to its components. What is shipped is looked at through what is shipped only: a path through a tool of development ships nothing.</summary>
public sealed class DependencyPaths
{
    private const int Unreached = -1;

    private readonly Inventory inventory;
    private readonly int[] distances;
    private readonly int[][] bringers;

    /// <summary>Takes time in proportion to the graph.</summary>
    public DependencyPaths(Inventory inventory)
    {
        this.inventory = inventory;
        distances = Distances();
        bringers = Bringers();
    }

    /// <summary>How many components stand between the app and this one and itself: 1 for what the app asks for itself; null where nothing leads to it.</summary>
    public int? Depth(int component) => distances[component] == Unreached ? null : distances[component];

    /// <summary>Shortest paths from the app to a component, each from what the app asks for itself to the component; in the order of their positions.</summary>
    /// <param name="most">More are not looked for; there can be more than there are atoms.</param>
    public IReadOnlyList<ImmutableArray<int>> Shortest(int component, int most)
    {
        var paths = new List<ImmutableArray<int>>();
        if (distances[component] == Unreached)
        {
            return paths;
        }

        // Back from the component; each step goes one nearer to the app, so every way ends there, and none is in vain.
        var way = new int[distances[component]];
        var next = new int[way.Length];
        var at = way.Length - 1;
        way[at] = component;
        next[at] = 0;
        while (at < way.Length && paths.Count < most)
        {
            if (at == 0)
            {
                paths.Add([.. way]);
                at++;
                continue;
            }

            var before = bringers[way[at]];
            if (next[at] < before.Length)
            {
                way[at - 1] = before[next[at]++];
                next[--at] = 0;
            }
            else
            {
                at++;
            }
        }

        return paths;
    }

    /// <summary>
    /// Whether every path from the app to a component, shortest or not, runs through one that the predicate holds for, other than itself. False where no path
    /// leads to it: nothing is known of how it comes in.
    /// </summary>
    public bool AlwaysThrough(int component, Func<int, bool> predicate) => distances[component] != Unreached && !OpenTo(predicate)[component];

    /// <summary>
    /// For each component, whether the app comes to it by some path on which the predicate holds for nothing before it. One walk answers
    /// <see cref="AlwaysThrough"/> for all.
    /// </summary>
    public bool[] OpenTo(Func<int, bool> predicate)
    {
        var isOpen = new bool[inventory.Components.Count];
        var waiting = new Stack<int>();
        foreach (var root in inventory.Graph.Roots)
        {
            Visit(root);
        }

        while (waiting.TryPop(out var at))
        {
            if (predicate(at))
            {
                continue;
            }

            foreach (var brought in inventory.Graph.Brings[at])
            {
                if (IsFollowed(at, brought))
                {
                    Visit(brought);
                }
            }
        }

        return isOpen;

        void Visit(int component)
        {
            if (!isOpen[component])
            {
                isOpen[component] = true;
                waiting.Push(component);
            }
        }
    }

    private bool IsFollowed(int from, int to) => !inventory.Components[from].IsDevelopment || inventory.Components[to].IsDevelopment;

    private int[] Distances()
    {
        var found = new int[inventory.Components.Count];
        Array.Fill(found, Unreached);
        var waiting = new Queue<int>();
        foreach (var root in inventory.Graph.Roots)
        {
            if (found[root] == Unreached)
            {
                found[root] = 1;
                waiting.Enqueue(root);
            }
        }

        while (waiting.TryDequeue(out var at))
        {
            foreach (var brought in inventory.Graph.Brings[at])
            {
                if (found[brought] == Unreached && IsFollowed(at, brought))
                {
                    found[brought] = found[at] + 1;
                    waiting.Enqueue(brought);
                }
            }
        }

        return found;
    }

    /// <summary>For each component, those that bring it on a shortest path.</summary>
    private int[][] Bringers()
    {
        var counts = new int[distances.Length];
        ForEachStep((_, to) => counts[to]++);
        var found = counts.Select(count => count == 0 ? [] : new int[count]).ToArray();
        Array.Clear(counts);
        ForEachStep((from, to) => found[to][counts[to]++] = from);
        return found;
    }

    private void ForEachStep(Action<int, int> step)
    {
        for (var at = 0; at < distances.Length; at++)
        {
            if (distances[at] == Unreached)
            {
                continue;
            }

            foreach (var brought in inventory.Graph.Brings[at])
            {
                if (distances[brought] == distances[at] + 1 && IsFollowed(at, brought))
                {
                    step(at, brought);
                }
            }
        }
    }
}
