namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>
/// The lines that a version control system leaves where changes contradict: <c>&lt;&lt;&lt;&lt;&lt;&lt;&lt;</c>, <c>=======</c>,
/// <c>&gt;&gt;&gt;&gt;&gt;&gt;&gt;</c>, and <c>|||||||</c> before what both sides changed. They are skipped, so that both sides are read.
/// </remarks>
internal partial struct Lexer
{
    public const int MergeMarkerLength = 7;

    // How far what both sides changed is looked for.
    private const int MergeBaseReach = 50_000;

    /// <summary>Where such lines begin, in the order in which they were met, which may be more than once.</summary>
    public readonly IReadOnlyList<int> MergeMarkers => _mergeMarkers ?? [];

    // Asked at a character that a marker begins with.
    private readonly bool IsMergeMarker(int position)
    {
        if (position > 0 && At(position - 1) is not ('\n' or '\r'))
        {
            return false;
        }

        var end = position;
        while (end - position <= MergeMarkerLength && Peek(end) == At(position))
        {
            end++;
        }

        return end - position == MergeMarkerLength && (end >= _text.Length || At(end) is ' ' or '\n' or '\r');
    }

    // The end of the line, or of what both sides changed.
    private int SkipMergeMarker(int start)
    {
        Flags |= TokenFlags.NewLineBefore;
        if (_mergeMarkers is not { Count: >= Diagnostics.DiagnosticBag.MaximumCount })
        {
            (_mergeMarkers ??= []).Add(start);
        }

        if (At(start) == '|' && _text.AsSpan(start, Math.Min(MergeBaseReach, _text.Length - start)).IndexOf("\n=======") is > 0 and var length)
        {
            start += length + 1;
        }

        var end = _text.AsSpan(start).IndexOfAny(LineEnds);
        return end < 0 ? _text.Length : start + end;
    }
}
