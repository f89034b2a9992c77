using Ecoscanner.Findings;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports;

/// <summary>GitHub-flavoured Markdown for a comment on a pull request, short enough for one whatever was found.</summary>
internal sealed class MarkdownReport : IReportWriter
{
    // GitHub refuses a comment of more than 65,536 characters.
    private const int MostCharacters = 60_000;

    // A rule broken at many places is shown at the first few.
    private const int MostInDetail = 5;

    public string Name => "md";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        report = report.InOrder();
        using var writer = ReportFormats.Writer(output);
        var comment = new Comment(writer, MostCharacters);
        var outcome = Outcome.Of(report, options);
        comment.Add(page =>
        {
            page.Line($"## Ecoscanner {report.ToolVersion}");
            page.Line();
            foreach (var sentence in outcome.Sentences)
            {
                page.Line($"- {sentence}");
            }

            if (outcome.Next is { } next)
            {
                page.Write($"- Next: fix ")
                    .Encoded(MarkdownText.Code(next.Rule.Id))
                    .Write($": see ")
                    .Encoded(MarkdownText.Code(next.Explain))
                    .Write($", then ")
                    .Encoded(MarkdownText.Code(next.Recheck))
                    .Line();
            }
        });
        foreach (var target in report.FailedTargets)
        {
            comment.Add(page => page.Line($"- Not scanned: {target.Target}: {target.Reason}"));
        }

        foreach (var app in report.Apps)
        {
            WriteApp(comment, app, options);
        }

        if (comment.LeftOut > 0)
        {
            writer.Write($"\n_{Words.Count(comment.LeftOut, "part")} left out to fit into one comment: see the JSON or HTML report._\n");
        }
    }

    private static void WriteApp(Comment comment, AppReport app, ReportOptions options)
    {
        comment.Add(page =>
        {
            page.Line();
            page.Line($"### {app.App.Name}");
            page.Line();
            page.Encoded(MarkdownText.Code(app.App.Key))
                .Line($", {app.App.Hosting} app from {app.App.Source}. Findings: {new Tally(app).Findings()}. Rules: {new Tally(app).Rules()}.");
        });
        foreach (var group in app.Findings.Where(finding => finding.ExemptedBy is null).GroupBy(finding => finding.Rule))
        {
            WriteRule(comment, app, group.Key, [.. group], options);
        }

        WriteVerdicts(comment, app);
        WriteCoverage(comment, app);
    }

    private static void WriteRule(Comment comment, AppReport app, Rule rule, List<Finding> findings, ReportOptions options)
    {
        comment.Add(page =>
        {
            page.Line();
            var score = Words.Worst(findings);
            page.Line($"#### ✗ {Words.Of(SeverityBand.Of(score)).ToUpperInvariant()} {Words.Score(score)}: {rule.Title}");
            page.Line();
            page.Encoded(MarkdownText.Code(rule.Id))
                .Line($", {rule.Requirement.Id}, {(rule.RaisesTickets ? "raises a ticket" : "advice")}, at {Words.Count(findings.Count, "place")}.");
            if (RulePage.Fix(options.Page(rule)) is { } fix)
            {
                page.Line();
                page.Line($"**Fix:** {fix}");
            }

            page.Line();
            page.Write($"Explain: ")
                .Encoded(MarkdownText.Code(Commands.Explain(rule)))
                .Write($", check again: ")
                .Encoded(MarkdownText.Code(Commands.Recheck(app.App, rule, options)))
                .Line();
            page.Line();
        });
        for (var i = 0; i < findings.Count; i++)
        {
            WriteFinding(comment, app.App.Key, findings[i], i < MostInDetail, options.Policy.Baseline);
        }
    }

    private static void WriteFinding(Comment comment, string appKey, Finding finding, bool isDetailed, Baseline? baseline) =>
        comment.Add(page =>
        {
            page.Write($"- {finding.Location.ToString()}");
            if (finding.Location.Component is { } component)
            {
                page.Write($" {component}");
            }

            page.Write($", {Words.Of(finding.Confidence)} confidence");
            if (baseline is not null)
            {
                page.Write($", {Words.Of(baseline.StateOf(appKey, finding))}");
            }

            page.Line();
            if (!isDetailed)
            {
                return;
            }

            if (finding.MessageSaysMore())
            {
                page.Line($"  - {finding.Message}");
            }

            page.Line($"  - Observed: {finding.Evidence.Observed}");
            page.Line($"  - Expected: {finding.Evidence.Expected}");
            foreach (var fact in finding.Evidence.Facts)
            {
                page.Line($"  - {fact.Name}: {fact.Says}");
            }

            foreach (var (number, step) in finding.Evidence.Steps.Index())
            {
                page.Line($"  {number + 1}. {step.ToString()} {step.Says}");
            }

            if (finding.Evidence.Exchanges.Count > 0)
            {
                page.Line();
                page.Line($"  <details><summary>Repeat it</summary>");
                page.Line();
                foreach (var exchange in finding.Evidence.Exchanges)
                {
                    page.Line($"  {exchange.Purpose}: {exchange.Answer()}");
                    page.Line();
                    page.Encoded(MarkdownText.Block(exchange.Curl, "  "));
                    page.Line();
                }

                page.Line($"  </details>");
                page.Line();
            }
        });

    private static void WriteVerdicts(Comment comment, AppReport app)
    {
        comment.Add(page =>
        {
            page.Line();
            page.Line($"#### Requirements");
            page.Line();
            page.Line($"| verdict | requirement | rule | why |");
            page.Line($"| --- | --- | --- | --- |");
        });
        foreach (var verdict in app.Verdicts)
        {
            comment.Add(page =>
                page.Write($"| ")
                    .Encoded(Words.Symbol(verdict.Verdict))
                    .Write($" {Words.Of(verdict.Verdict)} | {verdict.Rule.Requirement.Id} | ")
                    .Encoded(MarkdownText.Code(verdict.Rule.Id))
                    .Line($" | {verdict.Reason} |")
            );
        }
    }

    private static void WriteCoverage(Comment comment, AppReport app)
    {
        comment.Add(page =>
        {
            page.Line();
            page.Line($"#### Coverage and traffic");
            page.Line();
            page.Line($"- Looked at to the end: {Words.Count(app.Coverage.Covered.Count, "place")}.");
            page.Line($"- Requests: {app.Traffic.Requests} of at most {app.Traffic.Planned} planned; {app.Traffic.SignedAs ?? "not signed"}.");
        });
        foreach (var scanner in app.Scanners.Where(scanner => scanner.Failure is not null))
        {
            comment.Add(page => page.Line($"- {scanner.Name} did not run to its end: {scanner.Failure}"));
        }

        foreach (var gap in app.Coverage.Gaps)
        {
            comment.Add(page => page.Line($"- Not looked at: {gap.Where()}: {gap.Reason}"));
        }

        foreach (var refused in app.Traffic.Refused)
        {
            comment.Add(page => page.Line($"- No request to {refused.Host}: {refused.Reason}"));
        }
    }

    /// <summary>A text that takes whole parts as long as there is room, and counts those it had none for.</summary>
    private sealed class Comment(TextWriter output, int room)
    {
        private int room = room;

        public int LeftOut { get; private set; }

        public void Add(Action<SinkWriter> write)
        {
            using var part = new StringWriter { NewLine = "\n" };
            write(new SinkWriter(part, MarkdownText.Of));
            var text = part.GetStringBuilder();
            if (text.Length > room)
            {
                LeftOut++;
                return;
            }

            room -= text.Length;
            output.Write(text);
        }
    }
}
