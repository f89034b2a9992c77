using System.Collections.Immutable;

namespace Ecoscanner.Rules;

/// <summary>The base score of CVSS 3.0 and 3.1 (specification, 7.1 and appendix A); the two differ in environmental metrics only.</summary>
internal static class Cvss3
{
    public static readonly ImmutableArray<CvssMetric> Metrics =
    [
        .. CvssMetric.All("AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:H,L,N I:H,L,N A:H,L,N", areBase: true),
        .. CvssMetric.All(
            "E:X,H,F,P,U RL:X,U,W,T,O RC:X,C,R,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L MAV:X,N,A,L,P MAC:X,L,H MPR:X,N,L,H MUI:X,N,R MS:X,U,C MC:X,N,L,H MI:X,N,L,H MA:X,N,L,H",
            areBase: false
        ),
    ];

    public static double BaseScore(CvssMetrics metrics)
    {
        var isChanged = metrics["S"] == 'C';
        var impactBase = 1 - ((1 - Impact(metrics["C"])) * (1 - Impact(metrics["I"])) * (1 - Impact(metrics["A"])));
        var impact = isChanged ? (7.52 * (impactBase - 0.029)) - (3.25 * Math.Pow(impactBase - 0.02, 15)) : 6.42 * impactBase;
        if (impact <= 0)
        {
            return 0;
        }

        var exploitability =
            8.22
            * AttackVector(metrics["AV"])
            * (metrics["AC"] == 'L' ? 0.77 : 0.44)
            * Privileges(metrics["PR"], isChanged)
            * (metrics["UI"] == 'N' ? 0.85 : 0.62);
        return RoundUp(Math.Min((isChanged ? 1.08 : 1) * (impact + exploitability), 10));
    }

    // Appendix A of 3.1: in integers, so that 4.000000000000001 stays 4.0.
    private static double RoundUp(double value)
    {
        var parts = (int)Math.Round(value * 100_000);
        return (parts % 10_000 == 0 ? parts / 10_000 : (parts / 10_000) + 1) / 10.0;
    }

    private static double Impact(char value) =>
        value switch
        {
            'H' => 0.56,
            'L' => 0.22,
            _ => 0,
        };

    private static double AttackVector(char value) =>
        value switch
        {
            'N' => 0.85,
            'A' => 0.62,
            'L' => 0.55,
            _ => 0.2,
        };

    private static double Privileges(char value, bool isChanged) =>
        value switch
        {
            'N' => 0.85,
            'L' => isChanged ? 0.68 : 0.62,
            _ => isChanged ? 0.5 : 0.27,
        };
}
