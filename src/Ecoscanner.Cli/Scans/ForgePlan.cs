using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Probing;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>What a scan of a Forge app's source will do, said before it does it.</summary>
internal static class ForgePlan
{
    // A manifest may name hundreds; the report has them all.
    private const int MostHostsShown = 20;

    public static void Print(ForgeApp app, ProbeSession session, int planned, Terminal terminal)
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

        var hosts = app
            .Urls.DistinctBy(url => (url.Url.IdnHost, url.Url.Port))
            .Select(url => (url.NamedBy, url.Url, Refusal: session.Http.Refusal(url.Url)))
            .ToList();
        foreach (var (namedBy, url, refusal) in hosts.OrderBy(host => host.Refusal is null ? 0 : 1).Take(MostHostsShown))
        {
            PlanRows.Row(
                terminal,
                refusal is null ? "in scope" : "no request",
                $"{url.Host}:{url.Port}, {namedBy}{(refusal is null ? "" : $": {refusal.Message}")}"
            );
        }

        if (hosts.Count > MostHostsShown)
        {
            PlanRows.Row(terminal, "no request", $"and {hosts.Count - MostHostsShown} hosts more; the report names them");
        }

        PlanRows.Row(
            terminal,
            "requests",
            hosts.Exists(host => host.Refusal is null) ? $"at most {planned}, to the hosts in scope" : "none: a scan from source reads files and sends nothing"
        );
    }
}
