using System.Text.Json;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Json;

/// <summary>One finding a line, each as in the JSON report: for programs that read line by line.</summary>
internal sealed class JsonLinesReport : IReportWriter
{
    public string Name => "jsonl";

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        foreach (var app in report.InOrder().Apps)
        {
            foreach (var finding in app.Findings)
            {
                JsonSerializer.Serialize(output, ToShape.Of(app.App.Key, finding, options.Policy.Baseline), ReportJson.Default.FindingShape);
                output.Write("\n"u8);
            }
        }
    }
}
