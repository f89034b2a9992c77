using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages.Vex;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>Reads what a person's files claim of vulnerabilities.</summary>
internal static class VexFiles
{
    /// <exception cref="ExitException">One cannot be read, or is no VEX.</exception>
    public static IReadOnlyList<VexStatement> Read(IReadOnlyList<string> files, Terminal terminal)
    {
        var statements = new List<VexStatement>();
        foreach (var file in files)
        {
            var document = Read(file);
            foreach (var gap in document.Gaps)
            {
                terminal.Complain($"{gap.Place}: {gap.Reason}");
            }

            statements.AddRange(document.Statements);
        }

        return statements;
    }

    private static VexDocument Read(string file)
    {
        try
        {
            var read = TextFiles.Bytes(file, OpenVex.MaximumBytes);
            return OpenVex.Read(read, file)
                ?? CycloneDxVex.Read(read, file)
                ?? throw new ExitException(ExitCode.Usage, $"{file} is no VEX; name an OpenVEX document, or a CycloneDX one with vulnerabilities");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(file, e);
        }
    }
}
