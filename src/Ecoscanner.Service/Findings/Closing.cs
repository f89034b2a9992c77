using Ecoscanner.Findings;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Runs;

namespace Ecoscanner.Service.Findings;

/// <summary>
/// Whether a run that does not see a finding would have seen it. Absence is no fix: the rule ran to its end, at a version not older than the one that
/// found it, it covered the place, and it came to something there. Or the place is none of the app any more, as the descriptor shows that it serves.
/// </summary>
internal sealed class Closing
{
    /// <summary>Why a finding is closed whose place is gone: nobody saw it mended, and whether it still answers there was not asked.</summary>
    public const string Removed = "the place is no part of the app any more";

    private readonly RunRow run;
    private readonly SeenReport report;
    private readonly IReadOnlySet<string> withdrawn;
    private readonly DateTimeOffset now;
    private readonly Dictionary<string, ScannerRun> scanners;
    private readonly Dictionary<string, ScannerRun> scannersOfRules;
    private readonly Dictionary<string, RuleVerdict> verdicts;
    private readonly Dictionary<string, ILookup<string, PlaceVerdict>> spots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string?>> open;
    private readonly HashSet<(string Scanner, string Spot)> covered;
    private readonly HashSet<(string Scanner, string Spot)> gaps;
    private readonly ServedDescriptor served;
    private readonly AppPlaces? places;
    private readonly HashSet<string> onlyRules;
    private readonly HashSet<string> onlySpots;

    /// <param name="served">Where the hosting's descriptor is.</param>
    /// <param name="withdrawn">Advisories that were taken back: what they said of an app was never to be mended.</param>
    public Closing(RunRow run, SeenReport report, ServedDescriptor served, IReadOnlySet<string> withdrawn, DateTimeOffset now)
    {
        this.run = run;
        this.report = report;
        this.withdrawn = withdrawn;
        this.now = now;
        var app = report.App;
        scanners = app.Scanners.DistinctBy(scanner => scanner.Name, StringComparer.Ordinal).ToDictionary(scanner => scanner.Name, StringComparer.Ordinal);
        scannersOfRules = app
            .Scanners.SelectMany(scanner => scanner.Rules.Select(rule => (rule.Id, scanner)))
            .DistinctBy(pair => pair.Id, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Id, pair => pair.scanner, StringComparer.Ordinal);
        verdicts = app.Verdicts.DistinctBy(verdict => verdict.Rule.Id, StringComparer.Ordinal).ToDictionary(verdict => verdict.Rule.Id, StringComparer.Ordinal);
        // Rules of one family judge the same, by how bad and how sure it is.
        open = app
            .Verdicts.GroupBy(verdict => verdict.Rule.Family, StringComparer.Ordinal)
            .ToDictionary(
                family => family.Key,
                family => family.SelectMany(verdict => verdict.Places).Where(IsOpen).Select(place => place.About).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            );
        covered = [.. app.Coverage.Covered.Select(place => (place.Scanner, Spot.Of(place.Place)))];
        gaps = [.. app.Coverage.Gaps.Select(gap => (gap.Scanner, Spot.Of(gap.Place)))];
        this.served = served;
        // A run of some rules speaks of places only where somebody waits for it.
        places =
            (run.IsNarrowed && run.Reason != RunReason.Verification) || app.Scanners.Any(scanner => scanner.Failure is not null)
                ? null
                : AppPlaces.Of(app.Extent, served.Url);
        onlyRules = run.Rules.ToHashSet(StringComparer.Ordinal);
        onlySpots = run.Places.Select(Spot.Of).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What the run says of a finding that it does not see; null where it says nothing.</summary>
    public Absence? Of(KnownFinding finding, IEnumerable<KnownAttribution> attributions)
    {
        var live = attributions
            .Where(attribution => attribution.GoneAt is null)
            .Select(attribution => attribution.Source)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (report.Report.Cancelled || IsOutside(finding) || !live.Exists(IsOurs))
        {
            return null;
        }

        if (IsRuleGone(finding))
        {
            return live.TrueForAll(IsOurs) ? new Absence(finding, FindingState.Withdrawn, 0, IsGone: true, $"the rule {finding.Rule} is no more") : null;
        }

        var isRemoved = IsRemoved(finding);
        if (!isRemoved && !IsClean(finding))
        {
            return null;
        }

        var kind = CheckKind.Of(finding.Scanner);
        var closes = isRemoved ? Math.Max(kind.Closes, CheckKind.Removes) : kind.Closes;
        // Runs that follow each other at once are one look at a server in one mood; somebody who says that it is mended is answered at once all the same.
        var counts =
            run.Reason == RunReason.Verification
            || finding.CleanRuns == 0
            || now.ToUnixTimeMilliseconds() - finding.LastCleanAt >= CheckKind.Apart.TotalMilliseconds;
        if (!counts)
        {
            return new Absence(
                finding,
                finding.State,
                finding.CleanRuns,
                IsGone: false,
                isRemoved ? $"{Removed}, as a run shows too soon after another to count" : "not seen, and asked too soon to count"
            );
        }

        var runs = finding.CleanRuns + 1;
        // A patch that somebody waits for is verified by one run; a later one that nobody announced opens it again.
        if (runs < closes && run.Reason != RunReason.Verification)
        {
            return new Absence(finding, finding.State, runs, IsGone: false, isRemoved ? Removed : "not seen");
        }

        // Others still report it, people perhaps: what they saw a scanner may not see.
        return live.TrueForAll(IsOurs)
            ? new Absence(
                finding,
                withdrawn.Contains(finding.PlaceIdentity[(finding.PlaceIdentity.LastIndexOf('#') + 1)..]) ? FindingState.Withdrawn
                    : isRemoved || finding.ConfirmedAt is null ? FindingState.Unobserved
                    : FindingState.Fixed,
                runs,
                IsGone: true,
                isRemoved ? Removed
                    : runs == 1 ? "a complete run did not see it"
                    : $"{runs} complete runs did not see it"
            )
            : new Absence(finding, finding.State, 0, IsGone: true, $"{run.Source} does not report it any more");
    }

    // A campaign looks for what scanners look for, once.
    private bool IsOurs(string source) => source == run.Source || (run.Source == RunSource.Ecoscanner && source == RunSource.Campaign);

    private bool IsOutside(KnownFinding finding) =>
        (run.OnlyRules is not null && !onlyRules.Contains(finding.Rule)) || (run.OnlyPlaces is not null && !onlySpots.Contains(finding.Spot));

    private bool IsRuleGone(KnownFinding finding) =>
        !run.IsNarrowed
        && !scannersOfRules.ContainsKey(finding.Rule)
        && scanners.TryGetValue(finding.Scanner, out var scanner)
        && scanner.Failure is null
        && scanner.Version >= finding.ScannerVersion;

    // Its scanner ran, and neither asked there nor left it out.
    private bool IsRemoved(KnownFinding finding) =>
        places is not null
        && !places.Has(finding)
        && finding.FirstSeenAt >= (served.Since ?? 0)
        && scanners.TryGetValue(finding.Scanner, out var scanner)
        && scanner.Version >= finding.ScannerVersion
        && !covered.Contains((scanner.Name, finding.Spot))
        && !gaps.Contains((scanner.Name, finding.Spot))
        && (!verdicts.TryGetValue(finding.Rule, out var verdict) || !SpotsOf(verdict)[finding.Spot].Any());

    private bool IsClean(KnownFinding finding)
    {
        if (
            !scannersOfRules.TryGetValue(finding.Rule, out var scanner)
            || scanner.Failure is not null
            || (scanner.Name == finding.Scanner && scanner.Version < finding.ScannerVersion)
            || !verdicts.TryGetValue(finding.Rule, out var verdict)
        )
        {
            return false;
        }

        var decidedBy = CheckKind.Of(scanner.Name).DecidedBy;
        if (decidedBy is DecidedBy.Whole)
        {
            // That there is nothing to be judged, such as no library at all, decides it too.
            return (IsDecided(verdict) || verdict.Verdict is Verdict.NotApplicable) && !MayBeOpen(verdict.Rule.Family, finding);
        }

        // A place of none is the whole app.
        var (whole, there) = (SpotsOf(verdict)[""], SpotsOf(verdict)[finding.Spot]);
        if (gaps.Contains((scanner.Name, finding.Spot)) || whole.Concat(there).Any(IsOpen))
        {
            return false;
        }

        return decidedBy switch
        {
            // What is said of the very place, and a pass of all places, covers it.
            DecidedBy.Place => there.Any(IsDecided)
                || whole.Any(place => place.Verdict is Verdict.Pass)
                || (covered.Contains((scanner.Name, finding.Spot)) && whole.Any(IsDecided)),
            DecidedBy.File => covered.Any(place => place.Scanner == scanner.Name) && IsDecided(verdict),
            _ => throw new InvalidOperationException("a kind of check has no way to be decided"),
        };
    }

    // What stayed open of one library is no other one; of what could not be read nobody knows what it is.
    private bool MayBeOpen(string family, KnownFinding finding) =>
        open[family] is var about && (about.Contains(null) || about.Contains(finding.Place) || about.Contains(Library(finding.PlaceIdentity)));

    // A package and an advisory.
    private static string Library(string identity) => identity.LastIndexOf('#') is > 0 and var end ? identity[..end] : identity;

    private static bool IsOpen(PlaceVerdict place) => place.Verdict is Verdict.Inconclusive;

    private static bool IsDecided(RuleVerdict verdict) => verdict.Places.Any(IsDecided);

    private static bool IsDecided(PlaceVerdict place) => place.Verdict is Verdict.Pass or Verdict.Fail or Verdict.Exempt;

    private ILookup<string, PlaceVerdict> SpotsOf(RuleVerdict verdict) =>
        spots.TryGetValue(verdict.Rule.Id, out var known)
            ? known
            : spots[verdict.Rule.Id] = verdict.Places.ToLookup(place => place.Place is null ? "" : Spot.Of(place.Place), StringComparer.Ordinal);
}
