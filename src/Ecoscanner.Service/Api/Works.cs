using System.Text;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Apps;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Inventories;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Vault;

namespace Ecoscanner.Service.Api;

/// <summary>The scans: what is due is run, what runs say is taken in, with all that it causes.</summary>
internal sealed class Works(Platform platform, ILogger<Works> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var options = platform.Options;
        if (!options.Works)
        {
            return Task.CompletedTask;
        }

        var preparation = new RunPreparation(
            platform.Database,
            options.Runs with
            {
                AdvisoryIndex = File.Exists(options.Advisories ?? AdvisoryHome.IndexPath()) ? options.Advisories ?? AdvisoryHome.IndexPath() : null,
            },
            Path.Combine(options.DataFolder, "ledgers"),
            platform.Blobs.Open,
            SecretsOf,
            options.Time
        )
        {
            Fetched = new FetchedArchives(platform.Database, platform.Blobs, platform.Keys),
        };
        var scheduler = new Scheduler(
            platform.Database,
            new RunProcess(options.Worker ?? ThisProgram(), options.RunLimits, options.Time)
            {
                Signer = platform.TrafficSigner is { } signer ? new RunSigner(signer) : null,
            },
            preparation.PrepareAsync,
            IngestAsync,
            new SchedulerOptions(Path.Combine(options.DataFolder, "runs")) { Parallel = options.Workers, Reserved = options.Workers > 1 ? 1 : 0 },
            options.Time,
            logger
        )
        {
            OnProgress = (run, step) => platform.Progress.Tell(run.RunId, step.Scanner, step.What),
            OnEnd = Conclude,
            OnChange = Changed,
        };
        platform.WakeScheduler = scheduler.Wake;
        return scheduler.RunAsync(stoppingToken);
    }

    // An installed program is one file; while it is built it is started by dotnet.
    private static RunProgram ThisProgram()
    {
        var file = Environment.ProcessPath ?? throw new SiteException("this program does not know where it lies");
        return Path.GetFileNameWithoutExtension(file) == "dotnet"
            ? new RunProgram(file, [Path.Combine(AppContext.BaseDirectory, "ecoscanner.dll"), "run-worker"])
            : new RunProgram(file, ["run-worker"]);
    }

    /// <summary>What was made ready is written in the transaction that ends the run.</summary>
    private async Task<Action<Session>> IngestAsync(ClaimedRun run, RunOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome is not { Report: { Apps.Count: > 0 } report })
        {
            return static _ => { };
        }

        var options = new IngestOptions
        {
            Also = (session, row) =>
            {
                if (outcome.Inventory is { } inventory && row.VersionId is { } version && row is { IsNarrowed: false, Counts: true })
                {
                    StoredInventories.Store(session, row.Id, version, inventory);
                }
            },
        };
        try
        {
            var write = await platform.Ingestion.ReadyAsync(run.RunId, report, options, cancellationToken);
            return session => write(session);
        }
        catch (IngestException e)
        {
            return session => RunLog.Fail(session, run.RunId, e.Message);
        }
    }

    // Who sees the run ended sees what it means for the ticket.
    private void Conclude(Session session, ClaimedRun run)
    {
        if (run.Reason == RunReason.Verification)
        {
            platform.Verification.Conclude(session, run.RunId);
        }
    }

    private void Changed(ClaimedRun run, RunOutcome? outcome)
    {
        if (outcome is not null)
        {
            platform.Progress.Forget(run.RunId);
        }
    }

    // A test tenant is kept under its client key.
    private TestTenant? SecretsOf(ClaimedRun run)
    {
        if (run.DescriptorUrl is null)
        {
            return null;
        }

        var host = new Uri(run.DescriptorUrl).IdnHost;
        var taken = platform.Vault.Take(run.RunId, run.AppId, host);
        try
        {
            return taken.FirstOrDefault(secret => secret.Kind == SecretKind.TestTenant) is { } tenant
                ? new TestTenant
                {
                    AppKey = run.AppKey,
                    Host = host,
                    ClientKey = tenant.Name,
                    SharedSecret = Encoding.UTF8.GetString(tenant.Value),
                }
                : null;
        }
        finally
        {
            foreach (var secret in taken)
            {
                secret.Dispose();
            }
        }
    }
}
