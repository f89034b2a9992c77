using System.Globalization;

namespace Ecoscanner.JavaScript.Text;

/// <summary>A set of code points that answers at once for the basic plane, where nearly all text is, and by a search above it.</summary>
internal sealed class CodePointSet
{
    private const int BasicPlane = 0x10000;

    private readonly ulong[] basic = new ulong[BasicPlane / 64];
    private readonly List<int> starts = [];
    private readonly List<int> ends = [];

    /// <summary>Reads a set.</summary>
    /// <param name="rangeLists">Ranges in hexadecimal, <c>41-5A AA</c>, both ends included;
    /// no range is in two planes, and none overlaps another.</param>
    public CodePointSet(params ReadOnlySpan<string> rangeLists)
    {
        var above = new List<(int From, int To)>();
        foreach (var list in rangeLists)
        {
            foreach (var word in list.AsSpan().SplitAny(' ', '\n', '\r'))
            {
                if (list.AsSpan()[word] is { Length: > 0 } range)
                {
                    Add(range, above);
                }
            }
        }

        above.Sort();
        foreach (var (from, to) in above)
        {
            starts.Add(from);
            ends.Add(to);
        }
    }

    public bool Contains(int codePoint)
    {
        if ((uint)codePoint < BasicPlane)
        {
            return (basic[codePoint >> 6] >> codePoint & 1) != 0;
        }

        var at = starts.BinarySearch(codePoint);
        return at >= 0 || (~at > 0 && codePoint <= ends[~at - 1]);
    }

    private void Add(ReadOnlySpan<char> range, List<(int From, int To)> above)
    {
        var dash = range.IndexOf('-');
        var from = int.Parse(dash < 0 ? range : range[..dash], NumberStyles.HexNumber);
        var to = int.Parse(range[(dash + 1)..], NumberStyles.HexNumber);
        if (from >= BasicPlane)
        {
            above.Add((from, to));
            return;
        }

        for (var codePoint = from; codePoint <= to; codePoint++)
        {
            basic[codePoint >> 6] |= 1UL << codePoint;
        }
    }
}
