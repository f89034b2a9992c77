using Ecoscanner.Apps;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanning;

/// <summary>Runs the scanners that apply to an app side by side and turns what they say into one report.</summary>
public sealed class ScanEngine(IReadOnlyList<IScanner> scanners, TimeProvider time)
{
    // A scanner that ignores its cancellation is left behind after this; its verdict is inconclusive all the same.
    private static readonly TimeSpan GraceAfterTimeLimit = TimeSpan.FromSeconds(2);

    /// <summary>The scanners that will run for this app and these options.</summary>
    public IReadOnlyList<IScanner> Applicable(App app, ScanOptions options) =>
        [
            .. scanners.Where(scanner =>
                scanner.AppliesTo(app) && (options.Scanners.Count == 0 || options.Scanners.Contains(scanner.Name, StringComparer.Ordinal))
            ),
        ];

    /// <summary>The most requests a scan of the app sends: the plan that a person sees before it starts.</summary>
    public int PlannedRequests(App app, ScanOptions options)
    {
        var asked = Asked(app, options);
        // An app that was read from its source or archive has no descriptor to be fetched.
        return (app is ForgeApp or DataCenterApp or SbomApp ? 0 : BudgetLine.InitialLimit)
            + Applicable(asked, options).Sum(scanner => scanner.PlannedRequests(asked, options));
    }

    private static App Asked(App app, ScanOptions options) => options.Places.Count == 0 ? app : app.Only(new AskedPlaces(options.Places));

    /// <summary>Scans one app. Cancelling gives the report of what was done so far, its open rules inconclusive.</summary>
    public async Task<AppReport> ScanAsync(
        App app,
        ProbeSession session,
        ScanOptions options,
        IProgress<ScanProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetUtcNow();
        var whole = app;
        app = Asked(app, options);
        var begun = time.GetTimestamp();
        var shared = new SharedWork(cancellationToken);
        var runs = new List<(ScannerRun Run, ScannerOutcome Outcome)>();
        foreach (var round in Applicable(app, options).GroupBy(scanner => scanner.RunsLast).OrderBy(round => round.Key))
        {
            runs.AddRange(await Task.WhenAll(round.Select(scanner => RunAsync(scanner, app, session, options, shared, progress, cancellationToken))));
        }

        return new AppReport
        {
            App = whole,
            Started = started,
            Duration = time.GetElapsedTime(begun),
            Scanners = [.. runs.Select(run => run.Run)],
            Findings = Findings(runs, options),
            Verdicts =
            [
                .. runs.SelectMany(run => Verdicts(run, options))
                    .OrderBy(verdict => verdict.Rule.Requirement.Id, StringComparer.Ordinal)
                    .ThenBy(verdict => verdict.Rule.Id, StringComparer.Ordinal),
            ],
            Coverage = new Coverage([.. runs.SelectMany(run => run.Outcome.Covered)], [.. AppGaps(whole), .. runs.SelectMany(run => run.Outcome.Gaps)]),
            Traffic = session.Traffic(PlannedRequests(app, options)),
            Extent = whole.Extent,
            AdvisorySnapshot = runs.Exists(run => run.Outcome.UsedAdvisories) ? options.Advisories?.Snapshot : null,
        };
    }

    private async Task<(ScannerRun Run, ScannerOutcome Outcome)> RunAsync(
        IScanner scanner,
        App app,
        ProbeSession session,
        ScanOptions options,
        SharedWork shared,
        IProgress<ScanProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var begun = time.GetTimestamp();
        var context = new ScanContext(
            app,
            options,
            session.Http,
            session.Tls,
            time,
            shared,
            scanner.Name,
            what => progress?.Report(new ScanProgress(app, scanner.Name, what))
        );
        using var limit = new CancellationTokenSource(scanner.TimeLimit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var failure = await FenceAsync(scanner, context, stop.Token, limit.Token);
        return (new ScannerRun(scanner.Name, scanner.Version, scanner.Rules, time.GetElapsedTime(begun), failure), Exempted(context.Outcome(), options));
    }

    /// <summary>The one fence: whatever a scanner throws or outlasts becomes a reason, never a crash of the scan.</summary>
    private async Task<string?> FenceAsync(IScanner scanner, ScanContext context, CancellationToken stop, CancellationToken limit)
    {
        string Stopped() =>
            limit.IsCancellationRequested ? $"stopped at its time limit of {scanner.TimeLimit.TotalMinutes:0.#} minutes" : "the scan was cancelled";
        try
        {
            // On the pool, so that a scanner which never awaits can be left behind too.
            var scan = Task.Run(() => scanner.ScanAsync(context, stop), CancellationToken.None);
            var stopped = Task.Delay(Timeout.InfiniteTimeSpan, time, stop)
                .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (await Task.WhenAny(scan, stopped) == stopped)
            {
                await Task.WhenAny(scan, Task.Delay(GraceAfterTimeLimit, time, CancellationToken.None));
                if (!scan.IsCompleted)
                {
                    return Stopped();
                }
            }

            await scan;
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Stopped();
        }
#pragma warning disable CA1031 // The one fence of the product.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"the scanner failed: {e.GetType().Name}: {e.Message}";
        }
    }

    private ScannerOutcome Exempted(ScannerOutcome outcome, ScanOptions options)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        Finding Judged(Finding finding) =>
            finding with
            {
                ExemptedBy = finding.ExemptedBy ?? options.Exemptions.FirstOrDefault(exemption => exemption.Covers(finding, today)),
            };
        return outcome with { Findings = [.. outcome.Findings.Select(Judged)] };
    }

    private static IReadOnlyList<Finding> Findings(IEnumerable<(ScannerRun Run, ScannerOutcome Outcome)> runs, ScanOptions options) =>
        [
            .. runs.SelectMany(run => run.Outcome.Findings)
                .Where(finding => IsAsked(finding.Rule, options))
                .OrderByDescending(finding => finding.Cvss)
                .ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)
                .ThenBy(finding => finding.Location.Identity, StringComparer.Ordinal)
                .DistinctBy(finding => finding.Fingerprint, StringComparer.Ordinal),
        ];

    private static IEnumerable<RuleVerdict> Verdicts((ScannerRun Run, ScannerOutcome Outcome) run, ScanOptions options)
    {
        foreach (var rule in run.Run.Rules.Where(rule => IsAsked(rule, options)))
        {
            var places = run.Outcome.Verdicts.Where(verdict => verdict.Rule == rule).ToList();
            // A place may be reported twice, by what was asked in two ways.
            var exempt = run
                .Outcome.Findings.Where(finding => finding.Rule == rule && finding.ExemptedBy is not null)
                .DistinctBy(finding => finding.Fingerprint, StringComparer.Ordinal)
                .ToDictionary(finding => finding.Fingerprint, finding => finding.ExemptedBy!.Reason, StringComparer.Ordinal);
            for (var i = 0; i < places.Count; i++)
            {
                if (places[i] is { Verdict: Verdict.Fail, Fingerprint: { } fingerprint } && exempt.TryGetValue(fingerprint, out var reason))
                {
                    places[i] = places[i] with { Verdict = Verdict.Exempt, Reason = reason };
                }
            }

            // What a scanner that was stopped had not said is open; what it had said stays, but a pass of a part is no pass of the whole.
            if (run.Run.Failure is { } failure)
            {
                places.Add(new PlaceVerdict(rule, Verdict.Inconclusive, null, failure));
            }

            places.AddRange(run.Outcome.Doubts.Select(doubt => new PlaceVerdict(rule, Verdict.Inconclusive, null, doubt)));
            if (places.Count == 0)
            {
                places.Add(new PlaceVerdict(rule, Verdict.Inconclusive, null, "the scanner said nothing about this rule"));
            }

            var worst = places.MaxBy(place => place.Verdict)!;
            yield return new RuleVerdict(rule, worst.Verdict, worst.Reason, places);
        }
    }

    private static IEnumerable<CoverageGap> AppGaps(App app) =>
        app switch
        {
            ConnectApp connect => connect.Problems.Select(problem => new CoverageGap(
                "descriptor",
                problem.Pointer.Length == 0 ? app.Source : problem.Pointer,
                problem.Reason
            )),
            ForgeApp forge =>
            [
                .. forge
                    .Manifest.Problems.Where(problem => problem.Kind is ManifestProblemKind.NotRead)
                    .Select(problem => new CoverageGap("manifest", forge.InManifest("", problem.Place).ToString(), problem.Message)),
                .. forge.Servers.Problems.Select(problem => new CoverageGap("manifest", forge.InManifest("", problem.Place).ToString(), problem.Reason)),
                .. forge.FolderProblems.Select(problem => new CoverageGap("source", forge.Shown(problem.Path), problem.Reason)),
            ],
            _ => [],
        };

    private static bool IsAsked(Rule rule, ScanOptions options) =>
        (options.Rules.Count == 0 || options.Rules.Contains(rule.Id, StringComparer.Ordinal))
        && !options.ExcludedRules.Contains(rule.Id, StringComparer.Ordinal);
}
