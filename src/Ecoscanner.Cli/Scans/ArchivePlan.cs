using Ecoscanner.Apps;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>What a scan of a Data Center app's archive, or of a bill of materials, will do, said before it does it.</summary>
internal static class ArchivePlan
{
    public static void Print(DataCenterApp app, Terminal terminal)
    {
        PlanRows.Title(terminal, app);
        PlanRows.Row(terminal, "artifact", $"version {app.Version ?? "not known"}, SHA-256 {app.Sha256}");
        Print(app.Inventory, terminal);
    }

    public static void Print(SbomApp app, Terminal terminal)
    {
        PlanRows.Title(terminal, app);
        Print(app.Inventory, terminal);
    }

    private static void Print(Inventory inventory, Terminal terminal)
    {
        int Count(Placement placement) => inventory.Components.Count(component => component.Placement == placement);
        PlanRows.Row(
            terminal,
            "libraries",
            $"{Count(Placement.Bundled):N0} bundled, {Count(Placement.Unused):N0} that nothing loads, {Count(Placement.HostProvided):N0} of the host's"
        );
        if (inventory.Gaps.Count > 0)
        {
            PlanRows.Row(terminal, "not read", $"{Words.Count(inventory.Gaps.Count, "place")}; the report says which and why");
        }

        PlanRows.Row(terminal, "requests", "none: the file is read, and nothing is sent");
    }
}
