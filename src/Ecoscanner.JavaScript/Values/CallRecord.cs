namespace Ecoscanner.JavaScript.Values;

/// <summary>A call as the solver sees it: one of the program, or one that a built-in function makes of what it was handed.</summary>
/// <param name="Site">The number of the place that calls, among the solver's places.</param>
/// <param name="This">The node of <c>this</c>, or -1.</param>
/// <param name="Arguments">The nodes of the arguments; the complement of a node is spread.</param>
/// <param name="Target">The node of the result, or -1.</param>
/// <param name="Handler">The node of what is thrown, or -1.</param>
/// <param name="IsNew">Whether it constructs.</param>
internal sealed record CallRecord(int Index, int Site, int This, int[] Arguments, int Target, int Handler, bool IsNew)
{
    /// <summary>Whether it is the program's own call, and not one that a built-in function makes.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether code that is not known may be called.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>Of each argument that is spread, the node of what it yields plus one, as soon as somebody asked for it.</summary>
    public int[]? Spread { get; set; }
}
