using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>Compares the scopes that a Forge app declares with what its code needs (Forge 4). Sends nothing.</summary>
public sealed class ForgeScopesScanner : IScanner
{
    public static readonly Rule UnusedScope = new("scope-unused", "Scopes should be needed", Requirement.Forge4, Cvss: 3.1, Cwe: 272);
    public static readonly Rule BroadScope = new("scope-overbroad", "Scopes should give no more than is needed", Requirement.Forge4, Cvss: 3.1, Cwe: 272);

    public string Name => "forge-scopes";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules => [UnusedScope, BroadScope];

    public TimeSpan TimeLimit => TimeSpan.FromMinutes(5);

    public bool AppliesTo(App app) => app is ForgeApp;

    public int PlannedRequests(App app, ScanOptions options) => 0;

    public async Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        var app = (ForgeApp)context.App;
        if (app.Manifest.Permissions.Scopes.Count == 0 && !app.Manifest.IsPartial)
        {
            foreach (var rule in Rules)
            {
                context.NotApplicable(rule, null, "the manifest declares no scope");
            }

            return;
        }

        var program = await ForgeProgram.OfAsync(context, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        new ScopeReview(context, app, ScopeUses.Of(program, new(program, ForgeProgram.FilesOf(app)))).Judge(cancellationToken);
        context.Cover(app.Shown(app.ManifestName));
    }
}
