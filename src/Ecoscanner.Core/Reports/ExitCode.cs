using Ecoscanner.Scanning;

namespace Ecoscanner.Reports;

/// <summary>What a scan ends with; scripts rely on these numbers.</summary>
public static class ExitCode
{
    /// <summary>No finding fails the run, and the scan is complete.</summary>
    public const int Clean = 0;

    /// <summary>At least one finding fails the run.</summary>
    public const int Findings = 1;

    /// <summary>The command line, the configuration or a document is wrong; running again as it is cannot help.</summary>
    public const int Usage = 2;

    /// <summary>No target, or none that any scanner applies to.</summary>
    public const int NothingToScan = 3;

    /// <summary>A scanner failed, a target could not be read, or a check was cut short.</summary>
    public const int Incomplete = 4;

    /// <summary>The service cannot be reached, does not know the token, or refuses what was asked.</summary>
    public const int Service = 5;

    /// <summary>Stopped by a person: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>
    /// The code of a report. Findings win over an incomplete scan, which wins over nothing to scan. What stayed open because a person gave no
    /// test tenant, or because the answers prove nothing, changes no code.
    /// </summary>
    public static int Of(ScanReport report, FailPolicy policy)
    {
        if (report.Cancelled)
        {
            return Interrupted;
        }

        if (report.Apps.Any(app => app.Findings.Any(finding => policy.Fails(app.App.Key, finding))))
        {
            return Findings;
        }

        if (report.FailedTargets.Count > 0 || report.Apps.Any(app => !app.Complete))
        {
            return Incomplete;
        }

        return report.Apps.All(app => app.Scanners.Count == 0) ? NothingToScan : Clean;
    }
}
