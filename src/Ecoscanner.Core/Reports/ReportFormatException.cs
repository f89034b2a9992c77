namespace Ecoscanner.Reports;

/// <summary>A file that was given as an earlier report and is none; the message says where and what to give instead, on one line.</summary>
public sealed class ReportFormatException(string message, Exception? inner = null) : FormatException(message, inner);
