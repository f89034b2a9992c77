using System.Collections.Concurrent;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecoscanner.Service.Tests.Scheduling;

public sealed class SchedulerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Town town = new(TimeProvider.System);

    [Fact]
    public async Task An_uploaded_app_is_scanned_and_what_came_of_it_is_written_with_the_end_of_its_run()
    {
        var zip = Path.Combine(town.Folder, WorkerProgram.Zip(town.Folder));
        var (hosting, artifact) = Upload(zip, "leaky");
        var outcomes = new BlockingCollection<(ClaimedRun Run, RunOutcome Outcome, long Events)>();
        using var scheduler = Scheduler(
            WorkerProgram.Of(),
            (run, outcome, _) =>
                Task.FromResult<Action<Ecoscanner.Service.Storage.Session>>(session =>
                {
                    session.Execute("update run set findings = @Count where id = @RunId", new { outcome.Report!.Apps[0].Findings.Count, run.RunId });
                    outcomes.Add((run, outcome, 0));
                })
        );
        using var stop = new CancellationTokenSource();
        var working = scheduler.RunAsync(stop.Token);
        town.Database.Write(session =>
            RunOrders.Place(session, new RunOrder(hosting.Id, "upload:1", "upload", Priority.Asked, "account:1") { ArtifactId = artifact.Id })
        );
        scheduler.Wake();
        Assert.True(outcomes.TryTake(out var came, Patience));
        await stop.CancelAsync();
        await working;
        Assert.Equal(RunOutcomeKind.Reported, came.Outcome.Kind);
        Assert.NotEqual(0, town.One<long>("select findings from run"));
        Assert.Equal("done", town.One<string>("select state from run"));
        Assert.NotEqual(0, town.One<long>("select used from quota_use where kind = 'ProcessorSeconds'"));
        Assert.Empty(Directory.GetDirectories(Path.Combine(town.Folder, "runs")));
        // Nobody proved that it is theirs: nothing was sent.
        Assert.Equal(0, came.Outcome.Report!.Apps[0].Traffic.Requests);
    }

    [Fact]
    public async Task A_partner_who_waits_is_served_within_seconds_while_everything_is_busy()
    {
        for (var i = 0; i < 8; i++)
        {
            town.Order(town.Connect($"busy{i}", $"busy{i}.example.com"), "a", Priority.Scheduled);
        }

        var begun = new ConcurrentQueue<(ClaimedRun Run, DateTimeOffset At)>();
        using var scheduler = Scheduler(WorkerProgram.Of("hang"), Nothing, run => begun.Enqueue((run, TimeProvider.System.GetUtcNow())));
        using var stop = new CancellationTokenSource();
        var working = scheduler.RunAsync(stop.Token);
        await UntilAsync(() => begun.Count == 3);
        // One on a host of its own, and one on a host that is being scanned.
        var asked = TimeProvider.System.GetUtcNow();
        town.Order(town.Connect("waits", "waits.example.com"), "b");
        scheduler.Wake();
        await UntilAsync(() => begun.Any(one => one.Run.AppKey == "waits"));
        var waited = begun.First(one => one.Run.AppKey == "waits").At - asked;
        await stop.CancelAsync();
        await working.WaitAsync(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken);
        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        // What the stop broke off is as if it had not begun.
        Assert.Equal(9, town.One<int>("select count(*) from run where state = 'queued'"));
        Assert.Equal(0, town.One<int>("select count(*) from lane where lease_owner is not null"));
    }

    [Fact]
    public async Task A_scheduled_scan_of_the_same_host_makes_room_for_a_partner_who_waits()
    {
        var app = town.Connect("app");
        town.Order(app, "a", Priority.Scheduled);
        var begun = new ConcurrentQueue<ClaimedRun>();
        using var scheduler = Scheduler(WorkerProgram.Of("hang"), Nothing, begun.Enqueue);
        using var stop = new CancellationTokenSource();
        var working = scheduler.RunAsync(stop.Token);
        await UntilAsync(() => begun.Count == 1);
        town.Order(app, "b");
        await UntilAsync(() => begun.Any(run => run.Priority == Priority.Asked), TimeSpan.FromSeconds(15));
        await stop.CancelAsync();
        await working;
    }

    public void Dispose() => town.Dispose();

    private static Task<Action<Ecoscanner.Service.Storage.Session>> Nothing(ClaimedRun run, RunOutcome outcome, CancellationToken cancellationToken) =>
        Task.FromResult<Action<Ecoscanner.Service.Storage.Session>>(static _ => { });

    private (HostingRow Hosting, ArtifactRow Artifact) Upload(string file, string key) =>
        town.Database.Write(session =>
        {
            var app = AppList.ForUpload(session, Principal.Platform, town.Partner.Id, key, key)!;
            var added = new NewArtifact(town.Partner.Id, app.Id, file, new FileInfo(file).Length, "app.zip", "upload");
            return (AppList.AddHosting(session, app.Id, "forge"), ArtifactList.Add(session, Principal.Platform, added, TimeSpan.FromDays(1))!);
        });

    private Scheduler Scheduler(RunProgram program, IngestRun ingest, Action<ClaimedRun>? begun = null)
    {
        var preparation = new RunPreparation(
            town.Database,
            new RunSettings(),
            Path.Combine(town.Folder, "ledgers"),
            (_, digest) => File.OpenRead(digest),
            _ => null,
            TimeProvider.System
        );
        return new Scheduler(
            town.Database,
            new RunProcess(program, new RunLimits(), TimeProvider.System),
            preparation.PrepareAsync,
            ingest,
            new SchedulerOptions(Path.Combine(town.Folder, "runs")),
            TimeProvider.System,
            NullLogger.Instance
        )
        {
            OnChange = (run, outcome) =>
            {
                if (outcome is null)
                {
                    begun?.Invoke(run);
                }
            },
        };
    }

    private static async Task UntilAsync(Func<bool> holds, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        while (!holds())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
