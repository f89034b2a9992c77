namespace Ecoscanner.Advisories.Indexing;

/// <summary>An index cannot be used. The message names the file, what is wrong with it and the way out.</summary>
public sealed class AdvisoryIndexException(AdvisoryIndexProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public AdvisoryIndexProblem Problem { get; } = problem;

    internal static AdvisoryIndexException Damaged(string path, string what) =>
        new(AdvisoryIndexProblem.Damaged, $"the advisory index {path} is damaged: {what}; build it anew: ecoscanner advisories update");
}

/// <summary>Why an index cannot be used.</summary>
public enum AdvisoryIndexProblem
{
    /// <summary>There is no file.</summary>
    Missing,

    /// <summary>The file cannot be opened.</summary>
    Unreadable,

    /// <summary>The file is no index.</summary>
    Foreign,

    /// <summary>The file is of a format that this program does not read any more, or not yet.</summary>
    OtherFormat,

    /// <summary>The file is cut short or altered.</summary>
    Damaged,
}
