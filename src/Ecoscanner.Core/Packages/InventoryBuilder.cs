namespace Ecoscanner.Packages;

/// <summary>Why something depends on something.</summary>
internal enum Need
{
    Required,

    /// <summary>It works without.</summary>
    Optional,

    /// <summary>Only its own development needs it.</summary>
    Development,
}

/// <summary>Gathers what a file tells of components and of what they bring, and decides from it what is shipped. Everything is linear in what was added.</summary>
internal sealed class InventoryBuilder
{
    /// <summary>A lockfile of 200 MB has some 400 bytes for each.</summary>
    public const int MaximumComponents = 600_000;

    /// <summary>Large lockfiles have three for each component.</summary>
    public const int MaximumEdges = 5_000_000;

    /// <summary>A file that is wrong so often is told enough.</summary>
    public const int MaximumGaps = 200;

    private const int App = -1;

    private readonly List<Component> components = [];
    private readonly List<(int From, int To, Need Need)> edges = [];
    private readonly List<InventoryGap> gaps = [];
    private int gapsLeftOut;
    private bool isCut;

    public int Count => components.Count;

    /// <summary>Its position, or null where there are too many; then a gap says so.</summary>
    public int? Add(Component component)
    {
        if (components.Count >= MaximumComponents)
        {
            Cut(component.Places[0], $"there are more than {MaximumComponents} components, and the rest was left out");
            return null;
        }

        components.Add(component);
        return components.Count - 1;
    }

    public Component this[int component] => components[component];

    public void Root(int component, Need need = Need.Required) => Edge(App, component, need);

    public void Bring(int from, int to, Need need = Need.Required) => Edge(from, to, need);

    /// <summary>For each component, whether something depends on it, or the app asks for it.</summary>
    public bool[] IsBrought()
    {
        var isBrought = new bool[components.Count];
        foreach (var (from, to, _) in edges)
        {
            isBrought[to] |= from != to;
        }

        return isBrought;
    }

    public void Gap(string place, string reason)
    {
        if (gaps.Count < MaximumGaps)
        {
            gaps.Add(new InventoryGap(place, reason));
        }
        else
        {
            gapsLeftOut++;
        }
    }

    /// <summary>Decides and orders. What nothing leads to is held by the app itself, which is not known to leave it out.</summary>
    public Inventory Build()
    {
        var links = Links.Of(components.Count, edges);
        AddRootsForTheUnreached(links);
        links = Links.Of(components.Count, edges);
        var isShipped = links.Reached(static need => need is not Need.Development);
        var isRequired = links.Reached(static need => need is Need.Required);
        var isRequiredAtAll = links.Reached(static need => need is not Need.Optional);
        for (var at = 0; at < components.Count; at++)
        {
            components[at] = components[at] with { IsDevelopment = !isShipped[at], IsOptional = isShipped[at] ? !isRequired[at] : !isRequiredAtAll[at] };
        }

        // What is shipped is shipped by these; a path through the tools of development would name the wrong one.
        edges.RemoveAll(edge => edge.Need is Need.Development && isShipped[edge.To]);
        var all = gapsLeftOut == 0 ? gaps : [.. gaps, new InventoryGap(gaps[^1].Place, $"{gapsLeftOut} more gaps are not listed")];
        return EqualCopies.Merged(components, edges.Select(edge => (edge.From, edge.To)), all);
    }

    private void Edge(int from, int to, Need need)
    {
        if (edges.Count < MaximumEdges)
        {
            edges.Add((from, to, need));
            return;
        }

        Cut(components[to].Places[0], $"there are more than {MaximumEdges} dependencies, and the paths of the rest are not known");
    }

    private void Cut(string place, string reason)
    {
        if (!isCut)
        {
            isCut = true;
            gaps.Insert(0, new InventoryGap(place, reason));
        }
    }

    private void AddRootsForTheUnreached(Links links)
    {
        var isReached = links.Reached(static _ => true);
        var isBrought = IsBrought();

        // First what nothing depends on, then one of each circle that is left.
        foreach (var circles in (ReadOnlySpan<bool>)[false, true])
        {
            for (var at = 0; at < components.Count; at++)
            {
                if (!isReached[at] && (circles || !isBrought[at]))
                {
                    edges.Add((App, at, Need.Required));
                    links.Reach(at, isReached, static _ => true);
                }
            }
        }
    }

    /// <summary>The edges by where they begin.</summary>
    private sealed class Links(int[] starts, (int To, Need Need)[] targets)
    {
        public static Links Of(int count, List<(int From, int To, Need Need)> edges)
        {
            // The app stands first.
            var starts = new int[count + 2];
            foreach (var (from, _, _) in edges)
            {
                starts[from + 2]++;
            }

            for (var at = 1; at < starts.Length; at++)
            {
                starts[at] += starts[at - 1];
            }

            var targets = new (int, Need)[edges.Count];
            var next = starts.AsSpan(0, count + 1).ToArray();
            foreach (var (from, to, need) in edges)
            {
                targets[next[from + 1]++] = (to, need);
            }

            return new Links(starts, targets);
        }

        public bool[] Reached(Func<Need, bool> follow)
        {
            var isReached = new bool[starts.Length - 2];
            Reach(App, isReached, follow);
            return isReached;
        }

        public void Reach(int from, bool[] isReached, Func<Need, bool> follow)
        {
            var waiting = new Stack<int>();
            waiting.Push(from);
            if (from != App)
            {
                isReached[from] = true;
            }

            while (waiting.TryPop(out var at))
            {
                foreach (var (to, need) in targets.AsSpan(starts[at + 1]..starts[at + 2]))
                {
                    if (!isReached[to] && follow(need))
                    {
                        isReached[to] = true;
                        waiting.Push(to);
                    }
                }
            }
        }
    }
}
