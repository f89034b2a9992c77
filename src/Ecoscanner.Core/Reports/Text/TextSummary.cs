using Ecoscanner.Findings;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Text;

/// <summary>The end of the text report: a table over all apps, what the run came to, and what to do next.</summary>
internal sealed class TextSummary(ScanReport report, ReportOptions options, Canvas canvas)
{
    // The others are no news to act on; the list above has them.
    private static readonly Verdict[] Verdicts = [Verdict.Fail, Verdict.Pass, Verdict.Inconclusive];

    public void Write()
    {
        canvas.Heading("Summary");
        WriteTable();
        canvas.End();
        var outcome = Outcome.Of(report, options);
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

    public void WriteOutcome() => canvas.Wrapped(0, string.Join(' ', Outcome.Of(report, options).Sentences));

    private void WriteTable()
    {
        if (report.Apps.Count == 0)
        {
            return;
        }

        const string Title = "app";
        var width = Math.Max(Title.Length, report.Apps.Max(app => Columns.Of(ConsoleText.Of(app.App.Key))));
        string[] counts = [.. Tally.Severities.Select(Words.Of), .. Verdicts.Select(Words.Of)];
        if (2 + width + counts.Sum(word => 2 + word.Length) > options.Text.Width)
        {
            WriteList();
            return;
        }

        canvas.Space(2).Cell(Title, width, Ink.Faint).Put(string.Join("  ", counts), Ink.Faint).End();
        foreach (var app in report.Apps)
        {
            var tally = new Tally(app);
            IEnumerable<int> numbers = [.. Tally.Severities.Select(tally.Of), .. Verdicts.Select(tally.Of)];
            canvas.Space(2).Cell(app.App.Key, width);
            canvas.Put(string.Join("  ", numbers.Zip(counts, (number, word) => $"{number:N0}".PadLeft(word.Length)))).End();
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
