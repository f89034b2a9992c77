using Ecoscanner.Rules;

namespace Ecoscanner.Findings;

/// <summary>What one rule came to at one place.</summary>
/// <param name="Rule">The rule that was checked.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Place">Where: a URL, a host and port, a file; null where the verdict is about the whole app.</param>
/// <param name="Reason">Why, in words for a person.</param>
public sealed record PlaceVerdict(Rule Rule, Verdict Verdict, string? Place, string Reason)
{
    /// <summary>Why it stayed open; says nothing beside any verdict but <see cref="Verdict.Inconclusive"/>.</summary>
    public InconclusiveCause Cause { get; init; }

    /// <summary>
    /// What alone stayed open: a package by its URL without a version, or a place. Null where it may be all that the rule judges; says nothing beside any
    /// verdict but <see cref="Verdict.Inconclusive"/>.
    /// </summary>
    public string? About { get; init; }

    /// <summary>The fingerprint of the finding that it stands for; null beside any verdict but a failed one.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>True where the check was stopped before its end, so that the scan is incomplete.</summary>
    public bool WasCutShort => Verdict is Verdict.Inconclusive && Cause is InconclusiveCause.CutShort;
}

/// <summary>What one rule came to for the whole app: the worst of its places, with that place's reason.</summary>
public sealed record RuleVerdict(Rule Rule, Verdict Verdict, string Reason, IReadOnlyList<PlaceVerdict> Places);
