using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Html;

/// <summary>One HTML page that needs nothing but itself: no script, no font, no request; to be sent around and printed.</summary>
internal sealed class HtmlReport : IReportWriter
{
    private static readonly string Style = ReadStyle();

    // Nothing may be loaded or run, should any text of a target ever get out of its element; the one style is known by its hash.
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    public string Name => "html";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        report = report.InOrder();
        using var writer = ReportFormats.Writer(output);
        var page = new SinkWriter(writer, HtmlText.Of);
        WriteHead(page, report);
        WriteOutcome(page, report, options);
        for (var i = 0; i < report.Apps.Count; i++)
        {
            new HtmlApp(page, report.Apps[i], options, number: i + 1).Write();
        }

        page.Line($"</main>");
        page.Line($"</body>");
        page.Line($"</html>");
    }

    private static void WriteHead(SinkWriter page, ScanReport report)
    {
        page.Line($"<!DOCTYPE html>");
        page.Line($"<html lang=\"en\">");
        page.Line($"<head>");
        page.Line($"<meta charset=\"utf-8\">");
        page.Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">");
        page.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Line($"<meta name=\"referrer\" content=\"no-referrer\">");
        page.Line($"<title>Ecoscanner: {string.Join(", ", report.Apps.Select(app => app.App.Name))}</title>");
        page.Write($"<style>").Encoded(Style).Line($"</style>");
        page.Line($"</head>");
        page.Line($"<body>");
        page.Line($"<header>");
        page.Line($"<h1>Ecoscanner report</h1>");
        page.Line($"<p class=\"quiet\">Version {report.ToolVersion}, run {report.RunId}</p>");
        page.Line($"</header>");
        page.Line($"<main>");
    }

    private static void WriteOutcome(SinkWriter page, ScanReport report, ReportOptions options)
    {
        var outcome = Outcome.Of(report, options);
        page.Line($"<div class=\"outcome\">");
        foreach (var sentence in outcome.Sentences)
        {
            page.Line($"<p>{sentence}</p>");
        }

        if (outcome.Next is { } next)
        {
            page.Line($"<p>Next: fix <code>{next.Rule.Id}</code>. What to do, and how to see that it holds:</p>");
            page.Line($"<pre>{next.Explain}</pre>");
            page.Line($"<pre>{next.Recheck}</pre>");
        }

        page.Line($"</div>");
        if (report.FailedTargets.Count > 0)
        {
            page.Line($"<h2>Not scanned</h2>");
            page.Line($"<dl>");
            foreach (var target in report.FailedTargets)
            {
                page.Line($"<dt>{target.Target}</dt><dd>{target.Reason}</dd>");
            }

            page.Line($"</dl>");
        }

        if (report.Apps.Count > 1)
        {
            WriteContents(page, report);
        }
    }

    private static void WriteContents(SinkWriter page, ScanReport report)
    {
        page.Line($"<nav aria-label=\"Apps\">");
        page.Line($"<h2>Apps</h2>");
        page.Line($"<ul>");
        for (var i = 0; i < report.Apps.Count; i++)
        {
            var app = report.Apps[i];
            page.Line($"<li><a href=\"#app-{i + 1}\">{app.App.Name}</a> <code>{app.App.Key}</code>: {new Tally(app).Findings()}</li>");
        }

        page.Line($"</ul>");
        page.Line($"</nav>");
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
