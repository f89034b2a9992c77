using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeRemoteCode;

/// <summary>Reads how a remote checks its Forge Invocation Tokens, where its own source lies in the app's folder. Sends nothing.</summary>
public sealed class ForgeRemoteCodeScanner : IScanner
{
    public static readonly Rule WeakCheck = new(
        "remote-token-check-weak",
        "A remote's check of invocation tokens should be whole",
        Requirement.Forge1,
        Cvss: 6.5,
        Cwe: 345
    )
    {
        RaisesTickets = false,
    };

    public string Name => "forge-remote-code";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules => [WeakCheck];

    public TimeSpan TimeLimit => TimeSpan.FromMinutes(5);

    public bool AppliesTo(App app) => app is ForgeApp { Manifest.Remotes.Count: > 0 };

    public int PlannedRequests(App app, ScanOptions options) => 0;

    public async Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        var app = (ForgeApp)context.App;
        var checks = TokenCheck.Of(await ForgeProgram.OfAsync(context, cancellationToken));
        foreach (var check in checks)
        {
            Judge(context, app, check);
        }

        if (checks.Count == 0)
        {
            context.NotApplicable(WeakCheck, null, "no source in the app's folder reads a Forge Invocation Token; the remote's own source lies elsewhere");
        }
    }

    private static void Judge(ScanContext context, ForgeApp app, TokenCheck check)
    {
        var location = SourceSteps.LocationOf(app, check.Call, check.Function);
        if (check.Lacks.Count > 0)
        {
            var observed = $"{check.Function} does not look at {string.Join(" and ", check.Lacks)}";
            // Of the keys that it trusts, Atlassian signs nothing else today.
            var confidence = check.Lacks is [TokenCheck.Issuer] ? Confidence.Low : Confidence.Medium;
            context.Report(
                WeakCheck,
                location,
                new Evidence(observed, "signature, aud (this app's id), iss (forge/invocation-token) and exp, in one call"),
                confidence
            );
        }
        else if (check.Doubt is { } doubt)
        {
            context.Undecide(WeakCheck, location.ToString(), $"{check.Function}: {doubt}", InconclusiveCause.Ambiguous);
        }
        else
        {
            context.Pass(WeakCheck, location.ToString(), $"{check.Function} looks at signature, audience, issuer and time");
        }
    }
}
