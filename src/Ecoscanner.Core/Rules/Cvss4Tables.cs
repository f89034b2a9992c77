namespace Ecoscanner.Rules;

/// <summary>FIRST's tables of CVSS 4.0 (BSD-2-Clause, copyright FIRST, Red Hat and contributors; cvss_lookup.js, max_composed.js and max_severity.js of its calculator).</summary>
internal static class Cvss4Tables
{
    private const byte None = byte.MaxValue;

    // In tenths. A row for each EQ1, EQ2, EQ3; in it EQ4, EQ5, EQ6, the last the fastest. Where EQ3 is 2, EQ6 is never 0.
    // csharpier-ignore
    private static ReadOnlySpan<byte> Scores =>
        [
            100, 99, 98, 95, 95, 92, 100, 96, 93, 87, 91, 81, 93, 90, 89, 80, 81, 68,
            98, 95, 95, 92, 90, 84, 93, 92, 89, 81, 81, 65, 88, 80, 78, 70, 69, 48,
            None, 92, None, 82, None, 72, None, 79, None, 69, None, 50, None, 69, None, 55, None, 27,
            99, 97, 95, 92, 92, 85, 95, 91, 90, 83, 84, 71, 92, 81, 82, 71, 72, 53,
            95, 93, 92, 85, 85, 73, 92, 82, 80, 72, 70, 59, 84, 70, 71, 52, 50, 30,
            None, 86, None, 75, None, 52, None, 71, None, 52, None, 29, None, 63, None, 29, None, 17,
            98, 95, 94, 87, 91, 81, 94, 89, 86, 74, 77, 64, 87, 75, 74, 63, 63, 49,
            94, 89, 88, 77, 76, 67, 86, 76, 74, 58, 59, 50, 72, 57, 57, 52, 52, 25,
            None, 83, None, 70, None, 54, None, 65, None, 58, None, 26, None, 53, None, 21, None, 13,
            95, 90, 88, 76, 76, 70, 90, 77, 75, 62, 61, 53, 77, 66, 68, 59, 52, 30,
            89, 78, 76, 67, 62, 58, 74, 59, 57, 57, 47, 23, 61, 52, 57, 29, 24, 16,
            None, 71, None, 59, None, 30, None, 58, None, 26, None, 15, None, 23, None, 13, None, 6,
            93, 87, 86, 72, 75, 58, 86, 74, 74, 61, 56, 34, 70, 54, 52, 40, 40, 22,
            85, 75, 74, 55, 62, 51, 72, 57, 55, 41, 46, 19, 53, 36, 34, 19, 19, 8,
            None, 64, None, 51, None, 20, None, 47, None, 21, None, 11, None, 24, None, 9, None, 4,
            88, 75, 73, 53, 60, 50, 73, 55, 59, 40, 41, 20, 54, 43, 45, 22, 20, 11,
            75, 55, 58, 45, 40, 21, 61, 51, 48, 18, 20, 9, 46, 18, 17, 7, 8, 2,
            None, 53, None, 24, None, 14, None, 24, None, 12, None, 5, None, 10, None, 3, None, 1,
        ];

    /// <summary>The score of a MacroVector, in tenths; null where there is no such MacroVector.</summary>
    public static int? Score(int eq1, int eq2, int eq3, int eq4, int eq5, int eq6)
    {
        if (eq1 > 2 || eq2 > 1 || eq3 > 2 || eq4 > 2 || eq5 > 2 || eq6 > 1)
        {
            return null;
        }

        var score = Scores[(((((((((eq1 * 2) + eq2) * 3) + eq3) * 3) + eq4) * 3) + eq5) * 2) + eq6];
        return score == None ? null : score;
    }

    /// <summary>The worst combinations of the metrics of EQ1, by its level.</summary>
    public static readonly string[][] Worst1 =
    [
        ["AV:N/PR:N/UI:N"],
        ["AV:A/PR:N/UI:N", "AV:N/PR:L/UI:N", "AV:N/PR:N/UI:P"],
        ["AV:P/PR:N/UI:N", "AV:A/PR:L/UI:P"],
    ];

    public static readonly string[][] Worst2 =
    [
        ["AC:L/AT:N"],
        ["AC:H/AT:N", "AC:L/AT:P"],
    ];

    /// <summary>By the levels of EQ3 and EQ6 together: 00, 01, 10, 11, 20, 21.</summary>
    public static readonly string[][] Worst36 =
    [
        ["VC:H/VI:H/VA:H/CR:H/IR:H/AR:H"],
        ["VC:H/VI:H/VA:L/CR:M/IR:M/AR:H", "VC:H/VI:H/VA:H/CR:M/IR:M/AR:M"],
        ["VC:L/VI:H/VA:H/CR:H/IR:H/AR:H", "VC:H/VI:L/VA:H/CR:H/IR:H/AR:H"],
        [
            "VC:L/VI:H/VA:L/CR:H/IR:M/AR:H",
            "VC:L/VI:H/VA:H/CR:H/IR:M/AR:M",
            "VC:H/VI:L/VA:H/CR:M/IR:H/AR:M",
            "VC:H/VI:L/VA:L/CR:M/IR:H/AR:H",
            "VC:L/VI:L/VA:H/CR:H/IR:H/AR:M",
        ],
        [],
        ["VC:L/VI:L/VA:L/CR:H/IR:H/AR:H"],
    ];

    public static readonly string[][] Worst4 =
    [
        ["SC:H/SI:S/SA:S"],
        ["SC:H/SI:H/SA:H"],
        ["SC:L/SI:L/SA:L"],
    ];

    /// <summary>How many steps the metrics of EQ1 can be from its worst combination, by its level.</summary>
    public static readonly int[] Depth1 = [1, 4, 5];

    public static readonly int[] Depth2 = [1, 2];

    public static readonly int[] Depth36 = [7, 6, 8, 8, 0, 10];

    public static readonly int[] Depth4 = [6, 5, 4];
}
