using Ecoscanner.Scanning;
using Ecoscanner.Service.Runs;

namespace Ecoscanner.Service.Findings;

/// <summary>What a run sees of a finding.</summary>
/// <param name="Known">Null where it is new.</param>
/// <param name="State">What it is from now on.</param>
/// <param name="Observations">Runs that saw it since it was opened.</param>
internal sealed record Sight(SeenFinding Seen, KnownFinding? Known, ScannerRun? Scanner, string State, long Observations)
{
    public bool Opens => Known is null || (FindingState.IsClosed(Known.State) && FindingState.IsOpen(State));

    /// <summary>It was not sure enough before, and is now.</summary>
    public bool Confirms => State == FindingState.Confirmed && Known?.State is not (FindingState.Confirmed or FindingState.Ticketed);

    /// <summary>It was confirmed once, was closed, and is sure again.</summary>
    public bool Reopens => Confirms && Known?.ConfirmedAt is not null;

    public bool IsDecided => Known is not null && FindingState.IsDecided(Known.State);
}

/// <summary>What a run that does not see a finding says of it.</summary>
/// <param name="State">What it is from now on.</param>
/// <param name="CleanRuns">Runs in a row that would have seen it.</param>
/// <param name="IsGone">The run's source does not report it any more.</param>
internal sealed record Absence(KnownFinding Known, string State, long CleanRuns, bool IsGone, string Why)
{
    public bool Closes => State != Known.State;
}

/// <summary>Holds a report against what is known of the app's hosting: what is seen, what is gone, and what that means. Writes nothing.</summary>
internal sealed class Reconciliation
{
    private Reconciliation(IReadOnlyList<Sight> sights, IReadOnlyList<Absence> absences)
    {
        Sights = sights;
        Absences = absences;
    }

    /// <summary>In the order of fingerprints.</summary>
    public IReadOnlyList<Sight> Sights { get; }

    /// <summary>Those of which the run says something.</summary>
    public IReadOnlyList<Absence> Absences { get; }

    public int Opened => Sights.Count(sight => sight.Opens);

    public int Closed => Absences.Count(absence => absence.Closes);

    /// <summary>True where no finding waits for another run to be believed, or to be held gone.</summary>
    public bool IsSettled =>
        Sights.All(sight => sight.IsDecided || sight.State != FindingState.New) && Absences.All(absence => absence.Closes || absence.CleanRuns == 0);

    /// <param name="isStale">A later run was taken in before: what this one does not see may have come since.</param>
    public static Reconciliation Of(RunRow run, SeenReport report, HostingFindings known, IReadOnlySet<string> withdrawn, DateTimeOffset now, bool isStale)
    {
        var sights = new List<Sight>(report.Findings.Count);
        var seen = new HashSet<long>();
        foreach (var finding in report.Findings)
        {
            var match = known.Find(finding.Fingerprints);
            // Two of a report that are one finding by an older fingerprint are seen once.
            if (match is null || seen.Add(match.Id))
            {
                sights.Add(Seen(finding, match, ScannerOf(report, finding.Finding.Rule.Id)));
            }
        }

        var closing = new Closing(run, report, known.Served, withdrawn, now);
        var absences = isStale
            ? []
            : known
                .All.Where(finding => FindingState.IsOpen(finding.State) && !seen.Contains(finding.Id))
                .Select(finding => closing.Of(finding, known.AttributionsOf(finding)))
                .OfType<Absence>()
                .OrderBy(absence => absence.Known.Id)
                .ToList();
        return new Reconciliation(sights, absences);
    }

    private static Sight Seen(SeenFinding seen, KnownFinding? known, ScannerRun? scanner)
    {
        if (known is not null && FindingState.IsDecided(known.State))
        {
            return new Sight(seen, known, scanner, known.State, known.Observations);
        }

        var observations = known is not null && FindingState.IsOpen(known.State) ? known.Observations + 1 : 1;
        var isSure = seen.IsVerified || observations >= CheckKind.Of(scanner?.Name ?? "").Opens;
        var state =
            known?.State is FindingState.Confirmed or FindingState.Ticketed ? known.State
            : isSure ? FindingState.Confirmed
            : FindingState.New;
        return new Sight(seen, known, scanner, state, observations);
    }

    private static ScannerRun? ScannerOf(SeenReport report, string rule) =>
        report.App.Scanners.FirstOrDefault(scanner => scanner.Rules.Any(one => string.Equals(one.Id, rule, StringComparison.Ordinal)));
}
