using System.Text;
using Ecoscanner.Reports.Html;
using Ecoscanner.Reports.Json;
using Ecoscanner.Reports.Sarif;
using Ecoscanner.Reports.Text;

namespace Ecoscanner.Reports;

/// <summary>Every format a report can be written in.</summary>
public static class ReportFormats
{
    /// <summary>The format that a person reads in a terminal; all others are for machines or files.</summary>
    public const string ForPeople = "text";

    public static IReadOnlyList<IReportWriter> All { get; } =
    [
        new TextReport(),
        new JsonReport(),
        new JsonLinesReport(),
        new SarifReport(),
        new JUnitReport(),
        new MarkdownReport(),
        new HtmlReport(),
        new GitHubReport(),
    ];

    /// <summary>The writer of that name, or null.</summary>
    public static IReportWriter? Find(string name) => All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    // A machine format starts with its first byte, hence no byte order mark.
    internal static StreamWriter Writer(Stream output) =>
        new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 * 1024, leaveOpen: true) { NewLine = "\n" };
}
