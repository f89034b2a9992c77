using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Text;

/// <summary>The findings of one app, by rule and worst first: what is wrong, how to fix it, and each place with its evidence.</summary>
internal sealed class TextFindings(AppReport app, ReportOptions options, Canvas canvas)
{
    // Of a rule broken at many places the first few show why; the others are a line each.
    private const int MostInDetail = 5;

    /// <summary>Whether the person asked to see it.</summary>
    public static bool IsShown(Finding finding, TextStyle style) => finding.Severity >= style.LeastSeverity && (finding.ExemptedBy is null || style.ShowExempt);

    public void Write()
    {
        canvas.Heading($"Findings: {new Tally(app).Findings()}");
        var shown = app.Findings.Where(finding => IsShown(finding, options.Text)).ToList();
        var hidden = app.Findings.Count - shown.Count;
        foreach (var group in shown.GroupBy(finding => finding.Rule))
        {
            WriteRule(group.Key, [.. group]);
        }

        if (hidden > 0)
        {
            canvas.End();
            canvas
                .Space(2)
                .Wrapped(2, $"{Words.Count(hidden, "finding")} not shown: exempt (--show-suppressed shows them) or below the severity you asked for.");
        }
    }

    private void WriteRule(Rule rule, List<Finding> findings)
    {
        var score = Words.Worst(findings);
        var severity = SeverityBand.Of(score);
        canvas.End();
        canvas
            .Space(2)
            .Put($"{Words.Of(severity).ToUpperInvariant()} {Words.Score(score)}", Inks.Of(severity))
            .Put($"  {rule.Id}", Ink.Bold)
            .Put($"  {rule.Requirement.Id}, {(rule.RaisesTickets ? "raises a ticket" : "advice")}")
            .End();
        canvas.Space(2).Wrapped(2, $"{rule.Title}.");
        if (RulePage.Fix(options.Page(rule)) is { } fix)
        {
            canvas.Field(4, "Fix", fix);
        }

        canvas.Command(4, "Explain", Commands.Explain(rule));
        canvas.Command(4, "Recheck", Commands.Recheck(app.App, rule, options));
        for (var i = 0; i < findings.Count; i++)
        {
            WriteFinding(findings[i], isDetailed: i < MostInDetail);
        }
    }

    private void WriteFinding(Finding finding, bool isDetailed)
    {
        if (isDetailed)
        {
            canvas.End();
        }

        var state = options.Policy.Baseline is { } baseline ? $", {Words.Of(baseline.StateOf(app.App.Key, finding))}" : "";
        canvas.Space(4).Put(Words.Of(finding.Severity), Inks.Of(finding.Severity));
        canvas.Put($" ({Words.Of(finding.Confidence)} confidence{state})  ").Place(finding.Location.ToString());
        canvas.Put(finding.Location.Component is { } component ? $"  {component}" : "").End();
        if (finding.ExemptedBy is { } exemption)
        {
            canvas.Field(6, "Exempt", $"until {exemption.Expires:yyyy-MM-dd}: {exemption.Reason}");
        }

        if (!isDetailed)
        {
            return;
        }

        if (finding.MessageSaysMore())
        {
            canvas.Space(6).Wrapped(6, finding.Message);
        }

        canvas.Field(6, "Observed", finding.Evidence.Observed);
        canvas.Field(6, "Expected", finding.Evidence.Expected);
        foreach (var fact in finding.Evidence.Facts)
        {
            canvas.Field(6, fact.Name, fact.Says);
        }

        foreach (var (number, step) in finding.Evidence.Steps.Index())
        {
            canvas.Field(6, number == 0 ? "Way" : "", $"{step}  {step.Says}");
        }

        foreach (var exchange in finding.Evidence.Exchanges)
        {
            canvas.Field(6, "Repeat", $"{exchange.Purpose}: {exchange.Answer()}");
            canvas.Space(8).Put(exchange.Curl).End();
        }
    }
}
