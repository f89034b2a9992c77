namespace Ecoscanner.Findings;

/// <summary>What a rule's check came to. Not knowing is <see cref="Inconclusive"/>, never <see cref="Pass"/>.</summary>
public enum Verdict
{
    NotApplicable,
    Pass,
    Exempt,
    Inconclusive,
    Fail,
}
