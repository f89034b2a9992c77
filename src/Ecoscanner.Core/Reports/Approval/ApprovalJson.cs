using System.Text.Json;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Approval;

/// <summary>The questionnaire as JSON, with all of its evidence.</summary>
internal sealed class ApprovalJson : IReportWriter
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Encoder = JsonEncoding.Encoder,
        Indented = true,
        NewLine = "\n",
    };

    public string Name => "json";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Layout))
        {
            json.WriteStartObject();
            json.WriteString("tool", "ecoscanner");
            json.WriteString("version", report.ToolVersion);
            json.WriteNumber("exitCode", Questionnaire.ExitCodeOf(report));
            json.WriteStartArray("apps");
            foreach (var questionnaire in Questionnaire.Of(report))
            {
                Write(questionnaire, json);
            }

            json.WriteEndArray();
            json.WriteStartArray("failedTargets");
            foreach (var target in report.FailedTargets)
            {
                json.WriteStartObject();
                json.WriteString("target", target.Target);
                json.WriteString("reason", target.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Write(Questionnaire questionnaire, Utf8JsonWriter json)
    {
        var app = questionnaire.App.App;
        json.WriteStartObject();
        json.WriteString("key", app.Key);
        json.WriteString("name", Visible.Of(app.Name));
        json.WriteString("source", Visible.Of(app.Source));
        json.WriteString("hosting", app.Hosting);
        if (app is DataCenterApp archive)
        {
            json.WriteString("appVersion", archive.Version is null ? null : Visible.Of(archive.Version));
            json.WriteString("sha256", archive.Sha256);
        }

        json.WriteString("advisorySnapshot", questionnaire.App.AdvisorySnapshot);
        json.WriteStartArray("scanners");
        foreach (var scanner in questionnaire.App.Scanners)
        {
            json.WriteStartObject();
            json.WriteString("name", scanner.Name);
            json.WriteNumber("version", scanner.Version);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("count");
        foreach (var signal in Enum.GetValues<ApprovalSignal>())
        {
            json.WriteNumber(Words.Of(signal), questionnaire.Count(signal));
        }

        json.WriteEndObject();
        json.WriteStartArray("questions");
        foreach (var answer in questionnaire.Answers)
        {
            json.WriteStartObject();
            json.WriteString("id", answer.Question.Id);
            json.WriteString("question", answer.Question.Text);
            json.WriteString("worst", Words.Of(answer.Question.Worst));
            json.WriteString("answer", Words.Of(answer.Signal));
            json.WriteString("reason", Visible.Of(answer.Reason));
            json.WriteStartArray("rules");
            foreach (var rule in answer.Question.Rules)
            {
                json.WriteStringValue(rule);
            }

            json.WriteEndArray();
            json.WriteStartArray("evidence");
            foreach (var evidence in answer.Evidence)
            {
                json.WriteStartObject();
                json.WriteString("kind", evidence.Kind);
                json.WriteString("place", evidence.Place is null ? null : Visible.Of(evidence.Place));
                json.WriteString("text", Visible.Of(evidence.Text));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("dependencyTree");
        foreach (var line in questionnaire.Tree)
        {
            json.WriteStringValue(Visible.Of(line));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
