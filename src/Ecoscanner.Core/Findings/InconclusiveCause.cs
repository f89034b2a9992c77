namespace Ecoscanner.Findings;

/// <summary>Why a rule stayed open at a place: tells a scan that was stopped from one that did all a person let it do.</summary>
public enum InconclusiveCause
{
    /// <summary>The check did not run to its end: the target was unreachable, a limit was reached, the scanner failed. The scan is incomplete.</summary>
    CutShort,

    /// <summary>A person did not give what the check needs: a test tenant, <c>--allow-state-change</c>.</summary>
    NeedsOperator,

    /// <summary>The check ran to its end, and the answers prove neither pass nor fail.</summary>
    Ambiguous,
}
