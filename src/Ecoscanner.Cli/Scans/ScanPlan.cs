using System.Globalization;
using Ecoscanner.Apps;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Probing;

namespace Ecoscanner.Cli.Scans;

/// <summary>What a scan is about to do, told before it does it: which hosts get requests, how many at most, how long that takes.</summary>
internal sealed class ScanPlan(ConnectApp app, ProbeSession session, int planned, bool hasTenant)
{
    // A descriptor may name thousands of hosts; the report has them all.
    private const int MostHostsShown = 20;

    /// <summary>Hosts and ports that the descriptor names, each with why it gets no request; null where it gets some.</summary>
    private readonly List<(string Place, string? Refusal)> hosts =
    [
        .. app
            .Links.Select(link => link.Url)
            .Append(app.BaseUrl)
            .Concat(app.RegionBaseUrls.Values)
            .Where(url => app.BaseUrlTemplate is null || url.Host != app.BaseUrl.Host)
            .DistinctBy(url => (url.IdnHost, url.Port))
            .Select(url => ($"{url.Host}:{url.Port}", session.Scope.Refusal(url.IdnHost, url.Port)?.Message)),
    ];

    public void Print(Terminal terminal)
    {
        void Row(string name, string text) => PlanRows.Row(terminal, name, text);

        PlanRows.Title(terminal, app);
        Row("links", Links());
        foreach (var (place, refusal) in hosts.OrderBy(host => host.Refusal is null ? 0 : 1).Take(MostHostsShown))
        {
            Row(refusal is null ? "in scope" : "no request", refusal is null ? place : $"{place}: {refusal}");
        }

        if (hosts.Count > MostHostsShown)
        {
            Row("no request", $"and {hosts.Count - MostHostsShown} hosts more; the report names them");
        }

        if (hosts.TrueForAll(host => host.Refusal is not null))
        {
            Row("requests", app.IsLive ? "none: no host of it may be asked" : "none: a descriptor in a file proves no host to be the app's");
            return;
        }

        Row("requests", $"at most {planned}; the budget is {Budget()}");
        Row(
            "pace",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{session.Options.Rate:0.##} a second and host, {session.Options.Burst} at once: at most about {Duration()}"
            )
        );
    }

    private string Links() =>
        app.Links.Count == 0
            ? "none"
            : $"{app.Links.Count}: {string.Join(", ", app.Links.CountBy(link => link.Kind).Select(pair => $"{pair.Value} {pair.Key.ToString().ToLowerInvariant()}"))}";

    private string Budget()
    {
        var links = app.Links.Count;
        var scoped = hosts.Count(host => host.Refusal is null);
        var signed = hasTenant ? $" + {BudgetLine.SignedLinkLimit} x {links} links with the test tenant" : "";
        var total =
            BudgetLine.InitialLimit + (BudgetLine.LinkLimit * links) + (BudgetLine.HostLimit * scoped) + (hasTenant ? BudgetLine.SignedLinkLimit * links : 0);
        var more = planned > total ? $", and {planned - total} for planted data" : "";
        return $"{BudgetLine.InitialLimit} + {BudgetLine.LinkLimit} x {links} links + {BudgetLine.HostLimit} x {scoped} hosts{signed} = {total}{more}";
    }

    // As if one host got everything, beyond its first burst.
    private string Duration()
    {
        var time = TimeSpan.FromSeconds(Math.Max(0, planned - session.Options.Burst) / session.Options.Rate);
        return time < TimeSpan.FromMinutes(2) ? $"{Math.Ceiling(time.TotalSeconds)} s" : $"{Math.Ceiling(time.TotalMinutes)} min";
    }
}
