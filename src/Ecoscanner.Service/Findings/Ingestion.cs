using Ecoscanner.Findings;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>Takes the reports of runs in: exactly once, in one short transaction with all that they cause.</summary>
/// <param name="changed">Is told what a run changed of findings, in its transaction: tickets follow.</param>
public sealed class Ingestion(Database database, PartnerKeys keys, Blobs blobs, Action<Session, RunRow, IReadOnlyList<FindingChange>> changed)
{
    // A report of 25,000 findings with their requests takes some 100 MB.
    private const long LargestReport = 256L * 1024 * 1024;

    /// <summary>Takes a run's report in as it was written.</summary>
    /// <inheritdoc cref="IngestAsync(string, ScanReport, IngestOptions, CancellationToken)"/>
    /// <exception cref="ReportFormatException">It is no report of ours, half of one, or too large.</exception>
    public Task<IngestResult> IngestAsync(string runId, Stream json, IngestOptions options, CancellationToken cancellationToken) =>
        IngestAsync(runId, ReportReader.Read(json), options, cancellationToken);

    /// <summary>Takes a run's report in. What throws has written nothing; the run is then for its owner to fail.</summary>
    /// <exception cref="IngestException">The report is not the run's, or too large.</exception>
    public async Task<IngestResult> IngestAsync(string runId, ScanReport report, IngestOptions options, CancellationToken cancellationToken)
    {
        var write = await ReadyAsync(runId, report, options, cancellationToken);
        return database.Write(write);
    }

    /// <summary>Makes a report ready to be taken in, and gives what writes it: for a transaction of the caller, in which the run's lane is released too.</summary>
    /// <exception cref="IngestException">The report is not the run's, or too large.</exception>
    public async Task<Func<Session, IngestResult>> ReadyAsync(string runId, ScanReport report, IngestOptions options, CancellationToken cancellationToken)
    {
        var (run, appKey) = database.Read(session => (RunOf(session, runId), AppKeyOf(session, runId)));
        if (IsEnded(run))
        {
            return static _ => new IngestResult(IngestOutcome.Ended);
        }

        var seen = SeenReport.Of(report, appKey);
        var blob = await KeepAsync(run, report, cancellationToken);
        return session => Ingest(session, runId, seen, blob, options);
    }

    private IngestResult Ingest(Session session, string runId, SeenReport seen, string blob, IngestOptions options)
    {
        // Read anew: somebody else may have ended it meanwhile.
        var run = RunOf(session, runId);
        if (IsEnded(run))
        {
            return new IngestResult(IngestOutcome.Ended);
        }

        if (options.IsHeld?.Invoke(session) == false)
        {
            return new IngestResult(IngestOutcome.LeaseLost);
        }

        var result = run.Counts ? TakeIn(session, run, seen, options) : Measure(session, run, seen, options);
        End(session, run, seen, blob, result);
        RuleStates.StoreScanners(session, run, seen);
        options.Also?.Invoke(session, run);
        AuditLog.Record(
            session,
            new AuditEntry(
                run.PartnerId,
                Access.Principal.Platform.Kind,
                Access.Principal.Platform.Id,
                "run.ingested",
                $"run:{run.Id}",
                Detail: FormattableString.Invariant($$"""{"findings":{{seen.Findings.Count}},"opened":{{result.Opened}},"closed":{{result.Closed}}}""")
            )
        );
        return result;
    }

    // What it would do is counted, and nothing of it done.
    private static IngestResult Measure(Session session, RunRow run, SeenReport seen, IngestOptions options)
    {
        var plan = Reconciliation.Of(run, seen, HostingFindings.Of(session, run.HostingId), options.Withdrawn, session.Now, IsStale(session, run));
        return new IngestResult(IngestOutcome.Ingested, plan.Opened, plan.Closed);
    }

    private IngestResult TakeIn(Session session, RunRow run, SeenReport seen, IngestOptions options)
    {
        if (!run.IsNarrowed && seen.IsComplete && Settled.Has(session, run, seen.Digest))
        {
            RuleStates.Touch(session, run);
            return new IngestResult(IngestOutcome.Unchanged);
        }

        var known = HostingFindings.Of(session, run.HostingId);
        var plan = Reconciliation.Of(run, seen, known, options.Withdrawn, session.Now, IsStale(session, run));
        using var writer = new FindingWriter(session, keys, run, known);
        var claims = new List<(long, Exemption)>();
        foreach (var sight in plan.Sights)
        {
            var id = writer.Write(sight);
            if (sight.Seen.Finding.ExemptedBy is { Source: ExemptionSource.Desk } claim)
            {
                claims.Add((id, claim));
            }
        }

        foreach (var absence in plan.Absences)
        {
            writer.Write(absence);
        }

        Claims.Store(session, run, claims);
        RuleStates.Store(session, run, seen);
        // An app that nobody proved to be theirs is scanned for the one who uploaded it, and gets no tickets.
        if (writer.Changes.Count > 0 && session.One<string>("select ownership from app where id = @AppId", new { run.AppId }) != "unproven")
        {
            changed(session, run, writer.Changes);
        }

        // Last, since tickets change states too.
        Settled.Forget(session, run.HostingId);
        if (!run.IsNarrowed && seen.IsComplete && plan.IsSettled)
        {
            Settled.Keep(session, run, seen.Digest);
        }

        return new IngestResult(IngestOutcome.Ingested, plan.Opened, plan.Closed);
    }

    private static void End(Session session, RunRow run, SeenReport seen, string blob, IngestResult result) =>
        session.Execute(
            """
            update run set state = 'done', started_at = coalesce(started_at, @Clock), ended_at = @Clock, tool_version = @tool, advisory_snapshot = @snapshot,
                digest = @Digest, complete = @IsComplete, findings = @findings, opened = @Opened, closed = @Closed, requests = @requests,
                bytes_sent = @sent, bytes_received = @received, failure = @Gap, report_digest = @blob
            where id = @Id
            """,
            new
            {
                run.Id,
                session.Clock,
                tool = SeenReport.Shortened(seen.Report.ToolVersion),
                snapshot = seen.App.AdvisorySnapshot is { } snapshot ? SeenReport.Shortened(snapshot) : null,
                seen.Digest,
                seen.IsComplete,
                findings = seen.Findings.Count,
                result.Opened,
                result.Closed,
                requests = seen.App.Traffic.Requests,
                sent = seen.App.Traffic.BytesSent,
                received = seen.App.Traffic.BytesReceived,
                seen.Gap,
                blob,
            }
        );

    private async Task<string> KeepAsync(RunRow run, ScanReport report, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        new JsonReport().Write(report, new ReportOptions { Page = static _ => null }, content);
        content.Position = 0;
        var blob =
            await blobs.WriteAsync(run.PartnerId, content, LargestReport, cancellationToken)
            ?? throw new IngestException($"the report is larger than {LargestReport:N0} bytes; narrow the scan by rules");
        return blob.Digest;
    }

    // What was started before another that is in already may not know what that one saw.
    private static bool IsStale(Session session, RunRow run) =>
        run.StartedAt is { } started
        && session.Find<long?>(
            "select 1 from run where hosting_id = @HostingId and started_at > @started and state = 'done' and stage not in ('shadow', 'trial') limit 1",
            new { run.HostingId, started }
        )
            is not null;

    private static bool IsEnded(RunRow run) => run.State is not (RunState.Queued or RunState.Running);

    private static RunRow RunOf(Session session, string id) =>
        RunLog.Find(session, id) ?? throw new IngestException($"there is no run {SeenReport.Shortened(id)}; ask for one first");

    // The row of the run says whose it is; that it is the app's too is the schema's to know, and checked once more here.
    private static string AppKeyOf(Session session, string id) =>
        session.Find<string>(
            """
            select a.key from run r join app a on a.id = r.app_id and a.partner_id = r.partner_id join app_hosting h on h.id = r.hosting_id and h.app_id = a.id
            where r.id = @id
            """,
            new { id }
        ) ?? throw new IngestException($"the run {SeenReport.Shortened(id)} is of an app that is another partner's now; ask for a new one");
}
