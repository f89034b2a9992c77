namespace Ecoscanner.JavaScript.Binding;

/// <summary>The scopes of one tree by place and by node; made when first asked for.</summary>
internal sealed class ScopeIndex
{
    private readonly ScopeRecord[] _scopes;

    // Numbers of scopes: where several begin in one place, or are made by one node, the inner ones are last.
    private readonly int[] _byStart;
    private readonly int[] _byNode;

    public ScopeIndex(ScopeRecord[] scopes, int count)
    {
        _scopes = scopes;
        _byStart = [.. Enumerable.Range(1, count)];
        _byNode = (int[])_byStart.Clone();
        Sort(_byStart, index => scopes[index].Start);
        Sort(_byNode, index => scopes[index].Node);
    }

    /// <summary>The innermost scope that the node makes; 0 where it makes none.</summary>
    public int Of(int node)
    {
        var scope = Last(_byNode, index => _scopes[index].Node <= node);
        return scope != 0 && _scopes[scope].Node == node ? scope : 0;
    }

    /// <summary>The innermost scope around that stretch of the source; the outermost where none is.</summary>
    public int Around(int start, int end)
    {
        var scope = Math.Max(1, Last(_byStart, index => _scopes[index].Start <= start));
        while (scope > 1 && !(_scopes[scope].Start <= start && end <= _scopes[scope].End))
        {
            scope = _scopes[scope].Parent;
        }

        return scope;
    }

    private static void Sort(int[] numbers, Func<int, int> key)
    {
        var keys = Array.ConvertAll(numbers, number => ((long)key(number) << 32) | (uint)number);
        Array.Sort(keys, numbers);
    }

    // Of the numbers for which it holds, which are the first ones, the last.
    private static int Last(int[] numbers, Func<int, bool> holds)
    {
        var (low, high) = (-1, numbers.Length - 1);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = holds(numbers[middle]) ? (middle, high) : (low, middle - 1);
        }

        return low < 0 ? 0 : numbers[low];
    }
}
