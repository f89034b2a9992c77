using System.Collections.Immutable;

namespace Ecoscanner.Rules;

/// <summary>The score of CVSS 4.0 (specification, 8): that of the vector's MacroVector, lowered by how far the vector is from its worst one.</summary>
internal static class Cvss4
{
    public static readonly ImmutableArray<CvssMetric> Metrics =
    [
        .. CvssMetric.All("AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N", areBase: true),
        .. CvssMetric.All(
            "E:X,A,P,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L MAV:X,N,A,L,P MAC:X,L,H MAT:X,N,P MPR:X,N,L,H MUI:X,N,P,A MVC:X,H,L,N MVI:X,H,L,N MVA:X,H,L,N MSC:X,H,L,N MSI:X,S,H,L,N MSA:X,S,H,L,N",
            areBase: false
        ),
        .. CvssMetric.All("S:X,N,P AU:X,N,Y R:X,A,U,I V:X,D,C RE:X,L,M,H U:X,Clear,Green,Amber,Red", areBase: false),
    ];

    // The values of each metric, the worst first: a step is a tenth.
    private static readonly (string Name, string Values)[] Steps =
    [
        ("AV", "NALP"),
        ("PR", "NLH"),
        ("UI", "NPA"),
        ("AC", "LH"),
        ("AT", "NP"),
        ("VC", "HLN"),
        ("VI", "HLN"),
        ("VA", "HLN"),
        ("CR", "HML"),
        ("IR", "HML"),
        ("AR", "HML"),
        ("SC", "SHLN"),
        ("SI", "SHLN"),
        ("SA", "SHLN"),
    ];

    public static double BaseScore(CvssMetrics metrics) => Score(name => Base(metrics, name));

    /// <summary>With the threat and environmental metrics that the vector holds.</summary>
    public static double FullScore(CvssMetrics metrics) => Score(name => Effective(metrics, name));

    // The worst is assumed of what is not defined.
    private static char Base(CvssMetrics metrics, string name) =>
        name switch
        {
            "E" => 'A',
            "CR" or "IR" or "AR" => 'H',
            _ => metrics[name],
        };

    private static char Effective(CvssMetrics metrics, string name)
    {
        var isModifiable = name is not ("E" or "CR" or "IR" or "AR");
        var value = metrics[isModifiable ? "M" + name : name];
        return value == CvssMetrics.NotDefined ? Base(metrics, name) : value;
    }

    private static double Score(Func<string, char> of)
    {
        if ((of("VC"), of("VI"), of("VA"), of("SC"), of("SI"), of("SA")) is ('N', 'N', 'N', 'N', 'N', 'N'))
        {
            return 0;
        }

        var (eq1, eq2, eq3, eq4, eq5, eq6) = (Eq1(of), Eq2(of), Eq3(of), Eq4(of), Eq5(of), Eq6(of));
        var score = Cvss4Tables.Score(eq1, eq2, eq3, eq4, eq5, eq6)!.Value;
        var eq36 = (eq3 * 2) + eq6;

        // How far the next lower MacroVector is, for each group of metrics, and which part of that way this vector has gone.
        var lowered = 0.0;
        var groups = 0;
        Lower(Cvss4Tables.Score(eq1 + 1, eq2, eq3, eq4, eq5, eq6), Distance(of, Cvss4Tables.Worst1[eq1]), Cvss4Tables.Depth1[eq1]);
        Lower(Cvss4Tables.Score(eq1, eq2 + 1, eq3, eq4, eq5, eq6), Distance(of, Cvss4Tables.Worst2[eq2]), Cvss4Tables.Depth2[eq2]);
        Lower(NextOfImpact(), Distance(of, Cvss4Tables.Worst36[eq36]), Cvss4Tables.Depth36[eq36]);
        Lower(Cvss4Tables.Score(eq1, eq2, eq3, eq4 + 1, eq5, eq6), Distance(of, Cvss4Tables.Worst4[eq4]), Cvss4Tables.Depth4[eq4]);
        Lower(Cvss4Tables.Score(eq1, eq2, eq3, eq4, eq5 + 1, eq6), 0, 1);

        var tenths = score - (groups == 0 ? 0 : lowered / groups);
        return Rounded(Math.Clamp(tenths, 0, 100));

        void Lower(int? next, int distance, int depth)
        {
            if (next is { } lower)
            {
                groups++;
                lowered += (double)(score - lower) * distance / depth;
            }
        }

        // EQ3 and EQ6 depend on each other; from 00 there are two ways down, and the less deep counts.
        int? NextOfImpact() =>
            (eq3, eq6) switch
            {
                (0, 0) => Math.Max(Cvss4Tables.Score(eq1, eq2, 0, eq4, eq5, 1)!.Value, Cvss4Tables.Score(eq1, eq2, 1, eq4, eq5, 0)!.Value),
                (1, 0) => Cvss4Tables.Score(eq1, eq2, 1, eq4, eq5, 1),
                _ => Cvss4Tables.Score(eq1, eq2, eq3 + 1, eq4, eq5, eq6),
            };
    }

    // Half up, as FIRST's calculator does; its allowance for the error of binary fractions too.
    private static double Rounded(double tenths) => Math.Floor(tenths + 0.5 + 1e-5) / 10;

    // Steps from the first of the worst combinations that is at least as bad in each metric; the metrics of other groups do not count.
    private static int Distance(Func<string, char> of, string[] worst)
    {
        foreach (var combination in worst)
        {
            var sum = 0;
            var isWorse = true;
            foreach (var metric in combination.Split('/'))
            {
                var (name, value) = (metric[..2], metric[3]);
                var values = Array.Find(Steps, step => step.Name == name).Values;
                var steps = values.IndexOf(of(name), StringComparison.Ordinal) - values.IndexOf(value, StringComparison.Ordinal);
                isWorse &= steps >= 0;
                sum += steps;
            }

            if (isWorse)
            {
                return sum;
            }
        }

        throw new InvalidOperationException("no worst combination covers a vector of its own MacroVector");
    }

    private static int Eq1(Func<string, char> of)
    {
        var (vector, privileges, interaction) = (of("AV"), of("PR"), of("UI"));
        if ((vector, privileges, interaction) is ('N', 'N', 'N'))
        {
            return 0;
        }

        return vector != 'P' && (vector == 'N' || privileges == 'N' || interaction == 'N') ? 1 : 2;
    }

    private static int Eq2(Func<string, char> of) => (of("AC"), of("AT")) is ('L', 'N') ? 0 : 1;

    private static int Eq3(Func<string, char> of) =>
        (of("VC"), of("VI"), of("VA")) switch
        {
            ('H', 'H', _) => 0,
            ('H', _, _) or (_, 'H', _) or (_, _, 'H') => 1,
            _ => 2,
        };

    private static int Eq4(Func<string, char> of) =>
        (of("SC"), of("SI"), of("SA")) switch
        {
            (_, 'S', _) or (_, _, 'S') => 0,
            ('H', _, _) or (_, 'H', _) or (_, _, 'H') => 1,
            _ => 2,
        };

    private static int Eq5(Func<string, char> of) =>
        of("E") switch
        {
            'A' => 0,
            'P' => 1,
            _ => 2,
        };

    private static int Eq6(Func<string, char> of) =>
        (of("CR"), of("VC")) is ('H', 'H') || (of("IR"), of("VI")) is ('H', 'H') || (of("AR"), of("VA")) is ('H', 'H') ? 0 : 1;
}
