using Ecoscanner.Reports.Text;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Approval;

/// <summary>The questionnaire for a person at a terminal.</summary>
internal sealed class ApprovalText : IReportWriter
{
    // A person reads a screen or two; JSON has all.
    private const int MostEvidence = 6;

    public string Name => "text";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        using var writer = ReportFormats.Writer(output);
        var canvas = new Canvas(writer, options.Text);
        foreach (var questionnaire in Questionnaire.Of(report))
        {
            Write(questionnaire, options.Text, canvas);
        }

        foreach (var target in report.FailedTargets)
        {
            canvas.Put("not scanned", Ink.Red).Put($"  {target.Target}: {target.Reason}").End();
        }

        canvas.Wrapped(0, ApprovalFormats.Outcome(Questionnaire.ExitCodeOf(report)));
    }

    private static void Write(Questionnaire questionnaire, TextStyle style, Canvas canvas)
    {
        var app = questionnaire.App.App;
        canvas.Put(app.Key, Ink.Bold).Put($"  approval of {app.Name}").End();
        canvas.Field(2, "From", app.Source);
        canvas.Field(2, "Answers", questionnaire.Tally);
        foreach (var answer in questionnaire.Answers.Where(answer => !style.Quiet || answer.Signal != ApprovalSignal.Pass))
        {
            canvas.End();
            var ink = ApprovalFormats.InkOf(answer.Signal);
            canvas
                .Space(2)
                .Put(ApprovalFormats.Symbol(answer.Signal), ink)
                .Space(1)
                .Put(Words.Of(answer.Signal), ink)
                .Put($"  {answer.Question.Id}", Ink.Bold)
                .End();
            canvas.Space(4).Wrapped(4, answer.Question.Text);
            canvas.Space(6).Wrapped(6, $"{answer.Reason}.");
            foreach (var evidence in answer.Evidence.Take(MostEvidence))
            {
                canvas.Space(6).Wrapped(8, evidence.Place is null ? evidence.Text : $"{evidence.Place}  {evidence.Text}");
            }

            if (answer.Evidence.Count > MostEvidence)
            {
                canvas.Space(6).Put($"and {answer.Evidence.Count - MostEvidence} more: see -f json").End();
            }
        }

        canvas.End();
    }
}
