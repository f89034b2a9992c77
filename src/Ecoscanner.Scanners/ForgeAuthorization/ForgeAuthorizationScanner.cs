using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Judges who can make a Forge app do what with its own rights (Forge 1). Sends nothing: it reads the sources.</summary>
public sealed class ForgeAuthorizationScanner : IScanner
{
    public static readonly Rule MissingAuthorization = new(
        "authorization-missing",
        "What the app does to a product for a caller should be authorized for that caller",
        Requirement.Forge1,
        Cvss: 8.8,
        Cwe: 862
    );
    public static readonly Rule MissingDataAuthorization = new(
        "data-authorization-missing",
        "Callers should reach only those records of the app's data that are theirs",
        Requirement.Forge1,
        Cvss: 7.1,
        Cwe: 639
    );
    public static readonly Rule UnauthenticatedTrigger = new(
        "webtrigger-authentication-missing",
        "Web triggers should prove who calls before they act",
        Requirement.Forge1,
        Cvss: 8.8,
        Cwe: 306
    );

    public string Name => "forge-authorization";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules => [MissingAuthorization, MissingDataAuthorization, UnauthenticatedTrigger];

    public TimeSpan TimeLimit => TimeSpan.FromMinutes(5);

    public bool AppliesTo(App app) => app is ForgeApp;

    public int PlannedRequests(App app, ScanOptions options) => 0;

    public async Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        context.Progress("reads the sources");
        var program = await ForgeProgram.OfAsync(context, cancellationToken);
        context.Progress("follows what callers reach");
        var analysis = AuthorizationAnalysis.Of(program, cancellationToken);
        new AuthorizationReport(context, (ForgeApp)context.App, program).Write(analysis);
    }
}
