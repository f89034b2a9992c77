using System.Text.Json;
using Ecoscanner.Findings;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Sarif;

/// <summary>One finding as a SARIF result.</summary>
internal sealed class SarifResult(Utf8JsonWriter json, ReportOptions options, AppReport app)
{
    private const string FingerprintPrefix = "eco1:";

    private readonly string descriptor = options.DescriptorPath ?? DescriptorOf(app);

    public void Write(Finding finding, int ruleIndex)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("kind", "fail");
        json.WriteString("level", SarifReport.Level(finding.Severity));
        WriteMessage(finding);
        WriteLocation(finding.Location);
        WriteFlow(finding);
        WriteIdentity(finding);
        if (Shown(finding) is { } exchange)
        {
            WriteExchange(exchange);
        }

        json.WriteStartObject("properties");
        json.WriteString("requirement", finding.Rule.Requirement.Id);
        json.WriteString("confidence", Words.Of(finding.Confidence));
        json.WriteString("security-severity", Words.Score(finding.Cvss));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>GitHub shows nothing of a result but this, so the evidence and the way to see it again stand in it.</summary>
    private void WriteMessage(Finding finding)
    {
        json.WriteStartObject("message");
        List<string?> lines =
        [
            finding.Message,
            $"Where: {finding.Location}{(finding.Location.Component is { } component ? $" ({component})" : "")}",
            $"Observed: {finding.Evidence.Observed}",
            $"Expected: {finding.Evidence.Expected}",
            .. finding.Evidence.Facts.Select(fact => $"{fact.Name}: {fact.Says}"),
            .. finding.Evidence.Steps.Select((step, number) => $"Step {number + 1}: {step} {step.Says}"),
            .. finding.Evidence.Exchanges.Select(exchange => $"Repeat ({exchange.Purpose}): {exchange.Curl}"),
        ];
        json.WriteString("text", string.Join('\n', lines.Select(SarifText.Of)));
        json.WriteEndObject();
    }

    private void WriteLocation(Location location)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        WritePlace(location.Path ?? descriptor, Math.Max(1, location.Line ?? 1), Math.Max(1, location.Column ?? 1));
        if ((location.Url ?? location.Component) is { } name)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("name", Visible.Of(location.Component ?? name));
            json.WriteString("fullyQualifiedName", Visible.Of(name));
            json.WriteString("kind", location.Url is null ? "member" : "resource");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteFlow(Finding finding)
    {
        if (finding.Evidence.Steps.Count == 0)
        {
            return;
        }

        json.WriteStartArray("codeFlows");
        json.WriteStartObject();
        json.WriteStartArray("threadFlows");
        json.WriteStartObject();
        json.WriteStartArray("locations");
        foreach (var step in finding.Evidence.Steps)
        {
            json.WriteStartObject();
            json.WriteStartObject("location");
            WritePlace(step.Path, Math.Max(1, step.Line), Math.Max(1, step.Column));
            json.WriteStartObject("message");
            json.WriteString("text", SarifText.Of(step.Says));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WritePlace(string path, int line, int column)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", RelativeUri(path));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", line);
        json.WriteNumber("startColumn", column);
        json.WriteNumber("endLine", line);
        json.WriteNumber("endColumn", column + 1);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteIdentity(Finding finding)
    {
        json.WriteStartObject("partialFingerprints");
        // The only one GitHub looks at. Where it is missing, the uploading action makes it from the file's line, and every URL stands on line 1.
        json.WriteString("primaryLocationLineHash", $"{finding.Fingerprint.Replace(FingerprintPrefix, "", StringComparison.Ordinal)}:1");
        json.WriteEndObject();
        json.WriteStartObject("fingerprints");
        json.WriteString(SarifReport.FingerprintName, finding.Fingerprint);
        json.WriteEndObject();
        // Absent ones are not written: GitHub opens an alert for each result it is given.
        if (options.Policy.Baseline is { } baseline)
        {
            json.WriteString("baselineState", Words.Of(baseline.StateOf(app.App.Key, finding)));
        }

        if (finding.ExemptedBy is { } exemption)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("status", "accepted");
            json.WriteString("justification", Visible.Of($"{exemption.Reason} (until {exemption.Expires:yyyy-MM-dd})"));
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    private void WriteExchange(Exchange exchange)
    {
        json.WriteStartObject("webRequest");
        json.WriteString("protocol", "HTTP");
        json.WriteString("method", Visible.Of(exchange.Method));
        json.WriteString("target", Visible.Of(exchange.Url));
        json.WriteEndObject();
        json.WriteStartObject("webResponse");
        if (exchange.Status is not { } status)
        {
            json.WriteBoolean("noResponseReceived", true);
            json.WriteEndObject();
            return;
        }

        json.WriteNumber("statusCode", status);
        json.WriteStartObject("headers");
        foreach (var header in exchange.Headers.GroupBy(header => Visible.Of(header.Name), StringComparer.OrdinalIgnoreCase))
        {
            json.WriteString(header.Key, string.Join(", ", header.Select(field => Visible.Of(field.Value))));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A result has room for one: the first that went to the place itself.
    private static Exchange? Shown(Finding finding) =>
        finding.Evidence.Exchanges.FirstOrDefault(exchange => exchange.Url == finding.Location.Url)
        ?? (finding.Evidence.Exchanges is [var first, ..] ? first : null);

    private static string DescriptorOf(AppReport app)
    {
        var source = app.App.Source.Replace('\\', '/');
        var isRelative = !source.Contains(':') && !source.StartsWith('/') && !source.Split('/').Contains("..");
        return isRelative && source.Length > 0 ? source : DescriptorName(app.App.Hosting);
    }

    private static string DescriptorName(string hosting) =>
        hosting switch
        {
            "Forge" => "manifest.yml",
            "Data Center" => "atlassian-plugin.xml",
            _ => "atlassian-connect.json",
        };

    private static string RelativeUri(string path) => string.Join('/', path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
}
