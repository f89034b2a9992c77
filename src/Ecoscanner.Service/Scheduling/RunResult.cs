using Ecoscanner.Packages.Sbom;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Reads what a run's process left in its folder, believing nothing before it is measured.</summary>
internal static class RunResult
{
    // The reader of reports refuses more.
    private const long MaximumReportBytes = 128L * 1024 * 1024;

    // A reason that an app's answer may have put together; the whole stands in the report.
    private const int MaximumReason = 500;

    public static RunOutcome Read(RunInput request, string folder, RunEvent done)
    {
        try
        {
            if (Bytes(folder, RunEvent.ReportFile, MaximumReportBytes) is not { } bytes)
            {
                return Garbage("left no report");
            }

            using var stream = new MemoryStream(bytes);
            var report = ReportReader.Read(stream);
            if (report.RunId != request.RunId || report.Apps.Count > 1)
            {
                return Garbage("left the report of another run");
            }

            if (report.Apps.Count == 0)
            {
                var reason = report.FailedTargets is [var failed, ..] ? failed.Reason : "the target could not be scanned";
                return new RunOutcome(
                    done.Code == ExitCode.Incomplete ? RunOutcomeKind.Unreachable : RunOutcomeKind.Unusable,
                    reason.Length > MaximumReason ? reason[..MaximumReason] : reason
                )
                {
                    Report = report,
                    ReportJson = bytes,
                };
            }

            var inventoryBytes = Bytes(folder, RunEvent.InventoryFile, SbomReader.MaximumBytes);
            var inventory = inventoryBytes is null ? null : SbomReader.Read(inventoryBytes, RunEvent.InventoryFile);
            return inventoryBytes is not null && inventory is null
                ? Garbage("left an inventory that cannot be read")
                : new RunOutcome(RunOutcomeKind.Reported, null)
                {
                    Report = report,
                    ReportJson = bytes,
                    Inventory = inventory,
                    InventoryJson = inventoryBytes,
                };
        }
        catch (ReportFormatException)
        {
            return Garbage("left a report that cannot be read");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Garbage($"left files that cannot be read ({e.GetType().Name})");
        }
    }

    private static byte[]? Bytes(string folder, string name, long maximum)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        if (!file.Exists)
        {
            return null;
        }

        // A link would give another file's content to this run's partner; what is no plain file would never end.
        if (file.LinkTarget is not null || (file.Attributes & (FileAttributes.Device | FileAttributes.ReparsePoint)) != 0)
        {
            throw new IOException($"{name} is no file");
        }

        return file.Length <= maximum ? File.ReadAllBytes(file.FullName) : throw new IOException($"{name} is too large");
    }

    private static RunOutcome Garbage(string what) => new(RunOutcomeKind.Crashed, $"the scanner {what}");
}
