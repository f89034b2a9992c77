namespace Ecoscanner.JavaScript.Flow;

/// <summary>
/// Which vertices of a graph every way from the root passes, by Lengauer and Tarjan (1979) with path compression: in O(e log v) whatever
/// the graph, where the simpler algorithms take the square of a long <c>try</c>. Vertices that can't be reached have no dominators.
/// </summary>
internal sealed class DominatorTree
{
    private const int None = -1;

    // By vertex; -1 for the root and what can't be reached.
    private readonly int[] immediate;

    // When a walk over the tree comes to a vertex and leaves it; one dominates those within.
    private readonly int[] first;
    private readonly int[] last;
    private readonly int[] depths;

    private DominatorTree(int[] immediate, int root)
    {
        this.immediate = immediate;
        first = new int[immediate.Length];
        last = new int[immediate.Length];
        depths = new int[immediate.Length];
        Array.Fill(first, None);
        Children = FindChildren();
        Number(root);
    }

    /// <summary>Whom each dominates immediately.</summary>
    public Digraph Children { get; }

    public static DominatorTree Of(Digraph forth, Digraph back, int root) => new(new Search(forth, back, root).Immediate(), root);

    public int ImmediateOf(int vertex) => immediate[vertex];

    /// <summary>How many dominate it, itself aside.</summary>
    public int DepthOf(int vertex) => depths[vertex];

    public bool IsReachable(int vertex) => first[vertex] != None;

    public bool Dominates(int one, int other) => IsReachable(one) && IsReachable(other) && first[one] <= first[other] && last[other] <= last[one];

    private Digraph FindChildren()
    {
        var (from, to) = (new List<int>(), new List<int>());
        for (var vertex = 0; vertex < immediate.Length; vertex++)
        {
            if (immediate[vertex] != None)
            {
                from.Add(immediate[vertex]);
                to.Add(vertex);
            }
        }

        return Digraph.Of(immediate.Length, [.. from], [.. to], out _);
    }

    private void Number(int root)
    {
        var path = new Stack<(int Vertex, bool IsDone)>();
        path.Push((root, false));
        var time = 0;
        while (path.TryPop(out var step))
        {
            if (step.IsDone)
            {
                last[step.Vertex] = time;
                continue;
            }

            first[step.Vertex] = ++time;
            path.Push((step.Vertex, true));
            foreach (var child in Children.From(step.Vertex))
            {
                depths[child] = depths[step.Vertex] + 1;
                path.Push((child, false));
            }
        }
    }

    // All but the graph itself is by the order in which a depth-first search meets the vertices.
    private sealed class Search
    {
        private readonly Digraph back;
        private readonly int[] vertices;
        private readonly int[] numbers;
        private readonly int[] parents;
        private readonly int[] semi;
        private readonly int[] labels;
        private readonly int[] ancestors;
        private readonly Stack<int> path = new();
        private int count;

        public Search(Digraph forth, Digraph back, int root)
        {
            this.back = back;
            vertices = new int[forth.Count];
            numbers = new int[forth.Count];
            parents = new int[forth.Count];
            Array.Fill(numbers, None);
            Walk(forth, root);
            semi = [.. Enumerable.Range(0, count)];
            labels = [.. semi];
            ancestors = new int[count];
            Array.Fill(ancestors, None);
        }

        public int[] Immediate()
        {
            var dominators = new int[count];
            var (buckets, nextInBucket) = (new int[count], new int[count]);
            Array.Fill(buckets, None);
            for (var vertex = count - 1; vertex > 0; vertex--)
            {
                foreach (var before in back.From(vertices[vertex]))
                {
                    if (numbers[before] != None)
                    {
                        semi[vertex] = Math.Min(semi[vertex], semi[Least(numbers[before])]);
                    }
                }

                (nextInBucket[vertex], buckets[semi[vertex]]) = (buckets[semi[vertex]], vertex);
                var parent = parents[vertex];
                ancestors[vertex] = parent;
                for (var waiting = buckets[parent]; waiting != None; waiting = nextInBucket[waiting])
                {
                    var least = Least(waiting);
                    dominators[waiting] = semi[least] < semi[waiting] ? least : parent;
                }

                buckets[parent] = None;
            }

            var immediate = new int[vertices.Length];
            Array.Fill(immediate, None);
            for (var vertex = 1; vertex < count; vertex++)
            {
                dominators[vertex] = dominators[vertex] == semi[vertex] ? dominators[vertex] : dominators[dominators[vertex]];
                immediate[vertices[vertex]] = vertices[dominators[vertex]];
            }

            return immediate;
        }

        private void Walk(Digraph forth, int root)
        {
            var waiting = new Stack<(int Vertex, int Next)>();
            Meet(root, 0);
            waiting.Push((root, forth.Starts[root]));
            while (waiting.TryPop(out var step))
            {
                if (step.Next == forth.Starts[step.Vertex + 1])
                {
                    continue;
                }

                waiting.Push((step.Vertex, step.Next + 1));
                var end = forth.Ends[step.Next];
                if (numbers[end] == None)
                {
                    Meet(end, numbers[step.Vertex]);
                    waiting.Push((end, forth.Starts[end]));
                }
            }
        }

        private void Meet(int vertex, int parent)
        {
            numbers[vertex] = count;
            vertices[count] = vertex;
            parents[count++] = parent;
        }

        // The vertex with the least semidominator on the way up to the root of the forest, that root aside.
        private int Least(int vertex)
        {
            if (ancestors[vertex] == None)
            {
                return vertex;
            }

            for (var at = vertex; ancestors[ancestors[at]] != None; at = ancestors[at])
            {
                path.Push(at);
            }

            while (path.TryPop(out var at))
            {
                var above = ancestors[at];
                if (semi[labels[above]] < semi[labels[at]])
                {
                    labels[at] = labels[above];
                }

                ancestors[at] = ancestors[above];
            }

            return labels[vertex];
        }
    }
}
