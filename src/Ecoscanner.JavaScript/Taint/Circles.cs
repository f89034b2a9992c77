namespace Ecoscanner.JavaScript.Taint;

/// <summary>The strongly connected components of a graph, by Tarjan's algorithm with stacks of its own.</summary>
internal static class Circles
{
    /// <summary>The component of each place, and the places of each from one start to the next. What leads to a component has a higher number.</summary>
    /// <param name="starts">Where the edges of each place start among the ends, and one more.</param>
    public static (int[] CircleOf, int[] Starts, int[] Members) Of(int[] starts, int[] ends)
    {
        var count = starts.Length - 1;
        var circleOf = new int[count];
        // From 1 in the order in which they are met, and the least that leads back to.
        var order = new int[count];
        var low = new int[count];
        var next = new int[count];
        var members = new List<int>(count);
        var circleStarts = new List<int>(count) { 0 };
        var open = new Stack<int>();
        var path = new Stack<int>();
        var met = 0;
        for (var root = 0; root < count; root++)
        {
            if (order[root] == 0)
            {
                Visit(root);
            }

            while (path.TryPeek(out var place))
            {
                if (next[place] == starts[place + 1])
                {
                    path.Pop();
                    Close(place);
                    continue;
                }

                var end = ends[next[place]++];
                if (order[end] == 0)
                {
                    Visit(end);
                }
                else if (circleOf[end] == 0)
                {
                    low[place] = Math.Min(low[place], order[end]);
                }
            }
        }

        for (var place = 0; place < count; place++)
        {
            circleOf[place]--;
        }

        return (circleOf, [.. circleStarts], [.. members]);

        void Visit(int place)
        {
            order[place] = low[place] = ++met;
            next[place] = starts[place];
            open.Push(place);
            path.Push(place);
        }

        void Close(int place)
        {
            if (low[place] == order[place])
            {
                int member;
                do
                {
                    member = open.Pop();
                    // From 1 as long as it is worked out.
                    circleOf[member] = circleStarts.Count;
                    members.Add(member);
                } while (member != place);

                circleStarts.Add(members.Count);
            }

            if (path.TryPeek(out var before))
            {
                low[before] = Math.Min(low[before], circleOf[place] == 0 ? low[place] : int.MaxValue);
            }
        }
    }
}
