using System.Buffers;

namespace Ecoscanner.JavaScript.Text;

/// <summary>Where the lines of a text begin; lines end as ECMA-262 12.3 says.</summary>
public sealed class LineMap
{
    private static readonly SearchValues<char> Ends = SearchValues.Create("\n\r\u2028\u2029");

    private readonly int[] _starts;

    internal LineMap(string text)
    {
        var starts = new List<int>(1 + (text.Length / 32)) { 0 };
        var at = 0;
        while (text.AsSpan(at).IndexOfAny(Ends) is >= 0 and var distance)
        {
            at += distance + 1;
            if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
            {
                at++;
            }

            starts.Add(at);
        }

        _starts = [.. starts];
    }

    /// <summary>How many lines there are; an empty text has one.</summary>
    public int Count => _starts.Length;

    /// <summary>The place as a person counts: line and column from 1, the column in UTF-16 code units.</summary>
    public LinePosition PositionOf(int offset)
    {
        var line = Array.BinarySearch(_starts, offset);
        line = line < 0 ? ~line - 1 : line;
        return new(line + 1, offset - _starts[line] + 1);
    }

    /// <summary>Where the line begins.</summary>
    /// <param name="line">From 1.</param>
    public int StartOf(int line) => _starts[line - 1];
}

/// <summary>A place as a person counts it: both from 1.</summary>
public readonly record struct LinePosition(int Line, int Column)
{
    public override string ToString() => $"{Line}:{Column}";
}
