using System.Text.Json;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Json;

/// <summary>The whole report as JSON: the contract for programs, and what <see cref="ReportReader"/> reads back.</summary>
public sealed class JsonReport : IReportWriter
{
    // Laid out for people, with the same line ends everywhere.
    private static readonly ReportJson Indented = new(
        new JsonSerializerOptions(ReportJson.Default.Options)
        {
            Encoder = JsonEncoding.Encoder,
            WriteIndented = true,
            NewLine = "\n",
        }
    );

    public string Name => "json";

    /// <summary>The published JSON schema (2020-12) of this format.</summary>
    public static Stream Schema() => typeof(JsonReport).Assembly.GetManifestResourceStream("report.schema.json")!;

    public void Write(ScanReport report, ReportOptions options, Stream output)
    {
        JsonSerializer.Serialize(output, ToShape.Of(report.InOrder(), options.Policy.Baseline), Indented.ReportShape);
        output.Write("\n"u8);
    }
}
