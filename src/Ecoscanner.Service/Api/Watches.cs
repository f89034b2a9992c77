using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Probing;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Inventories;
using Ecoscanner.Service.Mail;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>What changes outside and is noticed by itself: apps and versions on the Marketplace, proofs of ownership, advisories.</summary>
internal sealed partial class Watches(Platform platform, TimeProvider time, ILogger<Watches> logger) : BackgroundService
{
    // Whoever put a challenge where it shall be waits for this long.
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ListsOfApps = TimeSpan.FromDays(1);

    private DateTimeOffset? listsRead;

    /// <summary>The advisories that stored libraries were held against last.</summary>
    private string Judged => Path.Combine(platform.Options.DataFolder, "advisories.index");

    private string Unfinished => $"{Judged}.new";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!platform.Options.Works)
        {
            return;
        }

        // The service answers first.
        await Task.Yield();
        var ownership = new OwnershipChecks(platform.Database, new TxtLookup(time), time, platform.Options.Runs.AllowedPrivate);
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
            {
                await TryAsync("proofs of ownership", () => ownership.CheckAsync(stoppingToken));
                await TryAsync("the Marketplace", () => MarketplaceAsync(stoppingToken));
                await TryAsync("changed advisories", () => RematchAsync(stoppingToken));
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task MarketplaceAsync(CancellationToken cancellationToken)
    {
        if (platform.Options.Marketplace is not { } url)
        {
            return;
        }

        var options = new MarketplaceOptions(url)
        {
            ApiVersion = platform.Options.MarketplaceApi,
            Credentials = platform.Options.MarketplaceCredentials,
            AllowPrivate = url.IsLoopback,
        };
        var client = new MarketplaceClient(options, time);
        var now = time.GetUtcNow();
        if (client.ListsApps && (listsRead is null || now - listsRead >= ListsOfApps || now < listsRead))
        {
            // Where a list breaks off, the next day goes on with what is new.
            listsRead = now;
            var import = new MarketplaceImport(platform.Database, client, Principal.Platform, Releases.OnApp);
            await import.ReadAsync("cloud", cancellationToken);
            await import.ReadAsync("datacenter", cancellationToken);
        }

        var watch = new MarketplaceWatch(
            platform.Database,
            client,
            static (session, app, hosting, version) => Releases.OnVersion(session, app, hosting, version),
            time
        )
        {
            OnUnknown = what => Log.NotKnown(logger, what),
            DownloadHosts = platform.Options.Runs.DownloadHosts,
        };
        if (await watch.PollAsync(cancellationToken) > 0)
        {
            platform.WakeScheduler();
        }
    }

    private async Task RematchAsync(CancellationToken cancellationToken)
    {
        var path = platform.Options.Advisories ?? AdvisoryHome.IndexPath();
        if (!File.Exists(path))
        {
            return;
        }

        if (!File.Exists(Judged))
        {
            // Runs judge by today's: from here on changes count.
            File.Copy(path, Unfinished, overwrite: true);
            File.Move(Unfinished, Judged, overwrite: true);
            return;
        }

        var rematch = new DailyRematch(platform.Database, platform.Ingestion, time);
        using var old = AdvisoryIndex.Open(Judged);
        using (var now = AdvisoryIndex.Open(path))
        {
            if (old.Snapshot == now.Snapshot)
            {
                Tell(await rematch.RetryAsync(old, cancellationToken));
                return;
            }
        }

        // An update may replace it while it is read: what is judged by is what is kept.
        File.Copy(path, Unfinished, overwrite: true);
        using (var copy = AdvisoryIndex.Open(Unfinished))
        {
            Tell(await rematch.RunAsync(old, copy, cancellationToken));
        }

        File.Move(Unfinished, Judged, overwrite: true);
    }

    private void Tell(RematchResult result)
    {
        if (result.Judged > 0 || result.Advisories > 0)
        {
            Log.Rematched(logger, result.Judged, result.Opened, result.Closed);
        }

        if (result.Gaps.Count > 0)
        {
            Log.NotJudged(logger, result.Gaps.Count, MailText.Plain(result.Gaps[0]));
        }
    }

    private async Task TryAsync(string what, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception e)
            when (e is DatabaseException or SealedException or MarketplaceException or AdvisoryIndexException or IOException or UnauthorizedAccessException)
        {
            Log.NotDone(logger, what, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "looking at {What} failed, it is tried again: {Why}")]
        public static partial void NotDone(ILogger logger, string what, string why);

        [LoggerMessage(3, LogLevel.Warning, "{What}")]
        public static partial void NotKnown(ILogger logger, string what);

        [LoggerMessage(
            4,
            LogLevel.Warning,
            "{Count} hostings could not be held against changed advisories, such as: {Why}; they are tried again, their runs say more"
        )]
        public static partial void NotJudged(ILogger logger, int count, string why);

        [LoggerMessage(2, LogLevel.Information, "advisories changed: {Judged} hostings judged anew, {Opened} findings opened, {Closed} closed")]
        public static partial void Rematched(ILogger logger, int judged, int opened, int closed);
    }
}
