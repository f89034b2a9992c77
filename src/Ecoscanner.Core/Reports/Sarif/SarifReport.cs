using System.Text.Json;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Sarif;

/// <summary>SARIF 2.1.0 as GitHub's code scanning takes it: a run for each scanner and app, so that one that failed closes no other's alerts.</summary>
internal sealed class SarifReport : IReportWriter
{
    internal const string FingerprintName = "ecoscanner/v1";
    internal const string AppProperty = "app";

    // GitHub rejects a run with more results; ours come worst first.
    internal const int MostResults = 25_000;

    private const string SchemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public string Name => "sarif";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        report = report.InOrder();
        using var json = new Utf8JsonWriter(
            output,
            new JsonWriterOptions
            {
                Encoder = JsonEncoding.Encoder,
                Indented = true,
                NewLine = "\n",
            }
        );
        json.WriteStartObject();
        json.WriteString("$schema", SchemaUri);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        foreach (var app in report.Apps)
        {
            foreach (var scanner in app.Scanners)
            {
                new SarifRun(json, report, options, app, scanner).Write();
            }
        }

        if (report.FailedTargets.Count > 0)
        {
            WriteFailedTargets(json, report);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    /// <summary>A level as GitHub and editors use it: what may fail a build is an error.</summary>
    internal static string Level(Severity severity) =>
        severity switch
        {
            Severity.Critical or Severity.High => "error",
            Severity.Medium => "warning",
            _ => "note",
        };

    internal static void Message(Utf8JsonWriter json, string name, string? text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", SarifText.Of(text));
        json.WriteEndObject();
    }

    private static void WriteFailedTargets(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Ecoscanner");
        json.WriteString("semanticVersion", report.ToolVersion);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("automationDetails");
        json.WriteString("id", "ecoscanner/targets/");
        json.WriteEndObject();
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", false);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var target in report.FailedTargets)
        {
            json.WriteStartObject();
            json.WriteString("level", "error");
            Message(json, "message", $"{target.Target}: {target.Reason}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("results");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
