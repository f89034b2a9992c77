using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>The links of a program's flow, backwards.</summary>
internal sealed class LeadsBack
{
    private readonly int[] starts;
    private readonly int[] sources;

    public LeadsBack(FlowGraph flow)
    {
        starts = new int[flow.NodeCount + 1];
        sources = new int[flow.LinkCount];
        for (var link = 1; link < flow.LinkCount; link++)
        {
            starts[flow.LinkAt(link).To]++;
        }

        var sum = 0;
        foreach (ref var start in starts.AsSpan())
        {
            start = sum += start;
        }

        for (var node = 0; node < flow.NodeCount; node++)
        {
            for (var link = flow.FirstLinkOf(node); link != 0; link = flow.LinkAt(link).Next)
            {
                sources[--starts[flow.LinkAt(link).To]] = node;
            }
        }
    }

    /// <summary>Which nodes are such ends, or on a way to one; by their numbers.</summary>
    public bool[] WaysTo(IEnumerable<int> ends)
    {
        var ways = new bool[starts.Length - 1];
        var work = new Stack<int>();
        foreach (var end in ends)
        {
            ways[end] = true;
            work.Push(end);
        }

        while (work.TryPop(out var node))
        {
            foreach (var source in sources.AsSpan(starts[node]..starts[node + 1]))
            {
                if (!ways[source])
                {
                    ways[source] = true;
                    work.Push(source);
                }
            }
        }

        return ways;
    }
}
