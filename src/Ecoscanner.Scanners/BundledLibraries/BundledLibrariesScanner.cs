using Ecoscanner.Apps;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.BundledLibraries;

/// <summary>Data Center 9: the libraries that an archive bundles or a bill of materials lists, against the known advisories.</summary>
public sealed class BundledLibrariesScanner : IScanner
{
    public static readonly Rule Vulnerable = new(
        "library-vulnerable",
        "Bundled libraries have no known critical or high vulnerability",
        Requirement.DataCenter9,
        Cvss: 7.0,
        Cwe: 1395
    );

    public static readonly Rule Minor = new(
        "library-vulnerable-minor",
        "Bundled libraries have no known vulnerability of lesser weight",
        Requirement.DataCenter9,
        Cvss: 4.0,
        Cwe: 1395
    )
    {
        RaisesTickets = false,
        Family = Vulnerable.Family,
    };

    public static readonly Rule Malicious = new("library-malicious", "No bundled library is malicious", Requirement.DataCenter9, Cvss: 10.0, Cwe: 506);

    private static readonly LibraryRules Judged = new(Vulnerable, Minor, Malicious);

    public string Name => "bundled-libraries";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules { get; } = [Vulnerable, Minor, Malicious];

    public TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    public bool AppliesTo(App app) => app is DataCenterApp or SbomApp;

    public int PlannedRequests(App app, ScanOptions options) => 0;

    public Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        Judged.Judge(context, context.App is SbomApp bill ? bill.Inventory : ((DataCenterApp)context.App).Inventory, cancellationToken);
        return Task.CompletedTask;
    }
}
