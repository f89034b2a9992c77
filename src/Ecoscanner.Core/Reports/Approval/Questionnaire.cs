using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Approval;

/// <summary>An app's answers to the questionnaire of its hosting, from what a scan of it came to.</summary>
public sealed record Questionnaire(AppReport App, IReadOnlyList<ApprovalAnswer> Answers)
{
    /// <summary>The questionnaires of the apps of a report, in its order.</summary>
    public static IReadOnlyList<Questionnaire> Of(ScanReport report) =>
        [
            .. report
                .InOrder()
                .Apps.Select(app => new Questionnaire(app, [.. ApprovalQuestions.For(app.App).Select(question => Answer(question, app))]))
                .Where(questionnaire => questionnaire.Answers.Count > 0),
        ];

    /// <summary>
    /// What a run for approval ends with: a fail wins, as it blocks the listing; then an incomplete scan. Warnings and what only a person can answer
    /// change no code.
    /// </summary>
    public static int ExitCodeOf(ScanReport report) =>
        report.Cancelled ? ExitCode.Interrupted
        : Of(report).Any(questionnaire => questionnaire.Count(ApprovalSignal.Fail) > 0) ? ExitCode.Findings
        : report.FailedTargets.Count > 0 || report.Apps.Any(app => !app.Complete) ? ExitCode.Incomplete
        : ExitCode.Clean;

    /// <summary>What the app ships and what brought it, a line each, to be attached; empty where the hosting asks for none.</summary>
    public IReadOnlyList<string> Tree => App.App is DataCenterApp app ? [.. DependencyTree.Lines(app.Inventory)] : [];

    public int Count(ApprovalSignal signal) => Answers.Count(answer => answer.Signal == signal);

    /// <summary>"1 fail, 2 warning, 3 undecided, 10 pass".</summary>
    public string Tally =>
        string.Join(
            ", ",
            Enum.GetValues<ApprovalSignal>().Reverse().Where(signal => Count(signal) > 0).Select(signal => $"{Count(signal)} {Words.Of(signal)}")
        );

    private static ApprovalAnswer Answer(ApprovalQuestion question, AppReport report)
    {
        var about = question.About(report.App).ToList();
        ApprovalAnswer Says(ApprovalSignal signal, string reason, IEnumerable<ApprovalEvidence>? evidence = null) =>
            new(question, signal, reason, [.. evidence ?? [], .. about]);

        if (about.Count == 0 && question.Otherwise is { } otherwise && report.App is not ForgeApp { Manifest.IsPartial: true })
        {
            return Says(ApprovalSignal.Pass, otherwise);
        }

        var findings = report.Findings.Where(finding => question.Rules.Contains(finding.Rule.Id, StringComparer.Ordinal)).ToList();
        if (findings.Where(finding => finding.ExemptedBy is null).ToList() is [_, ..] open)
        {
            // What a likeness alone shows is for a person to look at, and blocks nothing.
            var isSure = open.Exists(finding => finding.Confidence > Confidence.Low);
            var signal = isSure ? question.Worst : ApprovalSignal.Warning;
            return Says(signal, $"{Words.Count(open.Count, "finding")}{(isSure ? "" : " of low confidence")}", open.Select(Found));
        }

        var verdicts = report.Verdicts.Where(verdict => question.Rules.Contains(verdict.Rule.Id, StringComparer.Ordinal)).ToList();
        var undecided = verdicts.Where(verdict => verdict.Places.Any(place => place.Verdict == Verdict.Inconclusive)).ToList();
        var leftOut = report
            .Scanners.SelectMany(scanner => scanner.Rules)
            .Where(rule => question.Rules.Contains(rule.Id, StringComparer.Ordinal) && !verdicts.Exists(verdict => verdict.Rule.Id == rule.Id))
            .ToList();
        return findings.Count > 0 ? Says(ApprovalSignal.Warning, $"{Words.Count(findings.Count, "finding")} that an ignore covers", findings.Select(Ignored))
            : question.ForPerson is { } person ? Says(ApprovalSignal.Undecided, person, undecided.Select(Judged))
            : leftOut is [var first, ..] ? Says(ApprovalSignal.Undecided, $"{first.Id} was left out of this scan")
            : verdicts.Count == 0 ? Says(ApprovalSignal.Undecided, "no rule of this scan judges it")
            : undecided.Count > 0 ? Says(ApprovalSignal.Undecided, $"{Words.Count(undecided.Count, "rule")} could not be decided", undecided.Select(Judged))
            : verdicts.TrueForAll(verdict => verdict.Verdict == Verdict.NotApplicable) ? Says(ApprovalSignal.Pass, verdicts[0].Reason)
            : Says(ApprovalSignal.Pass, $"{Words.Count(verdicts.Count, "rule holds", "rules hold")}", verdicts.Select(Judged));
    }

    private static ApprovalEvidence Found(Finding finding) =>
        new(ApprovalEvidence.OfFinding, finding.Location.ToString(), $"{finding.Rule.Id}: {finding.Evidence.Observed}");

    private static ApprovalEvidence Ignored(Finding finding) =>
        new(ApprovalEvidence.OfFinding, finding.Location.ToString(), $"{finding.Rule.Id} is ignored: {finding.ExemptedBy!.Reason}");

    private static ApprovalEvidence Judged(RuleVerdict verdict)
    {
        var place = verdict.Places.MaxBy(place => place.Verdict);
        return new(
            ApprovalEvidence.OfVerdict,
            place?.Place,
            $"{verdict.Rule.Id}: {Words.Of(place?.Verdict ?? verdict.Verdict)}, {place?.Reason ?? verdict.Reason}"
        );
    }
}

/// <summary>The answer to one question.</summary>
/// <param name="Reason">Why, in a few words.</param>
public sealed record ApprovalAnswer(ApprovalQuestion Question, ApprovalSignal Signal, string Reason, IReadOnlyList<ApprovalEvidence> Evidence);
