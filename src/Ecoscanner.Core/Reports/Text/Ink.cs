using Ecoscanner.Findings;
using Ecoscanner.Rules;

namespace Ecoscanner.Reports.Text;

/// <summary>What a word is coloured with; the value is ANSI's number.</summary>
internal enum Ink
{
    None = 0,
    Bold = 1,
    Faint = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
}

/// <summary>Which colour stands beside which word.</summary>
internal static class Inks
{
    public static Ink Of(Severity severity) =>
        severity switch
        {
            Severity.Critical or Severity.High => Ink.Red,
            Severity.Medium => Ink.Yellow,
            _ => Ink.Cyan,
        };

    public static Ink Of(Verdict verdict) =>
        verdict switch
        {
            Verdict.Fail => Ink.Red,
            Verdict.Pass => Ink.Green,
            Verdict.Inconclusive => Ink.Yellow,
            _ => Ink.Faint,
        };
}
