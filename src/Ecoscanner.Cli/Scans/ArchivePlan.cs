using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>What a scan of a Data Center app's archive will do, said before it does it.</summary>
internal static class ArchivePlan
{
    public static void Print(DataCenterApp app, Terminal terminal)
    {
        PlanRows.Title(terminal, app);
        PlanRows.Row(terminal, "artifact", $"version {app.Version ?? "not known"}, SHA-256 {app.Sha256}");
        int Count(Placement placement) => app.Inventory.Components.Count(component => component.Placement == placement);
        PlanRows.Row(
            terminal,
            "libraries",
            $"{Count(Placement.Bundled):N0} bundled, {Count(Placement.Unused):N0} that nothing loads, {Count(Placement.HostProvided):N0} of the host's"
        );
        if (app.Inventory.Gaps.Count > 0)
        {
            PlanRows.Row(terminal, "not read", $"{Words.Count(app.Inventory.Gaps.Count, "place")}; the report says which and why");
        }

        PlanRows.Row(terminal, "requests", "none: a scan of an archive reads it and sends nothing");
    }
}
