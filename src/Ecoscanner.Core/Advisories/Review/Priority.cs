using System.Globalization;
using Ecoscanner.Advisories.Indexing;

namespace Ecoscanner.Advisories.Review;

/// <summary>In which order to mend things, from 0 to 1,000, with its arithmetic. It sorts and nothing else: severity and due date follow from the score alone.</summary>
/// <param name="Value">0 to 1,000.</param>
/// <param name="Arithmetic">How it came about, for a person.</param>
public sealed record Priority(int Value, string Arithmetic)
{
    /// <summary>The most it can be: the sum of what can be had, and what a malicious package has.</summary>
    public const int Maximum = 1000;

    // A score of 10.0 is 600 points: whatever else is known of an advisory tips the scales and does not turn them.
    private const int PointsOfScore = 60;

    // Somebody attacks with it already.
    private const int PointsOfExploited = 200;

    // A probability of 1 that somebody will within 30 days (EPSS).
    private const int PointsOfProbability = 100;

    // There is something to do about it.
    private const int PointsOfFix = 50;

    // The partner chose the library, so the partner can change it.
    private const int PointsOfDirect = 25;

    // Attackers look at what is new, and nobody has had the time to mend it.
    private const int PointsOfNew = 25;

    private static readonly TimeSpan New = TimeSpan.FromDays(90);

    /// <param name="score">The CVSS base score, 0.0 to 10.0.</param>
    /// <param name="exploitation">What is known of attacks.</param>
    /// <param name="hasFix">Whether a version is known that mends it.</param>
    /// <param name="isDirect">Whether the app itself asks for the library.</param>
    /// <param name="today">For what is new.</param>
    public static Priority Of(Advisory advisory, double score, Exploitation exploitation, bool hasFix, bool isDirect, DateOnly today)
    {
        if (advisory.IsMalicious)
        {
            return new(Maximum, $"{Maximum} (the package is an attack itself)");
        }

        var terms = new List<(int Points, string Says)>
        {
            (Rounded(score * PointsOfScore), string.Create(CultureInfo.InvariantCulture, $"CVSS {score:0.0} x {PointsOfScore}")),
        };
        if (exploitation.Exploited is { } known)
        {
            terms.Add((PointsOfExploited, $"known to be exploited since {known.Added:yyyy-MM-dd}"));
        }

        if (exploitation.Predicted is { Probability: var probability } && Rounded(probability * PointsOfProbability) is > 0 and var points)
        {
            terms.Add((points, string.Create(CultureInfo.InvariantCulture, $"EPSS {probability:0.###} x {PointsOfProbability}")));
        }

        if (hasFix)
        {
            terms.Add((PointsOfFix, "a fix is there"));
        }

        if (isDirect)
        {
            terms.Add((PointsOfDirect, "the app asks for it itself"));
        }

        if (advisory.Published is { } published && today.DayNumber - DateOnly.FromDateTime(published.UtcDateTime).DayNumber <= New.Days)
        {
            terms.Add((PointsOfNew, $"published within {New.Days} days"));
        }

        return new(terms.Sum(term => term.Points), string.Join(" + ", terms.Select(term => $"{term.Points} ({term.Says})")));
    }

    public override string ToString() => $"{Value} of {Maximum} = {Arithmetic}";

    private static int Rounded(double points) => (int)Math.Round(points, MidpointRounding.AwayFromZero);
}
