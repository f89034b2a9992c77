using System.Text;
using System.Xml;
using Ecoscanner.Findings;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports;

/// <summary>JUnit's XML as build servers read it: a suite for each scanner and app, a case for each rule.</summary>
internal sealed class JUnitReport : IReportWriter
{
    // A build server shows a case's text whole.
    private const int MostFindingsInACase = 100;

    private enum Outcome
    {
        Passed,
        Failure,
        Error,
        Skipped,
    }

    public string Name => "junit";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        report = report.InOrder();
        using var xml = XmlWriter.Create(
            output,
            new XmlWriterSettings
            {
                Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                Indent = true,
                NewLineChars = "\n",
                CloseOutput = false,
            }
        );
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "ecoscanner");
        foreach (var app in report.Apps)
        {
            foreach (var scanner in app.Scanners)
            {
                WriteSuite(xml, app, scanner, options.Policy);
            }
        }

        foreach (var target in report.FailedTargets)
        {
            WriteFailedTarget(xml, target);
        }

        xml.WriteEndElement();
        xml.Flush();
        output.Write("\n"u8);
    }

    private static void WriteSuite(XmlWriter xml, AppReport app, ScannerRun scanner, FailPolicy policy)
    {
        var cases = app
            .Verdicts.Where(verdict => scanner.Rules.Contains(verdict.Rule))
            .Select(verdict =>
            {
                var findings = app.Findings.Where(finding => finding.Rule == verdict.Rule).ToList();
                return (Verdict: verdict, Findings: findings, Outcome: Judge(verdict, findings, app.App.Key, policy));
            })
            .ToList();
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", $"{app.App.Key} {scanner.Name}");
        Attribute(xml, "tests", cases.Count.ToString());
        Attribute(xml, "failures", cases.Count(@case => @case.Outcome is Outcome.Failure).ToString());
        Attribute(xml, "errors", cases.Count(@case => @case.Outcome is Outcome.Error).ToString());
        Attribute(xml, "skipped", cases.Count(@case => @case.Outcome is Outcome.Skipped).ToString());
        Attribute(xml, "time", scanner.Duration.TotalSeconds.ToString("0.000"));
        Attribute(xml, "timestamp", app.Started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss"));
        foreach (var (verdict, findings, outcome) in cases)
        {
            xml.WriteStartElement("testcase");
            Attribute(xml, "classname", $"{app.App.Key}.{scanner.Name}");
            Attribute(xml, "name", $"{verdict.Rule.Id} ({verdict.Rule.Requirement.Id})");
            Attribute(xml, "time", "0");
            WriteOutcome(xml, verdict, findings, outcome);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // A check that was cut short is an error: a skipped case looks like a decision.
    private static Outcome Judge(RuleVerdict verdict, List<Finding> findings, string appKey, FailPolicy policy)
    {
        if (findings.Exists(finding => policy.Fails(appKey, finding)))
        {
            return Outcome.Failure;
        }

        if (verdict.Places.Any(place => place.WasCutShort))
        {
            return Outcome.Error;
        }

        return verdict.Verdict is Verdict.NotApplicable or Verdict.Inconclusive or Verdict.Exempt ? Outcome.Skipped : Outcome.Passed;
    }

    private static void WriteOutcome(XmlWriter xml, RuleVerdict verdict, List<Finding> findings, Outcome outcome)
    {
        var reason = $"{Words.Of(verdict.Verdict)}: {verdict.Reason}";
        switch (outcome)
        {
            case Outcome.Failure:
                xml.WriteStartElement("failure");
                Attribute(xml, "message", verdict.Reason);
                Attribute(xml, "type", Worst(verdict.Rule, findings));
                WriteFindings(xml, findings);
                xml.WriteEndElement();
                break;
            case Outcome.Error:
                xml.WriteStartElement("error");
                Attribute(xml, "message", $"cut short: {verdict.Places.First(place => place.WasCutShort).Reason}");
                WriteFindings(xml, findings);
                xml.WriteEndElement();
                break;
            case Outcome.Skipped:
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", reason);
                xml.WriteEndElement();
                break;
            default:
                xml.WriteStartElement("system-out");
                xml.WriteString(ConsoleText.Of(reason));
                // Findings below the severity that fails the run: said, not failed.
                WriteFindings(xml, findings);
                xml.WriteEndElement();
                break;
        }
    }

    private static string Worst(Rule rule, List<Finding> findings)
    {
        var score = findings.Count > 0 ? Words.Worst(findings) : rule.Cvss;
        return $"{Words.Of(SeverityBand.Of(score))} {Words.Score(score)}";
    }

    private static void WriteFindings(XmlWriter xml, List<Finding> findings)
    {
        foreach (var finding in findings.Take(MostFindingsInACase))
        {
            Line(xml, "");
            Line(xml, $"{finding.Location}: {finding.Message}{(finding.ExemptedBy is { } by ? $" (exempt: {by.Reason})" : "")}");
            Line(xml, $"  observed: {finding.Evidence.Observed}");
            Line(xml, $"  expected: {finding.Evidence.Expected}");
            foreach (var fact in finding.Evidence.Facts)
            {
                Line(xml, $"  {fact.Name.ToLowerInvariant()}: {fact.Says}");
            }

            foreach (var step in finding.Evidence.Steps)
            {
                Line(xml, $"  way: {step} {step.Says}");
            }

            foreach (var exchange in finding.Evidence.Exchanges)
            {
                Line(xml, $"  repeat ({exchange.Purpose}): {exchange.Curl}");
            }
        }

        if (findings.Count > MostFindingsInACase)
        {
            Line(xml, $"and {findings.Count - MostFindingsInACase:N0} more: see the JSON report");
        }
    }

    private static void WriteFailedTarget(XmlWriter xml, FailedTarget target)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", target.Target);
        Attribute(xml, "tests", "1");
        Attribute(xml, "errors", "1");
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", "ecoscanner");
        Attribute(xml, "name", target.Target);
        xml.WriteStartElement("error");
        Attribute(xml, "message", target.Reason);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, ConsoleText.Of(value));

    private static void Line(XmlWriter xml, string text) => xml.WriteString($"{ConsoleText.Of(text)}\n");
}
