using System.Text.Json;
using Ecoscanner.Findings;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Sarif;

/// <summary>One scanner's run over one app: its rules, how it went, and its results.</summary>
internal sealed class SarifRun(Utf8JsonWriter json, ScanReport report, ReportOptions options, AppReport app, ScannerRun scanner)
{
    // What GitHub takes of a description.
    private const int LongestDescription = 1024;

    // Results are handed on in parts of about this size.
    private const int FlushAt = 64 * 1024;

    private readonly List<Rule> rules = [.. scanner.Rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public void Write()
    {
        var results = app.Findings.Where(finding => rules.Contains(finding.Rule)).ToList();
        json.WriteStartObject();
        WriteTool();
        json.WriteStartObject("automationDetails");
        // The category of GitHub's alerts. It never holds a version: alerts of another category would stay open for ever.
        json.WriteString("id", $"ecoscanner/{Visible.Of(app.App.Key).Replace('/', '-')}/{scanner.Name}/");
        json.WriteEndObject();
        WriteInvocation(results.Count);
        WriteTaxonomies();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("properties");
        json.WriteString(SarifReport.AppProperty, app.App.Key);
        json.WriteString("runId", report.RunId);
        json.WriteEndObject();
        json.WriteStartArray("results");
        var result = new SarifResult(json, options, app);
        foreach (var finding in results.Take(SarifReport.MostResults))
        {
            result.Write(finding, rules.IndexOf(finding.Rule));
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTool()
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Ecoscanner");
        json.WriteString("semanticVersion", report.ToolVersion);
        json.WriteStartArray("supportedTaxonomies");
        json.WriteStartObject();
        json.WriteString("name", "CWE");
        json.WriteNumber("index", 0);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            WriteRule(rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("extensions");
        json.WriteStartObject();
        json.WriteString("name", scanner.Name);
        json.WriteString("version", scanner.Version.ToString());
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteRule(Rule rule)
    {
        var page = options.Page(rule);
        var fix = RulePage.Fix(page);
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Id);
        SarifReport.Message(json, "shortDescription", Cut(rule.Title));
        SarifReport.Message(json, "fullDescription", Cut($"{rule.Requirement.Id}, {rule.Requirement.Title}: {rule.Title}. {fix}".TrimEnd()));
        json.WriteStartObject("help");
        json.WriteString("text", SarifText.Of($"{rule.Title}. {fix} See: {Commands.Explain(rule)}"));
        if (page is not null)
        {
            json.WriteString("markdown", page);
        }

        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", SarifReport.Level(rule.Severity));
        json.WriteEndObject();
        json.WriteStartArray("relationships");
        json.WriteStartObject();
        json.WriteStartObject("target");
        json.WriteString("id", rule.Cwe.ToString());
        json.WriteStartObject("toolComponent");
        json.WriteString("name", "CWE");
        json.WriteNumber("index", 0);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("kinds");
        json.WriteStringValue("superset");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("properties");
        // No rule fails without a positive control; what is less sure is inconclusive and no result at all.
        json.WriteString("precision", "high");
        // GitHub asks the rule and not the result, so where each has a score of its own the worst stands for all.
        // A string: GitHub ignores a number. Exactly 9.0 lies between its bands, so the level says error too.
        json.WriteString(
            "security-severity",
            Words.Score(app.Findings.Where(finding => finding.Rule == rule).Select(finding => finding.Cvss).DefaultIfEmpty(rule.Cvss).Max())
        );
        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        json.WriteStringValue($"external/cwe/cwe-{rule.Cwe:000}");
        json.WriteStringValue($"atlassian/{rule.Requirement.Id.ToLowerInvariant().Replace(' ', '-')}");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteInvocation(int results)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        // A run that says false closes nothing: absence of a finding is then no proof of a fix.
        json.WriteBoolean("executionSuccessful", scanner.Failure is null && !Verdicts().Any(verdict => verdict.Places.Any(place => place.WasCutShort)));
        json.WriteString("startTimeUtc", app.Started.UtcDateTime);
        json.WriteString("endTimeUtc", app.Started.UtcDateTime + scanner.Duration);
        json.WriteStartArray("toolExecutionNotifications");
        if (scanner.Failure is { } failure)
        {
            WriteNotification("error", $"{scanner.Name}: {failure}", rule: null);
        }

        foreach (var verdict in Verdicts().Where(verdict => verdict.Verdict is Verdict.Inconclusive))
        {
            WriteNotification("warning", $"{verdict.Rule.Id} is inconclusive: {verdict.Reason}", verdict.Rule);
        }

        if (results > SarifReport.MostResults)
        {
            WriteNotification("warning", $"{results - SarifReport.MostResults:N0} less severe results are left out; the JSON report has them", rule: null);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteNotification(string level, string text, Rule? rule)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        SarifReport.Message(json, "message", text);
        if (rule is not null)
        {
            json.WriteStartObject("associatedRule");
            json.WriteString("id", rule.Id);
            json.WriteNumber("index", rules.IndexOf(rule));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteTaxonomies()
    {
        json.WriteStartArray("taxonomies");
        json.WriteStartObject();
        json.WriteString("name", "CWE");
        json.WriteString("organization", "MITRE");
        json.WriteString("informationUri", "https://cwe.mitre.org/");
        SarifReport.Message(json, "shortDescription", "The MITRE Common Weakness Enumeration");
        json.WriteBoolean("isComprehensive", false);
        json.WriteStartArray("taxa");
        foreach (var cwe in rules.Select(rule => rule.Cwe).Distinct().Order())
        {
            json.WriteStartObject();
            json.WriteString("id", cwe.ToString());
            json.WriteString("helpUri", $"https://cwe.mitre.org/data/definitions/{cwe}.html");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private IEnumerable<RuleVerdict> Verdicts() => app.Verdicts.Where(verdict => rules.Contains(verdict.Rule));

    private static string Cut(string text) => text.Length <= LongestDescription ? text : string.Concat(text.AsSpan(0, LongestDescription - 1), "…");
}
