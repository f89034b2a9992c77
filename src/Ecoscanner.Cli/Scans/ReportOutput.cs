using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>One report to write: a format and where it goes.</summary>
/// <param name="File">Null for standard output.</param>
internal sealed record ReportOutput(IReportWriter Writer, string? File)
{
    public static IEnumerable<string> Names => ReportFormats.All.Select(format => format.Name);

    /// <summary>Text on standard output; a person was told already why nothing was scanned.</summary>
    public bool IsForPerson => File is null && Writer.Name == ReportFormats.ForPeople;

    /// <summary>Reads <c>FORMAT</c> or <c>FORMAT=FILE</c>; null where there is no such format or the file has no name.</summary>
    public static ReportOutput? Parse(string text)
    {
        var parts = text.Split('=', 2);
        return ReportFormats.Find(parts[0]) is { } writer && parts is [_] or [_, { Length: > 0 }]
            ? new ReportOutput(writer, parts.ElementAtOrDefault(1))
            : null;
    }

    /// <summary>What is wrong with <c>FORMAT[=FILE]</c>, or null.</summary>
    public static string? Problem(string text) =>
        Parse(text) is null
            ? $"is no format{Suggestion.For(text.Split('=')[0], Names, $"known are {string.Join(", ", Names)}, each alone or with =FILE")}"
            : null;

    /// <summary>The reports a person asked for.</summary>
    /// <exception cref="ExitException">Two want the same place, or a file cannot stand where it is wanted: found before the scan, not after it.</exception>
    public static IReadOnlyList<ReportOutput> All(IEnumerable<string> formats)
    {
        var outputs = formats.Select(text => Parse(text)!).ToList();
        if (outputs.Count(output => output.File is null) > 1)
        {
            throw new ExitException(ExitCode.Usage, "two formats want standard output; give all but one a file, such as -f sarif=out.sarif");
        }

        var files = outputs.Where(output => output.File is not null).ToLookup(output => Path.GetFullPath(output.File!), StringComparer.Ordinal);
        foreach (var same in files)
        {
            var name = same.First().File;
            if (same.Count() > 1)
            {
                var formatNames = string.Join(" and ", same.Select(output => output.Writer.Name));
                throw new ExitException(ExitCode.Usage, $"{name} is wanted by several formats, {formatNames}; give each a file of its own");
            }

            if (Unwritable(same.Key) is { } problem)
            {
                throw new ExitException(ExitCode.Usage, $"{name} cannot be written: {problem}");
            }
        }

        return outputs;
    }

    /// <summary>Writes the report where it belongs.</summary>
    /// <exception cref="ExitException">The file cannot be written.</exception>
    public void Write(Scanning.ScanReport report, ReportOptions options, Stream standardOutput)
    {
        if (File is null)
        {
            Writer.Write(report, options, standardOutput);
            return;
        }

        try
        {
            using var file = System.IO.File.Create(File);
            Writer.Write(report, options with { Text = options.Text with { Colour = false, Links = false } }, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unwritable(File, e);
        }
    }

    private static string? Unwritable(string path) =>
        Directory.Exists(path) ? "it is a folder; name a file"
        : Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder) ? $"there is no folder {folder}; make it first"
        : null;
}
