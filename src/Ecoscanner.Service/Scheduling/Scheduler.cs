using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Makes what is written of a run ready (reports are sealed, say) and gives what is done in the transaction that ends it: results and their effects are written together.</summary>
public delegate Task<Action<Session>> IngestRun(ClaimedRun run, RunOutcome outcome, CancellationToken cancellationToken);

/// <summary>Puts a run's input into its folder; or an outcome where there can be no scan.</summary>
public delegate Task<(RunInput? Input, RunOutcome? Outcome)> PrepareRun(ClaimedRun run, string folder, CancellationToken cancellationToken);

/// <summary>How many runs, and where.</summary>
/// <param name="Folder">Each run gets a folder in it, which is deleted after it.</param>
public sealed record SchedulerOptions(string Folder)
{
    /// <summary>Runs at the same time.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Of these, so many are for partners who wait.</summary>
    public int Reserved { get; init; } = 1;

    /// <summary>Scheduled runs that wait or run at most.</summary>
    public int InFlight { get; init; } = Planner.UsualInFlight;

    /// <summary>This process, for the owners of leases.</summary>
    public string Worker { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}";
}

/// <summary>The platform's heart: plans what is due, and runs what is most urgent in processes of their own.</summary>
public sealed partial class Scheduler(
    Database database,
    RunProcess process,
    PrepareRun prepare,
    IngestRun ingest,
    SchedulerOptions options,
    TimeProvider time,
    ILogger logger
) : IDisposable
{
    private static readonly TimeSpan PlanEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TargetsEvery = TimeSpan.FromHours(1);

    // Orders that came from elsewhere than this process are seen this soon.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>What running scans get to end by themselves when the platform stops; they are given back after it.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim wake = new(0);
    private readonly Dictionary<string, Task> running = new(StringComparer.Ordinal);

    /// <summary>Told what running scans do, for those who watch.</summary>
    public Action<ClaimedRun, RunEvent>? OnProgress { get; init; }

    /// <summary>Told of a run whose attempt is over, in the transaction that says so: it has ended, or is tried again.</summary>
    public Action<Session, ClaimedRun>? OnEnd { get; init; }

    /// <summary>Told when a run's state changed, after it is written.</summary>
    public Action<ClaimedRun, RunOutcome?>? OnChange { get; init; }

    /// <summary>Says that a run was ordered: it begins at once where there is room.</summary>
    public void Wake() => wake.Release();

    /// <summary>Works until it is stopped; then waits for what runs, a short while.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Clear(options.Folder);
        using var kill = new CancellationTokenSource();
        var planning = PlanAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            foreach (var done in running.Where(run => run.Value.IsCompleted).Select(run => run.Key).ToList())
            {
                running.Remove(done);
            }

            StartRuns(kill.Token);
            await WaitAsync(stop);
        }

        kill.CancelAfter(Drain);
        await Task.WhenAll([planning, .. running.Values]);
    }

    /// <summary>After it has stopped.</summary>
    public void Dispose() => wake.Dispose();

    private void StartRuns(CancellationToken kill)
    {
        while (
            running.Count < options.Parallel
            && Claim(options.Parallel - running.Count > Math.Min(options.Reserved, options.Parallel - 1) ? Priority.Campaign : Priority.Asked) is { } run
        )
        {
            // One run has one task; a lease that was lost and claimed anew by this process waits for the old one's end.
            running[$"{run.RunId}:{run.LaneVersion}"] = Task.Run(() => RunOneAsync(run, kill), CancellationToken.None);
        }
    }

    private ClaimedRun? Claim(int leastUrgent)
    {
        try
        {
            // Looking is for everybody; only who has seen something takes the writer's turn.
            return database.Read(session => Leases.IsWaiting(session, leastUrgent))
                ? database.Write(session => Leases.Claim(session, options.Worker, leastUrgent))
                : null;
        }
        catch (DatabaseException e)
        {
            Log.NotClaimed(logger, e);
            return null;
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var look = Task.Delay(LookEvery, time, limit.Token);
        var woken = wake.WaitAsync(limit.Token);
        await Task.WhenAny([look, woken, .. running.Values]);
        await limit.CancelAsync();
    }

    private async Task PlanAsync(CancellationToken stop)
    {
        var planner = new Planner(database, options.InFlight);
        DateTimeOffset? ensured = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                // A clock that jumps back must not stop it for as long.
                if (ensured is null || time.GetUtcNow() - ensured > TargetsEvery || time.GetUtcNow() < ensured)
                {
                    Targets.Ensure(database);
                    ensured = time.GetUtcNow();
                }

                if (planner.Plan() + planner.Age() > 0)
                {
                    Wake();
                }
            }
            catch (DatabaseException e)
            {
                Log.NotPlanned(logger, e);
            }

            try
            {
                await Task.Delay(PlanEvery, time, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RunOneAsync(ClaimedRun run, CancellationToken kill)
    {
        var folder = Path.Combine(options.Folder, $"{run.RunId}-{run.LaneVersion}");
        try
        {
            OnChange?.Invoke(run, null);
            Directory.CreateDirectory(folder);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(kill);
            using var beats = new CancellationTokenSource();
            var seen = new Seen(this, run);
            var beating = BeatAsync(run, ended, beats.Token);
            var outcome = await ScanAsync(run, folder, seen, ended.Token);
            var write = outcome.Kind == RunOutcomeKind.Cancelled ? null : await ingest(run, outcome, CancellationToken.None);
            await beats.CancelAsync();
            if (await beating is not LeaseState.Lost)
            {
                End(run, outcome, write, seen.Scanner);
                OnChange?.Invoke(run, outcome);
            }
        }
#pragma warning disable CA1031 // One run's trouble (a full disk, a result that cannot be taken in) must not end the platform; its lease ends, and it is tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.NotEnded(logger, run.RunId, e);
        }
        finally
        {
            Clear(folder);
        }
    }

    private async Task<RunOutcome> ScanAsync(ClaimedRun run, string folder, Seen seen, CancellationToken ended)
    {
        try
        {
            var (input, outcome) = await prepare(run, folder, ended);
            return outcome ?? await process.RunAsync(input!, folder, seen, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return new RunOutcome(RunOutcomeKind.Cancelled, "the run was cancelled");
        }
    }

    /// <summary>Renews the lease until the run ends, and ends it where nobody wants it any more.</summary>
    private async Task<LeaseState> BeatAsync(ClaimedRun run, CancellationTokenSource ended, CancellationToken beats)
    {
        while (true)
        {
            try
            {
                // A partner who waits behind this run is seen within seconds.
                await Task.Delay(Leases.Heartbeat / 3, time, beats);
            }
            catch (OperationCanceledException)
            {
                return LeaseState.Held;
            }

            LeaseState state;
            try
            {
                state = database.Write(session => Leases.Renew(session, run, options.Worker));
            }
            catch (DatabaseException e)
            {
                // A full disk may have room again before the lease ends; where it has not, the run is somebody else's, and what it came to is not written.
                Log.NotRenewed(logger, run.RunId, e);
                continue;
            }

            if (state != LeaseState.Held)
            {
                await ended.CancelAsync();
                return state;
            }
        }
    }

    private void End(ClaimedRun run, RunOutcome outcome, Action<Session>? write, string? lastScanner) =>
        database.Write(session =>
        {
            var isWanted = session.One<string>("select state from run where id = @RunId", run) == "running";
            if (outcome.Kind == RunOutcomeKind.Cancelled && isWanted)
            {
                Leases.Release(session, run, options.Worker);
                return;
            }

            outcome = isWanted ? outcome : outcome with { Kind = RunOutcomeKind.Cancelled };
            if (!Leases.Complete(session, run, options.Worker, outcome, write ?? (static _ => { })))
            {
                return;
            }

            OnEnd?.Invoke(session, run);
            if (run.Reason is "rescan" or "upload" or "verification")
            {
                Quotas.Add(session, run.PartnerId, QuotaKind.ProcessorSeconds, (long)Math.Ceiling(outcome.Processor.TotalSeconds));
            }

            foreach (var scanner in outcome.Report?.Apps.SelectMany(app => app.Scanners) ?? [])
            {
                Rollouts.Count(session, scanner.Name, scanner.Version, scanner.Failure is not null);
            }

            if (outcome.IsFailure && lastScanner is not null)
            {
                // What was heard last is the likeliest to have broken it.
                Rollouts.CountCrash(session, lastScanner);
            }
        });

    private static void Clear(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start deletes it.
        }
    }

    private sealed class Seen(Scheduler scheduler, ClaimedRun run) : IProgress<RunEvent>
    {
        public string? Scanner { get; private set; }

        public void Report(RunEvent value)
        {
            Scanner = value.Scanner;
            scheduler.OnProgress?.Invoke(run, value);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "No run could be claimed")]
        public static partial void NotClaimed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "Nothing could be planned")]
        public static partial void NotPlanned(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The lease of run {RunId} could not be renewed")]
        public static partial void NotRenewed(ILogger logger, string runId, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "What came of run {RunId} could not be written; it is tried again when its lease ends")]
        public static partial void NotEnded(ILogger logger, string runId, Exception exception);
    }
}
