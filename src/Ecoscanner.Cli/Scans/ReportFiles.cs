using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;
using Ecoscanner.Reports.Text;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Cli.Scans;

/// <summary>Reads earlier reports, and says how this terminal wants new ones.</summary>
internal static class ReportFiles
{
    /// <summary>The report in a JSON file of ours.</summary>
    /// <exception cref="ExitException">It is none, or cannot be read.</exception>
    public static ScanReport Report(string file) => Read(file, ReportReader.Read);

    /// <summary>The findings of an earlier report, JSON or SARIF.</summary>
    /// <exception cref="ExitException">It is none, or cannot be read.</exception>
    public static Baseline Baseline(string file) => Read(file, Reports.Baseline.Read);

    /// <summary>What every report needs.</summary>
    public static ReportOptions Options(Terminal terminal) => new() { Page = Page, Text = Style(terminal) };

    /// <summary>How text looks on this terminal.</summary>
    public static TextStyle Style(Terminal terminal) =>
        new()
        {
            Width = terminal.Width,
            Colour = terminal.OutputHasColour,
            Links = terminal.OutputHasColour && terminal.OutputIsTerminal,
            Quiet = terminal.IsQuiet,
        };

    // A rule of another version's report may be unknown here.
    private static string? Page(Rule rule) => Catalog.Scanners.Rule(rule.Id) is { } known ? Catalog.Scanners.Page(known) : null;

    private static T Read<T>(string file, Func<Stream, T> read)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return read(stream);
        }
        catch (ReportFormatException e)
        {
            throw new ExitException(ExitCode.Usage, $"{file}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(file, e);
        }
    }
}
