using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>Scans: what became of them, live and afterwards, and their reports.</summary>
internal static class ScanEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var scans = api.MapGroup("/scans").WithTags("scans");
        scans
            .MapGet("/", List)
            .WithSummary("Scans, the newest first.")
            .Needs(Capability.ReadApps)
            .Lists<ScanView>()
            .Filters("partner", "Those of one partner, by its key.")
            .Filters("app", "Those of one app, by its id.");
        scans.MapGet("/{id}", One).WithSummary("How a scan goes, or went.").Needs(Capability.ReadApps).Answers<ScanView>().Problems(404);
        scans
            .MapGet("/{id}/events", Events)
            .WithSummary("The same as it happens: Server-Sent Events of the kinds state and progress; Last-Event-ID goes on behind an event.")
            .Needs(Capability.ReadApps)
            .Produces<ScanView>(200, "text/event-stream")
            .Problems(404, 422);
        scans
            .MapGet("/{id}/report", Report)
            .WithSummary("What a scan said, in any format of reports.")
            .Needs(Capability.ReadFindings)
            .Produces<string>(200, "application/octet-stream")
            .Filters("format", $"{string.Join(", ", ReportFormats.All.Select(format => format.Name))}; json where nothing is said.")
            .Problems(404, 406, 410);
        scans
            .MapGet("/{id}/coverage", Coverage)
            .WithSummary("What a scan looked at, what it left out and why, and what it came to for each rule.")
            .Needs(Capability.ReadFindings)
            .Answers<CoverageView>()
            .Problems(404, 410);
        scans
            .MapGet("/{id}/traffic", Traffic)
            .WithSummary("What a scan sent: requests and bytes, host by host.")
            .Needs(Capability.ReadApps)
            .Answers<TrafficView>()
            .Problems(404, 410);
    }

    /// <summary>The run, or it does not exist.</summary>
    public static RunRow Of(Session session, Principal principal, string id, Capability capability = Capability.ReadApps) =>
        RunList.Find(session, principal.ScopeOf(capability), id) is { } run && !IsHidden(session, principal, run)
            ? run
            : throw ProblemException.NotFound("scan");

    // A second look is unannounced: who waits for it could be honest just then.
    private static bool IsHidden(Session session, Principal principal, RunRow run) =>
        run.Reason == RunReason.Verification
        && !principal.MayEverywhere(Capability.ReadApps)
        && session.One<bool>("select exists (select 1 from ticket_verification where run_id = @Id and announced = 0 and ended_at is null)", new { run.Id });

    public static ScanView View(Session session, Platform platform, RunRow row) =>
        new(
            row.Id,
            row.State,
            OutcomeOf(row),
            session.One<string>("select key from app where id = @AppId", new { row.AppId }),
            row.AppId,
            session.One<string>("select hosting from app_hosting where id = @HostingId", new { row.HostingId }),
            row.ArtifactId,
            row.Reason,
            row.Stage,
            row.Complete,
            row.Findings,
            row.Failure,
            row.IsNarrowed ? row.Rules : null,
            row.State == RunState.Running && platform.Progress.Last(row.Id) is { } step ? new ScanProgressView(step.Scanner, step.What) : null,
            Moment.Of(row.QueuedAt),
            Moment.Of(row.StartedAt),
            Moment.Of(row.EndedAt),
            row.ToolVersion,
            row.AdvisorySnapshot
        );

    // What is not known is held, never passed.
    private static string OutcomeOf(RunRow row) =>
        row.State is RunState.Queued or RunState.Running ? "pending"
        : row.State != RunState.Done ? "held"
        : row.Findings > 0 ? "failed"
        : row.Complete ? "passed"
        : "held";

    private static Reply List(HttpContext http, Platform platform, string? partner, long? app)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        return platform.Database.Read(session =>
        {
            var partnerId = string.IsNullOrEmpty(partner) ? (long?)null : PartnerEndpoints.Of(session, principal, partner).Id;
            var rows = RunList.Part(session, principal.ScopeOf(Capability.ReadApps), partnerId, app, page.After, page.Limit);
            return page.Answer<ScanView>(
                [.. rows.Rows.Where(row => !IsHidden(session, principal, row)).Select(row => View(session, platform, row))],
                rows.Next
            );
        });
    }

    private static Reply One(HttpContext http, Platform platform, string id)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session => Reply.Of(View(session, platform, Of(session, principal, id))));
    }

    private static async Task Events(HttpContext http, Platform platform, string id)
    {
        var principal = Caller.Of(http);
        var seen = EventStream.LastSeen(http);
        var (partner, most) = platform.Database.Read(session =>
        {
            var run = Of(session, principal, id);
            return (run.PartnerId, Quotas.MostStreams(session, run.PartnerId));
        });
        using var place = Shares.Stream(platform.Quotas, partner, most);
        await new ScanStream(http, platform, id, seen).RunAsync(() => platform.Database.Read(session => View(session, platform, Of(session, principal, id))));
    }

    private static async Task<IResult> Report(HttpContext http, Platform platform, string id, string? format)
    {
        var writer = ReportFormat.Asked(http, format);
        var report = await OpenAsync(http, platform, id, Capability.ReadFindings, $"report.read:{writer.Name}");
        using var written = new MemoryStream();
        writer.Write(report, new ReportOptions { Page = rule => platform.Rules.Rule(rule.Id) is { } known ? platform.Rules.Page(known) : null }, written);
        // Named and never shown by the browser: what a report quotes is the app's.
        return Results.File(written.ToArray(), ReportFormat.MediaType(writer.Name), $"{id}.{ReportFormat.Extension(writer.Name)}");
    }

    private static async Task<Reply> Coverage(HttpContext http, Platform platform, string id)
    {
        var report = await OpenAsync(http, platform, id, Capability.ReadFindings, "coverage.read");
        var app = report.Apps.Count > 0 ? report.Apps[0] : null;
        return Reply.Of(
            new CoverageView(
                app?.Complete ?? false,
                [.. (app?.Scanners ?? []).Select(run => new ScannerRunView(run.Name, run.Version, (long)run.Duration.TotalMilliseconds, run.Failure))],
                [
                    .. (app?.Verdicts ?? []).Select(verdict => new VerdictView(
                        verdict.Rule.Id,
                        Words.Of(verdict.Verdict),
                        verdict.Reason,
                        [.. verdict.Places.Take(MostPlaces).Select(place => new PlaceView(place.Place ?? "", Words.Of(place.Verdict), place.Reason))],
                        verdict.Places.Count
                    )),
                ],
                [.. (app?.Coverage.Gaps ?? []).Take(MostPlaces).Select(gap => new GapView(gap.Scanner, gap.Place, gap.Reason))]
            )
        );
    }

    private static async Task<Reply> Traffic(HttpContext http, Platform platform, string id)
    {
        var report = await OpenAsync(http, platform, id, Capability.ReadApps, "traffic.read");
        return Reply.Of(
            report.Apps is [{ Traffic: var traffic }, ..]
                ? new TrafficView(
                    traffic.Planned,
                    traffic.Requests,
                    traffic.Handshakes,
                    traffic.BytesSent,
                    traffic.BytesReceived,
                    traffic.ByHost,
                    traffic.SignedAs
                )
                : new TrafficView(0, 0, 0, 0, 0, new Dictionary<string, int>(StringComparer.Ordinal), null)
        );
    }

    // The whole stands in the report.
    private const int MostPlaces = 1000;

    private static async Task<ScanReport> OpenAsync(HttpContext http, Platform platform, string id, Capability capability, string action)
    {
        var principal = Caller.Of(http);
        var run = platform.Database.Read(session => Of(session, principal, id, capability));
        if (run.State is RunState.Queued or RunState.Running)
        {
            throw new ProblemException(ProblemKind.Conflict, $"the scan is {run.State}; there is a report when it is done")
            {
                RetryAfter = TimeSpan.FromSeconds(2),
            };
        }

        if (run.ReportDigest is null)
        {
            throw new ProblemException(ProblemKind.Gone, run.Failure is { } why ? $"the scan left no report: {why}" : "the report is no longer kept");
        }

        await platform.ReadAudit.RecordAsync(principal, [run.PartnerId], action, $"scan:{id}");
        using var content =
            platform.Blobs.Open(run.PartnerId, run.ReportDigest) ?? throw new ProblemException(ProblemKind.Gone, "the report is no longer kept");
        return ReportReader.Read(content);
    }
}

/// <param name="Outcome"><c>pending</c>, <c>passed</c>, <c>failed</c>, or <c>held</c>: not everything could be judged.</param>
/// <param name="App">Its key.</param>
/// <param name="Complete">True where everything that was to be looked at was.</param>
/// <param name="Failure">Why it failed or is not complete.</param>
/// <param name="OnlyRules">The rules that it was narrowed to; null where it was of all.</param>
public sealed record ScanView(
    string Id,
    string State,
    string Outcome,
    string App,
    long AppId,
    string Hosting,
    string? Artifact,
    string Reason,
    string Stage,
    bool Complete,
    long Findings,
    string? Failure,
    IReadOnlyList<string>? OnlyRules,
    ScanProgressView? Progress,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? ToolVersion,
    string? AdvisorySnapshot
);

public sealed record ScanProgressView(string? Scanner, string? What);

/// <param name="Gaps">What was not looked at, or not to the end.</param>
public sealed record CoverageView(bool Complete, IReadOnlyList<ScannerRunView> Scanners, IReadOnlyList<VerdictView> Verdicts, IReadOnlyList<GapView> Gaps);

public sealed record GapView(string Scanner, string Place, string Reason);

public sealed record ScannerRunView(string Name, int Version, long DurationMs, string? Failure);

/// <param name="PlaceCount">All of them; the first thousand are listed.</param>
public sealed record VerdictView(string Rule, string Verdict, string Reason, IReadOnlyList<PlaceView> Places, int PlaceCount);

public sealed record PlaceView(string Place, string Verdict, string Reason);

/// <param name="ByHost">Requests.</param>
public sealed record TrafficView(
    int Planned,
    int Requests,
    int Handshakes,
    long BytesSent,
    long BytesReceived,
    IReadOnlyDictionary<string, int> ByHost,
    string? SignedAs
);
