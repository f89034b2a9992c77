using Ecoscanner.Apps;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Help;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;

namespace Ecoscanner.Cli.Scans;

/// <summary>Scans apps one after the other at a person's desk: says the plan, shows progress, and ends cleanly on Ctrl-C.</summary>
internal sealed class DeskScan(Terminal terminal, string runId, TimeProvider time) : IDisposable
{
    private readonly ScanEngine engine = new(Catalog.Scanners.Scanners, time);
    private readonly Pace pace = new(time);
    private readonly List<AppReport> apps = [];
    private readonly List<FailedTarget> failed = [];
    private readonly Interruption interruption = new(() => terminal.Complain("stopping; the report says what was done. Ctrl-C again ends at once"));

    /// <summary>Whether the plan is printed before each scan.</summary>
    public bool ShowsPlan { get; init; } = true;

    /// <summary>Told what the scan does, in a person's place; null where a person is there.</summary>
    public IProgress<ScanProgress>? Progress { get; init; }

    /// <summary>Exit codes of the targets that could not be scanned.</summary>
    public List<int> Failures { get; } = [];

    public CancellationToken Token => interruption.Token;

    /// <summary>What was done so far.</summary>
    public ScanReport Report =>
        new()
        {
            ToolVersion = VersionLine.Version,
            RunId = runId,
            Apps = [.. apps],
            FailedTargets = [.. failed],
            Cancelled = Token.IsCancellationRequested,
        };

    /// <summary>Scans one target; null where it could not be, and then the person was told why.</summary>
    public async Task<AppReport?> ScanAsync(string target, ScanSetup setup)
    {
        if (Token.IsCancellationRequested)
        {
            return null;
        }

        try
        {
            using var session = new ProbeSession(setup.Probing, time, pace);
            var named = Reachable(Target.Of(target), setup);
            var report =
                named.IsArchive ? await ScanAsync(ArchiveSource.Read(named, setup.Scanning.Advisories, Token), session, setup.Scanning)
                : SbomSource.Read(named) is { } bill ? await ScanAsync(bill, session, setup.Scanning)
                : named.IsManifest || named.IsZip ? await ScanAsync(ManifestSource.Read(named, terminal, Token), session, setup.Scanning)
                : await ScanAsync(await DescriptorSource.ReadAsync(named, session, setup.Scanning.Tenant, Token), session, setup.Scanning);
            apps.Add(report);
            return report;
        }
        catch (TargetException e)
        {
            terminal.Complain(e.Message);
            failed.Add(new FailedTarget(Target.Shown(target), e.Message));
            Failures.Add(e.Code);
        }
        catch (OperationCanceledException) when (Token.IsCancellationRequested)
        {
            failed.Add(new FailedTarget(target, "the scan was cancelled before its descriptor was read"));
        }

        return null;
    }

    public void Dispose() => interruption.Dispose();

    private async Task<AppReport> ScanAsync(ConnectApp app, ProbeSession session, ScanOptions options)
    {
        options = WithSite(app, session, options);
        var planned = engine.PlannedRequests(app, options);
        if (ShowsPlan)
        {
            new ScanPlan(app, session, planned, options.Tenant is not null).Print(terminal);
        }

        return await RunAsync(app, session, options, planned);
    }

    private Task<AppReport> ScanAsync(ForgeApp app, ProbeSession session, ScanOptions options)
    {
        options = app.AsConnect() is { } connect ? WithSite(connect, session, options) : options;
        var planned = engine.PlannedRequests(app, options);
        if (ShowsPlan)
        {
            ForgePlan.Print(app, session, planned, terminal);
        }

        return RunAsync(app, session, options, planned);
    }

    private Task<AppReport> ScanAsync(SbomApp app, ProbeSession session, ScanOptions options) =>
        ScanAsync(app, () => ArchivePlan.Print(app, terminal), session, options);

    private Task<AppReport> ScanAsync(DataCenterApp app, ProbeSession session, ScanOptions options) =>
        ScanAsync(app, () => ArchivePlan.Print(app, terminal), session, options);

    // Of what is read from a file alone nothing but the plan differs.
    private Task<AppReport> ScanAsync(App app, Action printPlan, ProbeSession session, ScanOptions options)
    {
        if (ShowsPlan)
        {
            printPlan();
        }

        return RunAsync(app, session, options, engine.PlannedRequests(app, options));
    }

    private async Task<AppReport> RunAsync(App app, ProbeSession session, ScanOptions options, int planned)
    {
        if (Progress is not null)
        {
            return await engine.ScanAsync(app, session, options, Progress, Token);
        }

        await using var status = new StatusLine(terminal, app.Key, planned, () => session.Traffic(planned).Requests, time);
        return await engine.ScanAsync(app, session, options, status, Token);
    }

    /// <summary>
    /// A fake install names a site: one that the operator owns, or, for an app at a private address, which is the operator's own, one that nobody has.
    /// </summary>
    private static ScanOptions WithSite(ConnectApp app, ProbeSession session, ScanOptions options) =>
        options.InstallBaseUrl is null && session.Options.AllowedPrivate.Contains(app.BaseUrl.Authority, StringComparer.OrdinalIgnoreCase)
            ? options with
            {
                InstallBaseUrl = new Uri($"https://{FakeIdentity.FreshClientKey()}.atlassian.net"),
            }
            : options;

    private static Target Reachable(Target target, ScanSetup setup) =>
        setup.Probing.Offline && target.Url is not null
            ? throw TargetException.Wrong(target.Text, "is on the network, and --offline sends nothing; name the descriptor's file")
            : target;
}
