using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>What a scan of a Forge app's source will do, said before it does it.</summary>
internal static class ForgePlan
{
    public static void Print(ForgeApp app, Terminal terminal)
    {
        var manifest = app.Manifest;
        PlanRows.Title(terminal, app);
        PlanRows.Row(
            terminal,
            "manifest",
            string.Join(
                ", ",
                Words.Count(manifest.Modules.Count + manifest.ConnectModules.Count, "module"),
                Words.Count(manifest.EntryPoints.Count, "entry point"),
                Words.Count(manifest.Permissions.Scopes.Count, "scope"),
                Words.Count(manifest.Remotes.Count, "remote")
            )
        );
        if (manifest.IsPartial)
        {
            PlanRows.Row(terminal, "not read", "a part of the manifest could not be read; the report says what stays open because of it");
        }

        PlanRows.Row(terminal, "requests", "none: a scan from source reads files and sends nothing");
    }
}
