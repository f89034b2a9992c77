using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeRemotes;

/// <summary>Asks the remotes of a Forge app whether they refuse whoever is not Atlassian's platform (Forge 1).</summary>
public sealed class ForgeRemotesScanner : IScanner
{
    public static readonly Rule TokenUnverified = new(
        "remote-token-unverified",
        "A remote must refuse calls without a valid Forge Invocation Token",
        Requirement.Forge1,
        Cvss: 8.8,
        Cwe: 345
    );

    public string Name => "forge-remotes";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules => [TokenUnverified];

    /// <summary>A hundred routes at the default pace, eight requests each.</summary>
    public TimeSpan TimeLimit => TimeSpan.FromMinutes(15);

    public bool AppliesTo(App app) => app is ForgeApp { Manifest.Remotes.Count: > 0 };

    public int PlannedRequests(App app, ScanOptions options) => options.AllowStateChange ? BudgetLine.RouteLimit * Routes((ForgeApp)app).Count() : 0;

    public async Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        var app = (ForgeApp)context.App;
        var routes = Routes(app).ToList();
        if (routes.Count == 0)
        {
            JudgeNothing(context, app);
            return;
        }

        using var probes = new RouteProbes(context, app);
        foreach (var route in routes)
        {
            await probes.ProbeAsync(route, cancellationToken);
        }
    }

    private static IEnumerable<ForgeRoute> Routes(ForgeApp app) => app.Servers.Routes.DistinctBy(route => route.Url.AbsoluteUri, StringComparer.Ordinal);

    private static void JudgeNothing(ScanContext context, ForgeApp app)
    {
        if (app.Manifest.Endpoints.Any(endpoint => endpoint.Remote is not null))
        {
            context.Undecide(TokenUnverified, null, "the manifest does not tell the address of any route; the coverage says why", InconclusiveCause.Ambiguous);
        }
        else
        {
            // A page or a function may call it all the same, at paths that only the code knows.
            context.Undecide(
                TokenUnverified,
                null,
                "the manifest names remotes and no endpoint, so it does not tell which of their paths are called",
                InconclusiveCause.Ambiguous
            );
        }
    }
}
