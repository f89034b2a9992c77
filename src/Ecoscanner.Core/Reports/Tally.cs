using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports;

/// <summary>How many findings and verdicts of each kind an app has.</summary>
internal sealed class Tally(AppReport app)
{
    /// <summary>The severities that findings are counted by, worst first.</summary>
    public static IReadOnlyList<Severity> Severities { get; } = [Severity.Critical, Severity.High, Severity.Medium, Severity.Low];

    /// <summary>The verdicts in the order people ask for them.</summary>
    public static IReadOnlyList<Verdict> Verdicts { get; } = [Verdict.Fail, Verdict.Pass, Verdict.Inconclusive, Verdict.NotApplicable, Verdict.Exempt];

    private readonly Dictionary<Severity, int> findings = app
        .Findings.Where(finding => finding.ExemptedBy is null)
        .CountBy(finding => finding.Severity)
        .ToDictionary();

    private readonly Dictionary<Verdict, int> verdicts = app.Verdicts.CountBy(verdict => verdict.Verdict).ToDictionary();

    /// <summary>Findings of that severity that nothing exempts.</summary>
    public int Of(Severity severity) => findings.GetValueOrDefault(severity);

    /// <summary>Rules with that verdict.</summary>
    public int Of(Verdict verdict) => verdicts.GetValueOrDefault(verdict);

    /// <summary>"1 critical, 2 high"; "no findings" where there is none.</summary>
    public string Findings() =>
        Listed([.. Severities.Where(severity => Of(severity) > 0).Select(severity => $"{Of(severity):N0} {Words.Of(severity)}")], "no findings");

    /// <summary>"2 fail, 9 pass, 1 inconclusive".</summary>
    public string Rules() => Listed([.. Verdicts.Where(verdict => Of(verdict) > 0).Select(verdict => $"{Of(verdict):N0} {Words.Of(verdict)}")], "no rules");

    private static string Listed(IReadOnlyList<string> parts, string none) => parts.Count == 0 ? none : string.Join(", ", parts);
}
