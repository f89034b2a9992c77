using Ecoscanner.Scanning;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>How far the scanners of this program are rolled out, and how much of their error budget is spent.</summary>
internal static class ScannerEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var scanners = api.MapGroup("/scanners").WithTags("scanners");
        scanners
            .MapGet("/", List)
            .WithSummary("The scanners by name: the version that runs, its stage, and its error budget.")
            .NeedsEverywhere(Capability.ReadStatistics)
            .Lists<ScannerView>();
        scanners
            .MapGet("/{scanner}", One)
            .WithSummary("One scanner. Its ETag goes with what is decided of its stage, and with a pause.")
            .NeedsEverywhere(Capability.ReadStatistics)
            .Answers<ScannerView>()
            .Problems(404);
        scanners
            .MapPut("/{scanner}/stage", Change)
            .WithSummary("Puts a scanner's version into a stage: shadow, canary (with its cohort) or enforced; a new budget begins, and a pause ends.")
            .NeedsEverywhere(Capability.ManageScanners)
            .ChangesVersion()
            .Takes<StageAsk>()
            .Answers<ScannerView>()
            .Problems(404);
    }

    private static Reply List(HttpContext http, Platform platform)
    {
        var page = platform.Page(http);
        var scanners = platform.Rules.Scanners.Where(scanner => string.CompareOrdinal(scanner.Name, page.After) > 0).Take(page.Limit + 1).ToList();
        return platform.Database.Read(session => page.Answer(scanners, scanner => scanner.Name, scanner => View(Of(session, scanner))));
    }

    private static Reply One(HttpContext http, Platform platform, string scanner)
    {
        var known = Find(platform, scanner);
        return platform.Database.Read(session => Answer(Of(session, known)));
    }

    private static async Task<Reply> Change(HttpContext http, Platform platform, string scanner)
    {
        var principal = Caller.Of(http);
        var known = Find(platform, scanner);
        var version = EntityTag.Asked(http);
        var ask = await JsonBody.ReadAsync<StageAsk>(http);
        return platform.Database.Write(session =>
        {
            EntityTag.Check(version, Of(session, known).RowVersion);
            return Rollouts.Set(session, principal, new StageChange(known.Name, known.Version, ask.Stage, ask.Reason, ask.Cohort)) is { } why
                ? throw new ProblemException(ProblemKind.Invalid, why)
                : Answer(Of(session, known));
        });
    }

    private static IScanner Find(Platform platform, string name) =>
        platform.Rules.Scanners.FirstOrDefault(scanner => scanner.Name == name) ?? throw ProblemException.NotFound("scanner");

    private static Rollout Of(Session session, IScanner scanner) => Rollouts.Of(session, scanner.Name, scanner.Version);

    private static Reply Answer(Rollout row) => Reply.Of(View(row)) with { Tag = EntityTag.Of(row.RowVersion) };

    private static ScannerView View(Rollout row) =>
        new(
            row.Scanner,
            row.Version,
            row.Stage,
            row.Stage == "canary" ? row.Cohort : null,
            row.Runs,
            row.Crashes,
            Rollouts.BudgetRuns,
            Rollouts.BudgetCrashes,
            Moment.Of(row.PausedAt),
            row.PausedWhy,
            row.Reason.Length == 0 ? null : Moment.Of(row.ChangedAt),
            row.Reason.Length == 0 ? null : row.ChangedBy,
            row.Reason.Length == 0 ? null : row.Reason,
            EntityTag.Of(row.RowVersion)
        );
}

/// <param name="Stage"><c>shadow</c>, <c>canary</c> or <c>enforced</c>.</param>
/// <param name="Cohort">Of 10,000 apps, how many a canary counts for; null for other stages.</param>
/// <param name="Runs">Since the budget began; after <paramref name="BudgetRuns"/> it begins anew.</param>
/// <param name="BudgetFailures">With one more the scanner is paused.</param>
/// <param name="PausedAt">Null while it runs.</param>
/// <param name="DecidedAt">Null where nobody decided: then it is enforced.</param>
public sealed record ScannerView(
    string Name,
    long Version,
    string Stage,
    long? Cohort,
    long Runs,
    long Failures,
    long BudgetRuns,
    long BudgetFailures,
    DateTimeOffset? PausedAt,
    string? PausedWhy,
    DateTimeOffset? DecidedAt,
    string? DecidedBy,
    string? Reason,
    string ETag
);

/// <param name="Cohort">For a canary: of 10,000 apps, how many it counts for.</param>
public sealed record StageAsk(string Stage, string Reason, int Cohort = 0);
