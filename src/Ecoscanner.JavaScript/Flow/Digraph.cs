namespace Ecoscanner.JavaScript.Flow;

/// <summary>Who follows whom, by number: the ends of vertex v stand in <see cref="Ends"/> from Starts[v] to Starts[v + 1].</summary>
internal sealed class Digraph(int[] starts, int[] ends)
{
    public int Count => Starts.Length - 1;

    public int[] Starts { get; } = starts;

    public int[] Ends { get; } = ends;

    public ReadOnlySpan<int> From(int vertex) => Ends.AsSpan(Starts[vertex], Starts[vertex + 1] - Starts[vertex]);

    /// <summary>The graph of those edges; <paramref name="places"/> says where each came to stand.</summary>
    public static Digraph Of(int count, ReadOnlySpan<int> from, ReadOnlySpan<int> to, out int[] places)
    {
        var starts = new int[count + 1];
        foreach (var vertex in from)
        {
            starts[vertex + 1]++;
        }

        for (var vertex = 0; vertex < count; vertex++)
        {
            starts[vertex + 1] += starts[vertex];
        }

        var next = starts.AsSpan(0, count).ToArray();
        var ends = new int[from.Length];
        places = new int[from.Length];
        for (var edge = 0; edge < from.Length; edge++)
        {
            places[edge] = next[from[edge]]++;
            ends[places[edge]] = to[edge];
        }

        return new(starts, ends);
    }

    public Digraph Reverse()
    {
        var from = new int[Ends.Length];
        for (var vertex = 0; vertex < Count; vertex++)
        {
            from.AsSpan(Starts[vertex], Starts[vertex + 1] - Starts[vertex]).Fill(vertex);
        }

        return Of(Count, Ends, from, out _);
    }

    /// <summary>The vertices that can be reached, each after all that follow it but for those on a way back to it.</summary>
    public int[] PostOrder(int root)
    {
        var order = new List<int>(Count);
        var isMet = new bool[Count];
        var path = new Stack<(int Vertex, int Next)>();
        isMet[root] = true;
        path.Push((root, Starts[root]));
        while (path.TryPop(out var step))
        {
            var (vertex, next) = step;
            if (next == Starts[vertex + 1])
            {
                order.Add(vertex);
                continue;
            }

            path.Push((vertex, next + 1));
            if (!isMet[Ends[next]])
            {
                isMet[Ends[next]] = true;
                path.Push((Ends[next], Starts[Ends[next]]));
            }
        }

        return [.. order];
    }
}
