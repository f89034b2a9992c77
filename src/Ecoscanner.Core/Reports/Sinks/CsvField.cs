namespace Ecoscanner.Reports.Sinks;

/// <summary>One quoted field of a CSV file (RFC 4180) that no spreadsheet takes for a formula.</summary>
public static class CsvField
{
    // With their full-width forms, which spreadsheets in East Asian locales take for the same.
    private const string FormulaStarts = "=+-@＝＋－＠";

    /// <summary>The visible text in quotes, with an apostrophe before what would begin a formula, spaces before it or not.</summary>
    public static string Of(string? text)
    {
        var visible = Visible.Of(text).Replace("\"", "\"\"", StringComparison.Ordinal);
        var isFormula = visible.AsSpan().TrimStart() is [var first, ..] && FormulaStarts.Contains(first);
        return $"\"{(isFormula ? "'" : "")}{visible}\"";
    }
}
