using Ecoscanner.Findings;
using Ecoscanner.Reports.Text;

namespace Ecoscanner.Reports.Approval;

/// <summary>The formats of the questionnaire, each under the name that it has among reports.</summary>
public static class ApprovalFormats
{
    public static IReadOnlyList<IReportWriter> All { get; } = [new ApprovalText(), new ApprovalMarkdown(), new ApprovalJson()];

    /// <summary>The writer of that name, or null.</summary>
    public static IReportWriter? Find(string name) => All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal static string Symbol(ApprovalSignal signal) =>
        signal switch
        {
            ApprovalSignal.Pass => Words.Symbol(Verdict.Pass),
            ApprovalSignal.Undecided => Words.Symbol(Verdict.Inconclusive),
            ApprovalSignal.Warning => "!",
            ApprovalSignal.Fail => Words.Symbol(Verdict.Fail),
            _ => throw new ArgumentOutOfRangeException(nameof(signal)),
        };

    internal static Ink InkOf(ApprovalSignal signal) =>
        signal switch
        {
            ApprovalSignal.Pass => Ink.Green,
            ApprovalSignal.Fail => Ink.Red,
            _ => Ink.Yellow,
        };

    /// <summary>What it comes to, with the exit code.</summary>
    internal static string Outcome(int code) =>
        code switch
        {
            ExitCode.Findings => $"A fail blocks the listing (exit code {code}).",
            ExitCode.Incomplete => $"Nothing fails, but not everything could be checked (exit code {code}).",
            ExitCode.Interrupted => $"The scan was stopped; the answers are those of what was done until then (exit code {code}).",
            _ => $"Nothing blocks the listing; warnings and open questions are for you to answer (exit code {code}).",
        };
}
