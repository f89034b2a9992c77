namespace Ecoscanner.Findings;

/// <summary>A place that a scanner looked at to the end.</summary>
/// <param name="Scanner">The scanner's name.</param>
/// <param name="Place">A URL, a host and port, a file.</param>
public sealed record CoveredPlace(string Scanner, string Place);

/// <summary>A place that was not looked at, or not to the end, and why.</summary>
public sealed record CoverageGap(string Scanner, string Place, string Reason);

/// <summary>What a scan looked at and what it did not: a verdict means no more than this says.</summary>
public sealed record Coverage(IReadOnlyList<CoveredPlace> Covered, IReadOnlyList<CoverageGap> Gaps)
{
    public static readonly Coverage None = new([], []);
}
