using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeDependencies;

/// <summary>Forge 9: the packages that a Forge app ships, as its lockfiles tell them, against the known advisories.</summary>
public sealed class ForgeDependenciesScanner : IScanner
{
    public static readonly Rule Vulnerable = new(
        "dependency-vulnerable",
        "Shipped packages have no known critical or high vulnerability",
        Requirement.Forge9,
        Cvss: 7.0,
        Cwe: 1395
    );

    public static readonly Rule Minor = new(
        "dependency-vulnerable-minor",
        "Shipped packages have no known vulnerability of lesser weight",
        Requirement.Forge9,
        Cvss: 4.0,
        Cwe: 1395
    )
    {
        RaisesTickets = false,
        Family = Vulnerable.Family,
    };

    public static readonly Rule Malicious = new("dependency-malicious", "No shipped package is malicious", Requirement.Forge9, Cvss: 10.0, Cwe: 506);

    private static readonly LibraryRules Judged = new(Vulnerable, Minor, Malicious);

    public string Name => "forge-dependencies";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules { get; } = [Vulnerable, Minor, Malicious];

    public TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    public bool AppliesTo(App app) => app is ForgeApp;

    public int PlannedRequests(App app, ScanOptions options) => 0;

    public Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        Judged.Judge(context, ForgeInventory.Of((ForgeApp)context.App, cancellationToken), cancellationToken);
        return Task.CompletedTask;
    }
}
