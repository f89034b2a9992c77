using Ecoscanner.Scanning;

namespace Ecoscanner.Reports;

/// <summary>Writes a scan's report in one format. Same report, same bytes.</summary>
public interface IReportWriter
{
    /// <summary>What a person writes after <c>-f</c>.</summary>
    string Name { get; }

    /// <summary>Writes UTF-8 without a byte order mark, part by part; leaves the stream open.</summary>
    void Write(ScanReport report, ReportOptions options, Stream output);
}
