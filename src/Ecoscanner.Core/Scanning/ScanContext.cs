using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanning;

/// <summary>What a scanner gets: the app, the way out, and the only way to say what it found. Safe for use from several threads.</summary>
public sealed class ScanContext(
    App app,
    ScanOptions options,
    HttpProbe http,
    TlsProbe tls,
    TimeProvider time,
    SharedWork shared,
    string scanner,
    Action<string> onProgress
)
{
    private readonly Lock gate = new();
    private readonly List<Finding> findings = [];
    private readonly List<PlaceVerdict> verdicts = [];
    private readonly List<CoveredPlace> covered = [];
    private readonly List<CoverageGap> gaps = [];
    private readonly HashSet<string> doubts = new(StringComparer.Ordinal);
    private bool usedAdvisories;

    public App App { get; } = app;

    public ScanOptions Options { get; } = options;

    /// <summary>Sends HTTP requests, within scope, budget and pace.</summary>
    public HttpProbe Http { get; } = http;

    /// <summary>Speaks TLS handshakes, within scope and pace.</summary>
    public TlsProbe Tls { get; } = tls;

    public TimeProvider Time { get; } = time;

    /// <summary>What this and the other scanners of the app work out once.</summary>
    public SharedWork Shared { get; } = shared;

    /// <summary>What is known of vulnerable libraries; null where there is nothing of it on this machine. Asking for it puts its snapshot into the report.</summary>
    public AdvisoryIndex? Advisories
    {
        get
        {
            usedAdvisories = true;
            return Options.Advisories;
        }
    }

    /// <summary>
    /// Why rules stay open where nothing was asked. An app that was read from its source has no proven host: asking it is for a person to allow,
    /// and what nobody allowed does not leave the scan incomplete.
    /// </summary>
    public InconclusiveCause CauseOfSilence => App.IsLive ? InconclusiveCause.CutShort : InconclusiveCause.NeedsOperator;

    /// <summary>Says that a rule is broken at a place.</summary>
    /// <param name="message">What is wrong there, one sentence; null takes the rule's title.</param>
    /// <param name="cvss">The score of this finding; null takes the rule's.</param>
    /// <param name="exemption">What the platform forces on the partner; null where nothing does.</param>
    public void Report(
        Rule rule,
        Location location,
        Evidence evidence,
        Confidence confidence = Confidence.High,
        string? message = null,
        double? cvss = null,
        Exemption? exemption = null
    )
    {
        var finding = new Finding
        {
            Rule = rule,
            Location = location,
            Evidence = evidence,
            Confidence = confidence,
            Message = message ?? $"{rule.Title}: {evidence.Observed}",
            OwnCvss = cvss,
            Fingerprint = Fingerprint.Of(App.Key, rule, location),
            ExemptedBy = exemption,
        };
        lock (gate)
        {
            findings.Add(finding);
            verdicts.Add(new PlaceVerdict(rule, Verdict.Fail, location.ToString(), finding.Message) { Fingerprint = finding.Fingerprint });
        }
    }

    /// <summary>Says that a rule holds at a place, and why we believe it.</summary>
    public void Pass(Rule rule, string? place, string reason) => Judge(new PlaceVerdict(rule, Verdict.Pass, place, reason));

    /// <summary>Says that a rule could not be decided at a place.</summary>
    /// <param name="cause">Whether the scan is incomplete because of it; where nothing else is said, it is.</param>
    /// <param name="about">What alone stays open: a package, a place; null where it may be all that the rule judges.</param>
    public void Undecide(Rule rule, string? place, string reason, InconclusiveCause cause = InconclusiveCause.CutShort, string? about = null) =>
        Judge(new PlaceVerdict(rule, Verdict.Inconclusive, place, reason) { Cause = cause, About = about });

    /// <summary>Says that no rule of the scanner can pass, because a part of what it judges by is missing. The same reason counts once.</summary>
    public void UndecideAll(string reason)
    {
        lock (gate)
        {
            doubts.Add(reason);
        }
    }

    /// <summary>Says that a rule has nothing to say about a place.</summary>
    public void NotApplicable(Rule rule, string? place, string reason) => Judge(new PlaceVerdict(rule, Verdict.NotApplicable, place, reason));

    /// <summary>Says that a place was looked at to the end.</summary>
    public void Cover(string place)
    {
        lock (gate)
        {
            covered.Add(new CoveredPlace(scanner, place));
        }
    }

    /// <summary>Says that a place was not looked at, or not to the end.</summary>
    public void Skip(string place, string reason)
    {
        lock (gate)
        {
            gaps.Add(new CoverageGap(scanner, place, reason));
        }
    }

    /// <summary>Tells a person what is being done: one short line.</summary>
    public void Progress(string what) => onProgress(what);

    internal ScannerOutcome Outcome()
    {
        lock (gate)
        {
            return new ScannerOutcome([.. findings], [.. verdicts], [.. covered], [.. gaps], [.. doubts], usedAdvisories);
        }
    }

    private void Judge(PlaceVerdict verdict)
    {
        lock (gate)
        {
            verdicts.Add(verdict);
        }
    }
}

/// <summary>Everything one scanner said.</summary>
/// <param name="Doubts">Why none of its rules can pass.</param>
/// <param name="UsedAdvisories">Whether it asked for the advisories.</param>
internal sealed record ScannerOutcome(
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<PlaceVerdict> Verdicts,
    IReadOnlyList<CoveredPlace> Covered,
    IReadOnlyList<CoverageGap> Gaps,
    IReadOnlyList<string> Doubts,
    bool UsedAdvisories
);
