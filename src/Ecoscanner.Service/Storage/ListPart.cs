namespace Ecoscanner.Service.Storage;

/// <summary>A part of a list.</summary>
/// <param name="Next">Where the next part begins, of the same list with the same filters; null where this is the last.</param>
public sealed record ListPart<T>(IReadOnlyList<T> Rows, string? Next)
{
    /// <summary>Rows are counted up to one more: nobody reads a list so far, and counting all would take longer than the list.</summary>
    public const int CountLimit = 10_000;
}

/// <summary>How many rows a list has.</summary>
/// <param name="AtLeast">True where there may be more: nobody waits for a million rows to be counted.</param>
public sealed record RowCount(long Total, bool AtLeast);
