using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Apps;
using Ecoscanner.Packages;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.BundledLibraries;
using Ecoscanner.Scanners.ForgeDependencies;
using Ecoscanner.Scanning;

namespace Ecoscanner.Service.Inventories;

/// <summary>Judges a stored inventory as the scanner of its hosting judges the app: the same rules, the same words, the same findings.</summary>
internal sealed class StoredLibraries : IScanner
{
    private static readonly LibraryRules OfArchives = new(BundledLibrariesScanner.Vulnerable, BundledLibrariesScanner.Minor, BundledLibrariesScanner.Malicious);

    private static readonly LibraryRules OfForge = new(ForgeDependenciesScanner.Vulnerable, ForgeDependenciesScanner.Minor, ForgeDependenciesScanner.Malicious);

    private readonly Inventory inventory;
    private readonly IScanner scanner;
    private readonly LibraryRules rules;

    private StoredLibraries(Inventory inventory, string hosting)
    {
        this.inventory = inventory;
        (scanner, rules) = hosting == "forge" ? ((IScanner)new ForgeDependenciesScanner(), OfForge) : (new BundledLibrariesScanner(), OfArchives);
    }

    public string Name => scanner.Name;

    public int Version => scanner.Version;

    public IReadOnlyList<Rule> Rules => scanner.Rules;

    public TimeSpan TimeLimit => scanner.TimeLimit;

    /// <summary>The rules that libraries of a hosting are judged by.</summary>
    public static LibraryRules RulesOf(string hosting) => hosting == "forge" ? OfForge : OfArchives;

    /// <summary>What the advisories say of an inventory, as a report.</summary>
    public static async Task<ScanReport> JudgeAsync(
        string appKey,
        string hosting,
        Inventory inventory,
        AdvisoryIndex index,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var app = new SbomApp(appKey, appKey) { Source = "stored inventory", Inventory = inventory };
        using var session = new ProbeSession(new ProbeOptions { RunId = "rematch", Offline = true }, time);
        var report = await new ScanEngine([new StoredLibraries(inventory, hosting)], time).ScanAsync(
            app,
            session,
            new ScanOptions { Advisories = index },
            progress: null,
            cancellationToken
        );
        return new ScanReport
        {
            ToolVersion = typeof(StoredLibraries).Assembly.GetName().Version?.ToString(3) ?? "0",
            RunId = "rematch",
            Apps = [report],
            Cancelled = cancellationToken.IsCancellationRequested,
        };
    }

    public bool AppliesTo(App app) => true;

    public int PlannedRequests(App app, ScanOptions options) => 0;

    public Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        rules.Judge(context, inventory, cancellationToken);
        return Task.CompletedTask;
    }
}
