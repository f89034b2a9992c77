using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports;

/// <summary>What a run came to, in sentences: whether it fails and why, what is not known, and what to do next.</summary>
internal sealed record Outcome(IReadOnlyList<string> Sentences, NextStep? Next)
{
    public static Outcome Of(ScanReport report, ReportOptions options)
    {
        var policy = options.Policy;
        var code = ExitCode.Of(report, policy);
        return new Outcome([Result(report, policy, code), .. Changes(report, policy), .. Open(report)], FirstFix(report, options));
    }

    private static string Result(ScanReport report, FailPolicy policy, int code)
    {
        var failing = report.Apps.Sum(app => app.Findings.Count(finding => policy.Fails(app.App.Key, finding)));
        var none = policy.FailOn is { } severity
            ? $"no finding at or above {Words.Of(severity)}{(policy.OnlyNew ? " that is new" : "")}"
            : "findings do not fail this run";
        return code switch
        {
            ExitCode.Findings =>
                $"Failed: {Words.Count(failing, "finding")} at or above {Words.Of(policy.FailOn!.Value)}{(policy.OnlyNew ? " and new" : "")} (exit code {code}).",
            ExitCode.Incomplete => $"Incomplete: {none}, but not everything could be checked (exit code {code}).",
            ExitCode.Interrupted => $"Interrupted: the report holds what was done until then (exit code {code}).",
            ExitCode.NothingToScan => $"Nothing to scan: no scanner applies to what was given (exit code {code}).",
            _ => $"Passed: {none} (exit code {code}).",
        };
    }

    private static IEnumerable<string> Changes(ScanReport report, FailPolicy policy)
    {
        if (policy.Baseline is not { } baseline)
        {
            yield break;
        }

        var added = report.Apps.Sum(app => app.Findings.Count(finding => baseline.StateOf(app.App.Key, finding) is BaselineState.New));
        var absent = report.Apps.Sum(app => baseline.Absent(app).Count);
        yield return $"Against the baseline: {added:N0} new, {report.Apps.Sum(app => app.Findings.Count) - added:N0} unchanged, {absent:N0} not seen this time.";
    }

    private static IEnumerable<string> Open(ScanReport report)
    {
        int Rules(InconclusiveCause cause) =>
            report.Apps.Sum(app => app.Verdicts.Count(verdict => verdict.Places.Any(place => place.Verdict is Verdict.Inconclusive && place.Cause == cause)));

        if (Rules(InconclusiveCause.CutShort) is > 0 and var cut)
        {
            yield return $"{Words.Count(cut, "rule was", "rules were")} cut short: see the reasons, and scan again.";
        }

        if (Rules(InconclusiveCause.NeedsOperator) is > 0 and var needy)
        {
            yield return $"{Words.Count(needy, "rule needs", "rules need")} something from you to be decided, such as a test tenant: see the reasons.";
        }

        if (Rules(InconclusiveCause.Ambiguous) is > 0 and var ambiguous)
        {
            yield return $"{Words.Count(ambiguous, "rule")} could not be decided from the answers: look at the places yourself. None of them is a pass, none raises a ticket.";
        }
    }

    private static NextStep? FirstFix(ScanReport report, ReportOptions options) =>
        report
            .Apps.SelectMany(app => app.Findings.Where(finding => finding.ExemptedBy is null).Select(finding => (app.App, finding.Rule, finding.Cvss)))
            .OrderByDescending(first => first.Cvss)
            .Select(first => new NextStep(first.Rule, Commands.Explain(first.Rule), Commands.Recheck(first.App, first.Rule, options)))
            .FirstOrDefault();
}

/// <summary>The rule to mend first: how to learn what to do, and how to see that it is done.</summary>
internal sealed record NextStep(Rule Rule, string Explain, string Recheck);
