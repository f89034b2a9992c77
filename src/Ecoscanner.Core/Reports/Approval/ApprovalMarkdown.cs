using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Approval;

/// <summary>The questionnaire in Markdown, to be filled in further and sent with the submission.</summary>
internal sealed class ApprovalMarkdown : IReportWriter
{
    // A page that a person edits; JSON has all.
    private const int MostEvidence = 20;

    public string Name => "md";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        using var writer = ReportFormats.Writer(output);
        var page = new SinkWriter(writer, MarkdownText.Of);
        foreach (var questionnaire in Questionnaire.Of(report))
        {
            Write(questionnaire, page);
        }

        foreach (var target in report.FailedTargets)
        {
            page.Line($"- Not scanned: {target.Target}: {target.Reason}");
        }

        page.Line($"{ApprovalFormats.Outcome(Questionnaire.ExitCodeOf(report))}");
    }

    private static void Write(Questionnaire questionnaire, SinkWriter page)
    {
        var app = questionnaire.App.App;
        page.Line($"# Approval of {app.Name}");
        page.Line();
        page.Encoded(MarkdownText.Code(app.Key)).Line($", from {app.Source}. Answers: {questionnaire.Tally}.");
        foreach (var answer in questionnaire.Answers)
        {
            page.Line();
            page.Write($"## ").Encoded(ApprovalFormats.Symbol(answer.Signal)).Line($" {answer.Question.Text}");
            page.Line();
            page.Line($"**{Words.Of(answer.Signal)}** ({answer.Question.Id}): {answer.Reason}.");
            if (answer.Evidence.Count > 0)
            {
                page.Line();
            }

            foreach (var evidence in answer.Evidence.Take(MostEvidence))
            {
                page.Write($"- ");
                if (evidence.Place is { } place)
                {
                    page.Encoded(MarkdownText.Code(place)).Write($" ");
                }

                page.Line($"{evidence.Text}");
            }

            if (answer.Evidence.Count > MostEvidence)
            {
                page.Line($"- and {answer.Evidence.Count - MostEvidence} more");
            }
        }

        if (questionnaire.Tree is { Count: > 0 } tree)
        {
            page.Line();
            page.Line($"## Dependency tree");
            page.Line();
            foreach (var line in tree)
            {
                page.Encoded($"    {ConsoleText.Of(line)}").Line();
            }
        }

        page.Line();
    }
}
