using Ecoscanner.Findings;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Html;

/// <summary>The part of the page about one app: what was checked, what is wrong, what was looked at, what was sent.</summary>
internal sealed class HtmlApp(SinkWriter page, AppReport app, ReportOptions options, int number)
{
    public void Write()
    {
        page.Line($"<section aria-labelledby=\"app-{number}\">");
        page.Line($"<h2 id=\"app-{number}\">{app.App.Name}</h2>");
        page.Line($"<p class=\"quiet\"><code>{app.App.Key}</code>, {app.App.Hosting} app from {app.App.Source}</p>");
        var advisories = app.AdvisorySnapshot is { } snapshot ? $", with the advisories of snapshot {Words.Snapshot(snapshot)}" : "";
        page.Line($"<p class=\"quiet\">Scanned {Words.Moment(app.Started)} in {Words.Duration(app.Duration)}{advisories}</p>");
        WriteRequirements();
        WriteFindings();
        WriteCoverage();
        WriteTraffic();
        page.Line($"</section>");
    }

    private void WriteRequirements()
    {
        page.Line($"<h3>Requirements</h3>");
        page.Line($"<table class=\"requirements\">");
        page.Line($"<caption>{new Tally(app).Rules()}</caption>");
        page.Line($"<thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\">Requirement</th><th scope=\"col\">Why</th></tr></thead>");
        page.Line($"<tbody>");
        foreach (var verdict in app.Verdicts)
        {
            var word = Words.Of(verdict.Verdict);
            page.Write($"<tr><th scope=\"row\" class=\"{word}\"><span aria-hidden=\"true\">{Words.Symbol(verdict.Verdict)}</span> {word}</th>");
            page.Write($"<td>{verdict.Rule.Requirement.Id}<br>{verdict.Rule.Title}<br><code class=\"quiet\">{verdict.Rule.Id}</code></td>");
            page.Write($"<td>{verdict.Reason}");
            WritePlaces(verdict);
            page.Line($"</td></tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
    }

    private void WritePlaces(RuleVerdict verdict)
    {
        if (verdict.Places.Count < 2)
        {
            return;
        }

        page.Line();
        page.Line($"<details><summary>{Words.Count(verdict.Places.Count, "place")}</summary>");
        page.Line($"<ul>");
        foreach (var place in verdict.Places)
        {
            page.Line($"<li><span class=\"{Words.Of(place.Verdict)}\">{Words.Of(place.Verdict)}</span> {place.Place ?? "the whole app"}: {place.Reason}</li>");
        }

        page.Line($"</ul>");
        page.Line($"</details>");
    }

    private void WriteFindings()
    {
        page.Line($"<h3>Findings</h3>");
        page.Line($"<p>{new Tally(app).Findings()}</p>");
        foreach (var group in app.Findings.GroupBy(finding => finding.Rule))
        {
            WriteRule(group.Key, [.. group]);
        }
    }

    private void WriteRule(Rule rule, IReadOnlyList<Finding> findings)
    {
        var score = Words.Worst(findings);
        var severity = Words.Of(SeverityBand.Of(score));
        page.Line($"<article>");
        page.Line($"<h4><span class=\"{severity}\">{severity.ToUpperInvariant()} {Words.Score(score)}</span> {rule.Title}</h4>");
        page.Line(
            $"<p class=\"quiet\"><code>{rule.Id}</code>, {rule.Requirement.Id}, {(rule.RaisesTickets ? "raises a ticket" : "advice")}, {Words.Count(findings.Count, "place")}</p>"
        );
        if (RulePage.Fix(options.Page(rule)) is { } fix)
        {
            page.Line($"<p><strong>Fix:</strong> {fix}</p>");
        }

        page.Line($"<pre>{Commands.Explain(rule)}</pre>");
        page.Line($"<pre>{Commands.Recheck(app.App, rule, options)}</pre>");
        foreach (var finding in findings)
        {
            WriteFinding(finding);
        }

        page.Line($"</article>");
    }

    private void WriteFinding(Finding finding)
    {
        page.Line($"<section>");
        page.Line($"<h5>{finding.Location.ToString()}</h5>");
        if (finding.MessageSaysMore())
        {
            page.Line($"<p>{finding.Message}</p>");
        }

        page.Line($"<dl>");
        if (finding.Location.Component is { } component)
        {
            page.Line($"<dt>In the app</dt><dd><code>{component}</code></dd>");
        }

        page.Line($"<dt>Observed</dt><dd>{finding.Evidence.Observed}</dd>");
        page.Line($"<dt>Expected</dt><dd>{finding.Evidence.Expected}</dd>");
        foreach (var fact in finding.Evidence.Facts)
        {
            page.Line($"<dt>{fact.Name}</dt><dd>{fact.Says}</dd>");
        }

        page.Line($"<dt>Confidence</dt><dd>{Words.Of(finding.Confidence)}</dd>");
        if (options.Policy.Baseline is { } baseline)
        {
            page.Line($"<dt>Baseline</dt><dd>{Words.Of(baseline.StateOf(app.App.Key, finding))}</dd>");
        }

        if (finding.ExemptedBy is { } exemption)
        {
            page.Line($"<dt>Exempt</dt><dd>until {exemption.Expires.ToString("yyyy-MM-dd")}: {exemption.Reason}</dd>");
        }

        page.Line($"<dt>Fingerprint</dt><dd><code>{finding.Fingerprint}</code></dd>");
        page.Line($"</dl>");
        if (finding.Evidence.Steps.Count > 0)
        {
            page.Line($"<ol>");
            foreach (var step in finding.Evidence.Steps)
            {
                page.Line($"<li><code>{step.ToString()}</code> {step.Says}</li>");
            }

            page.Line($"</ol>");
        }

        foreach (var exchange in finding.Evidence.Exchanges)
        {
            page.Line($"<p>{exchange.Purpose}: {exchange.Answer()}</p>");
            page.Line($"<pre>{exchange.Curl}</pre>");
        }

        page.Line($"</section>");
    }

    private void WriteCoverage()
    {
        page.Line($"<h3>Coverage</h3>");
        foreach (var scanner in app.Scanners.Where(scanner => scanner.Failure is not null))
        {
            page.Line($"<p class=\"inconclusive\">{scanner.Name} did not run to its end: {scanner.Failure}</p>");
        }

        if (app.Coverage.Gaps.Count == 0)
        {
            page.Line($"<p>Nothing was left out.</p>");
        }
        else
        {
            page.Line($"<table>");
            page.Line($"<caption>Not looked at, or not to the end: {Words.Count(app.Coverage.Gaps.Count, "place")}</caption>");
            page.Line($"<thead><tr><th scope=\"col\">Place</th><th scope=\"col\">Why</th><th scope=\"col\">Scanner</th></tr></thead>");
            page.Line($"<tbody>");
            foreach (var gap in app.Coverage.Gaps)
            {
                page.Line($"<tr><td>{gap.Where()}</td><td>{gap.Reason}</td><td>{gap.Scanner}</td></tr>");
            }

            page.Line($"</tbody>");
            page.Line($"</table>");
        }

        page.Line($"<details><summary>Looked at to the end: {Words.Count(app.Coverage.Covered.Count, "place")}</summary>");
        page.Line($"<ul>");
        foreach (var place in app.Coverage.Covered)
        {
            page.Line($"<li>{place.Place} <span class=\"quiet\">{place.Scanner}</span></li>");
        }

        page.Line($"</ul>");
        page.Line($"</details>");
    }

    private void WriteTraffic()
    {
        var traffic = app.Traffic;
        page.Line($"<h3>Traffic</h3>");
        page.Line($"<dl>");
        page.Line($"<dt>Requests</dt><dd>{traffic.Requests} of at most {traffic.Planned} planned</dd>");
        page.Line($"<dt>TLS handshakes</dt><dd>{traffic.Handshakes}</dd>");
        page.Line($"<dt>Bytes</dt><dd>{Words.Bytes(traffic.BytesSent)} sent, {Words.Bytes(traffic.BytesReceived)} received</dd>");
        page.Line($"<dt>Signed</dt><dd>{traffic.SignedAs ?? "no"}</dd>");
        foreach (var host in traffic.ByHost)
        {
            page.Line($"<dt>To {host.Key}</dt><dd>{host.Value}</dd>");
        }

        foreach (var refused in traffic.Refused)
        {
            page.Line($"<dt>None to {refused.Host}</dt><dd>{refused.Reason}</dd>");
        }

        page.Line($"</dl>");
    }
}
