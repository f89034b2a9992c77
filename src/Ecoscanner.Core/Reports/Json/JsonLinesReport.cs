using System.Text.Json;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Json;

/// <summary>One finding a line, each as in the JSON report: for programs that read line by line.</summary>
internal sealed class JsonLinesReport : IReportWriter
{
    private static readonly ReportJson OnOneLine = new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JsonEncoding.Encoder });

    public string Name => "jsonl";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        foreach (var app in report.InOrder().Apps)
        {
            foreach (var finding in app.Findings)
            {
                JsonSerializer.Serialize(output, ToShape.Of(app.App.Key, finding, options.Policy.Baseline), OnOneLine.FindingShape);
                output.Write("\n"u8);
            }
        }
    }
}
