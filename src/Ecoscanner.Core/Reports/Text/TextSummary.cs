using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Text;

/// <summary>The end of the text report: a table over all apps, what the run came to, and what to do next.</summary>
internal sealed class TextSummary(ScanReport report, ReportOptions options, Canvas canvas)
{
    public void Write()
    {
        canvas.Heading("Summary");
        WriteTable();
        canvas.End();
        var outcome = Outcome.Of(report, options.Policy);
        foreach (var sentence in outcome.Sentences)
        {
            canvas.Space(2).Wrapped(2, sentence);
        }

        if (outcome.Next is { } next)
        {
            canvas.End();
            canvas.Space(2).Put($"Next: fix {next.Rule.Id}", Ink.Bold).End();
            canvas.Command(4, "How", next.Explain);
            canvas.Command(4, "Recheck", next.Recheck);
        }
    }

    public void WriteOutcome() => canvas.Wrapped(0, string.Join(' ', Outcome.Of(report, options.Policy).Sentences));

    private void WriteTable()
    {
        if (report.Apps.Count == 0)
        {
            return;
        }

        const string Title = "app";
        var width = Math.Max(Title.Length, report.Apps.Max(app => Columns.Of(ConsoleText.Of(app.App.Key))));
        var rulesAt = 2 + width + 2 + Tally.Severities.Sum(severity => Words.Of(severity).Length + 2);
        if (rulesAt + report.Apps.Max(app => new Tally(app).Rules().Length) > options.Text.Width)
        {
            WriteList();
            return;
        }

        canvas.Space(2).Cell(Title, width, Ink.Faint);
        foreach (var severity in Tally.Severities)
        {
            canvas.Put($"{Words.Of(severity)}  ", Ink.Faint);
        }

        canvas.Put("rules", Ink.Faint).End();
        foreach (var app in report.Apps)
        {
            var tally = new Tally(app);
            canvas.Space(2).Cell(app.App.Key, width);
            foreach (var severity in Tally.Severities)
            {
                canvas.Number(tally.Of(severity), Words.Of(severity).Length);
            }

            canvas.Put(tally.Rules()).End();
        }
    }

    private void WriteList()
    {
        foreach (var app in report.Apps)
        {
            canvas.Space(2).Put(app.App.Key).End();
            canvas.Space(4).Wrapped(4, $"findings: {new Tally(app).Findings()}");
            canvas.Space(4).Wrapped(4, $"rules: {new Tally(app).Rules()}");
        }
    }
}
