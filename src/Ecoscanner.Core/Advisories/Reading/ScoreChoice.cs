using Ecoscanner.Rules;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Chooses the score of an advisory: a 4.0 vector of GitHub or the vulnerability's own authority, else 3.1, else 3.0, else 4.0 of others, else the middle of a label's band.</summary>
internal static class ScoreChoice
{
    /// <summary>The score of one record.</summary>
    /// <param name="vectors">As the record gives them; those of version 2 do not count.</param>
    /// <param name="label">Such as <c>MODERATE</c>; null where there is none.</param>
    /// <param name="problem">Which vector is wrong; null where none is.</param>
    public static AdvisoryScore? Of(IEnumerable<string> vectors, string? label, string source, out string? problem)
    {
        problem = null;
        CvssVector? best = null;
        foreach (var text in vectors.Where(text => text.StartsWith("CVSS:", StringComparison.Ordinal)))
        {
            var vector = CvssVector.Parse(text, out var wrong);
            problem ??= wrong;
            if (vector is not null && (best is null || Rank(vector.Version, source) < Rank(best.Version, source)))
            {
                best = vector;
            }
        }

        if (best is not null)
        {
            return new(best.BaseScore, best.Text, $"CVSS {best.Version} of {source}");
        }

        return Middle(label) is { } middle
            ? new(middle, null, $"the middle of the band that {source} calls {label!.ToLowerInvariant()}; it gives no CVSS 3 or 4 vector")
            : null;
    }

    /// <summary>The better founded of two records' scores.</summary>
    public static (AdvisoryScore? Score, string Source) Better((AdvisoryScore? Score, string Source) left, (AdvisoryScore? Score, string Source) right)
    {
        var byKind = Rank(left).CompareTo(Rank(right));
        return (byKind != 0 ? byKind : SourceNames.Rank(left.Source).CompareTo(SourceNames.Rank(right.Source))) <= 0 ? left : right;
    }

    private static int Rank((AdvisoryScore? Score, string Source) choice) =>
        choice.Score switch
        {
            null => int.MaxValue,
            { Vector: { } vector } => Rank(vector.AsSpan("CVSS:".Length, 3), choice.Source),
            _ => 5,
        };

    private static int Rank(ReadOnlySpan<char> version, string source) =>
        version switch
        {
            // Overrides are decisions of ours.
            _ when source == SourceNames.Override => 0,
            "4.0" when SourceNames.Rank(source) <= SourceNames.Rank(SourceNames.Unknown) => 1,
            "3.1" => 2,
            "3.0" => 3,
            _ => 4,
        };

    private static double? Middle(string? label) =>
        label?.ToUpperInvariant() switch
        {
            "CRITICAL" => 9.5,
            "HIGH" => 8.0,
            "MEDIUM" or "MODERATE" => 5.5,
            "LOW" => 2.0,
            _ => null,
        };
}
