using Ecoscanner.Apps;

namespace Ecoscanner.Reports.Approval;

/// <summary>A question of the security questionnaire that an app answers to be listed on the Marketplace.</summary>
/// <param name="Id">Kebab-case words, stable for ever.</param>
/// <param name="Text">The question; "yes" is the good answer.</param>
/// <param name="Worst">What a "no" is: a fail blocks the listing, a warning does not.</param>
/// <param name="Rules">Ids of the rules that answer it; those that this version does not have answer nothing.</param>
public sealed record ApprovalQuestion(string Id, string Text, ApprovalSignal Worst, params IReadOnlyList<string> Rules)
{
    /// <summary>What in the app the question is about.</summary>
    public Func<App, IEnumerable<ApprovalEvidence>> About { get; init; } = static _ => [];

    /// <summary>Why the question does not arise where the app has nothing of that; null where it always does.</summary>
    public string? Otherwise { get; init; }

    /// <summary>What only a person can answer; null where the rules are enough.</summary>
    public string? ForPerson { get; init; }
}

/// <summary>What an answer is worth, worst last.</summary>
public enum ApprovalSignal
{
    Pass,

    /// <summary>Nobody but a person can tell, or the scan did not get to it.</summary>
    Undecided,

    Warning,
    Fail,
}

/// <summary>What an answer rests on.</summary>
/// <param name="Kind"><c>manifest</c>, <c>artifact</c>, <c>finding</c> or <c>verdict</c>.</param>
/// <param name="Place">A file and line, or a URL; null where it is about the whole app.</param>
public sealed record ApprovalEvidence(string Kind, string? Place, string Text)
{
    public const string OfManifest = "manifest";
    public const string OfArtifact = "artifact";
    public const string OfFinding = "finding";
    public const string OfVerdict = "verdict";
}
